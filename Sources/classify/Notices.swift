import Tables
import Time

/// Rows for `notices/`, gathered and written as one file.
struct Notices {
  private var rows: [(kind: String, subject: String, count: Int, text: String)] = []

  /// Whether there is nothing to tell.
  var isEmpty: Bool { rows.isEmpty }

  /// Adds a notice.
  mutating func add(_ kind: String, _ subject: String, count: Int = 1, _ text: String) {
    rows.append((kind, subject.onOneLine, count, text.onOneLine))
  }

  /// Hands what was gathered, if anything, to `write` as a table, and begins anew.
  mutating func write(
    _ now: Timestamp, to write: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    guard !rows.isEmpty else { return }
    var writer = RowWriter(header: .notice)
    for (index, row) in rows.enumerated() {
      writer.cell(index + 1)
      writer.cell(now)
      for text in ["classify", row.kind, row.subject] { writer.cell(text) }
      writer.cell(row.count)
      writer.cell(0)
      writer.cell(row.text)
      writer.endRow()
    }
    rows = []
    try writer.drain(write)
  }
}
