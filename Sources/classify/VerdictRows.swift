import Tables

/// Rows that were judged, to be written when it is known where to.
struct VerdictRows {
  private let text: UnsafeRawBufferPointer
  private var writer = RowWriter(header: .verdict)
  private var rows: [(kept: KeptRow, ruling: Ruling)] = []

  /// - Parameter text: what the rows are of; valid as long as this is used.
  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  mutating func add(_ batch: Batch, _ rulings: [Ruling]) {
    for (kept, ruling) in zip(batch.kept, rulings) { rows.append((kept, ruling)) }
  }

  /// Hands what was added to `body` as text, the table's header before the first of it.
  mutating func write(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    for row in rows {
      writer.cells(of: row.kept, in: text)
      writer.cells(row.ruling)
      writer.endRow()
      if writer.bytes.count > 1 << 20 { try writer.drain(body) }
    }
    rows.removeAll(keepingCapacity: true)
    if !writer.bytes.isEmpty { try writer.drain(body) }
  }
}
