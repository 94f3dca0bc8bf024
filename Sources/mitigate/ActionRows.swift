import Firewall
import Spool
import Stage
import Tables

/// Writes verdict rows and what was done about them.
struct ActionRows {
  /// What the column `backend` says of rows that were acted upon.
  let backend: String

  /// Copies rows of `verdicts`, each with the five cells of its decision.
  ///
  /// - Parameters:
  ///   - rows: all of them, and which are not `BENIGN`.
  ///   - decisions: one for each row that is not `BENIGN`, in their order.
  func write(
    _ rows: [(row: KeptRow, isBenign: Bool)], of verdicts: UnsafeRawBufferPointer,
    _ decisions: [Decision], to output: inout Output
  ) throws {
    var writer = RowWriter(header: .action)
    let benign = Decision(.none, "no attack")
    var next = decisions.makeIterator()
    for (row, isBenign) in rows {
      writer.cells(of: row, in: verdicts)
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
