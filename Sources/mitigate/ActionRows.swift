import Firewall
import Spool
import Stage
import Tables

/// Writes verdict rows and what was done about them.
struct ActionRows {
  private static let attackCell = Table.measureCells.upperBound + 1

  /// What the column `backend` says of rows that were acted upon.
  let backend: String

  /// Copies every row of `verdicts` with the five cells of its decision.
  ///
  /// - Parameters:
  ///   - verdicts: a whole file of verdicts that was read before.
  ///   - decisions: one for each row that is not `BENIGN`, in their order.
  func write(
    _ verdicts: UnsafeRawBufferPointer, _ decisions: [Decision], to output: inout Output
  ) throws {
    var writer = RowWriter(header: .action)
    let benign = Decision(.none, "no attack")
    var next = decisions.makeIterator()
    try Table.verdict.read(verdicts) { record in
      let isBenign = record[Self.attackCell].elementsEqual(Attack.benign.rawValue.utf8)
      writer.cells(of: record)
      write(isBenign ? benign : next.next() ?? benign, to: &writer)
      if writer.bytes.count > 1 << 18 {
        try writer.drain { try output.write($0, to: .mitigated) }
      }
    }
    try writer.drain { try output.write($0, to: .mitigated) }
  }

  private func write(_ decision: Decision, to writer: inout RowWriter) {
    writer.cell(decision.action.rawValue)
    writer.cell(decision.reason.onOneLine)
    writer.cell(decision.sparedBy?.onOneLine ?? "-")
    if let expires = decision.expires { writer.cell(expires) } else { writer.cell("-") }
    writer.cell(decision.action == .none ? "-" : backend)
    writer.endRow()
  }
}
