import Firewall
import Spool
import Stage
import Tables
import Time

/// Rows for `notices/`, gathered while a step runs and written as one file.
struct Notices {
  private var rows: [(kind: String, subject: String, count: Int, text: String)] = []

  /// Adds a notice.
  mutating func add(_ kind: String, _ subject: String, count: Int = 1, _ text: String) {
    rows.append((kind, subject, count, text.onOneLine))
  }

  /// Writes what was gathered, if anything, and begins anew.
  mutating func write(_ now: Timestamp, to output: inout Output) throws {
    guard !rows.isEmpty else { return }
    var writer = RowWriter(header: .notice)
    for (index, row) in rows.enumerated() {
      writer.cell(index + 1)
      writer.cell(now)
      writer.cell("mitigate")
      writer.cell(row.kind)
      writer.cell(row.subject)
      writer.cell(row.count)
      writer.cell(0)
      writer.cell(row.text)
      writer.endRow()
    }
    rows = []
    try writer.drain { try output.write($0, to: .notices) }
  }
}
