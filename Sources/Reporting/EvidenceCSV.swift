public import Ledger
import Tables
import Time

/// The rows kept, as a spreadsheet. The sums of `added_packets`, `added_bytes` and `added_flows` over
/// its attack rows are the report's totals.
public enum EvidenceCSV {
  private static let columns = [
    "segment", "row", "start", "last", "src_ip", "src_port", "dst_ip", "dst_port", "protocol",
    "application", "community_id", "state", "sensor", "attack", "technique", "confidence", "judge",
    "model_attack", "model_confidence", "detector_attack", "detector_reason", "model_reasons",
    "anomaly", "corrected", "packets", "bytes", "folded", "folded_sources", "added_packets",
    "added_bytes", "added_flows", "action", "action_reason", "spared_by", "expires", "backend",
  ]

  /// Writes the rows of `survey`, by time, in pieces.
  ///
  /// - Parameter limit: the most rows to write.
  /// - Throws: what the survey or `write` throws.
  public static func write(
    _ survey: Survey, limit: Int = .max, to write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var writer = RowWriter()
    for column in columns { writer.cell(column) }
    writer.endRow()
    try survey.evidence(limit: limit) { filed in
      append(filed, to: &writer)
      if writer.bytes.count > 1 << 18 { try writer.drain(write) }
    }
    try writer.drain(write)
  }

  private static func append(_ filed: FiledRow, to writer: inout RowWriter) {
    let row = filed.row
    let identity = row.identity
    writer.cell(filed.segment)
    writer.cell(identity.row)
    writer.cell(identity.start)
    writer.cell(identity.last)
    writer.cell(identity.source)
    writer.cell(Int(identity.sourcePort))
    writer.cell(identity.destination)
    writer.cell(Int(identity.destinationPort))
    writer.cell(Int(identity.ipProtocol))
    for text in [
      identity.application, identity.communityID, identity.state.rawValue, identity.sensor,
      row.attack.rawValue, row.attack.technique,
    ] { writer.cell(inert(text)) }
    writer.cell(row.confidence)
    writer.cell(inert(row.judge))
    writer.cell(inert(row.modelAttack))
    writer.cell(row.modelConfidence)
    writer.cell(inert(row.detectorAttack))
    writer.cell(inert(row.detectorReason))
    writer.cell(inert(row.modelReasons))
    writer.cell(row.anomaly)
    writer.cell(inert(filed.correction ?? "-"))
    for number in [
      row.packets, row.bytes, row.folded, row.foldedSources, filed.addedPackets, filed.addedBytes,
      filed.addedFlows,
    ] { writer.cell(number) }
    for text in [row.action, row.actionReason, row.sparedBy] { writer.cell(inert(text)) }
    if let expires = row.expires { writer.cell(expires) } else { writer.cell("-") }
    writer.cell(inert(row.backend))
    writer.endRow()
  }

  /// Text that a spreadsheet takes for text: an apostrophe before what would begin a formula
  /// (OWASP, "CSV Injection").
  static func inert(_ text: String) -> String {
    guard text != "-", let first = text.utf8.first else { return text }
    return "=+-@\t\r".utf8.contains(first) ? "'\(text)" : text
  }
}
