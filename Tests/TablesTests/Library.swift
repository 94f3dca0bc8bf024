import CCsv
import Tables

/// What libcsv alone makes of a text, in strict mode: the oracle.
struct LibraryRows: Equatable {
  var rows: [[[UInt8]]] = []
  /// Rows before the one it refused; nil: it refused none.
  var refusal: Int?
  private var row: [[UInt8]] = []

  init(_ text: [UInt8]) {
    var parser = csv_parser()
    guard csv_init(&parser, UInt8(CSV_STRICT | CSV_STRICT_FINI)) == 0 else { return }
    defer { csv_free(&parser) }
    let isRead = withUnsafeMutablePointer(to: &self) { rows in
      csv_parse(&parser, text, text.count, Self.onCell, Self.onRow, rows) == text.count
        && csv_fini(&parser, Self.onCell, Self.onRow, rows) == 0
    }
    if !isRead { refusal = rows.count }
    row = []
  }

  private static let onCell:
    @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
      let cell = UnsafeRawBufferPointer(start: $0, count: $1)
      $2?.assumingMemoryBound(to: Self.self).pointee.row.append(Array(cell))
    }

  private static let onRow: @convention(c) (CInt, UnsafeMutableRawPointer?) -> Void = {
    guard let all = $1?.assumingMemoryBound(to: Self.self) else { return }
    all.pointee.rows.append(all.pointee.row)
    all.pointee.row = []
  }
}

extension LibraryRows {
  /// What ``CSVReader`` makes of the same text.
  init(reading text: [UInt8]) {
    self.init([])
    do {
      rows = []
      try text.read { bytes in
        try CSVReader.read(bytes) { record in
          guard record.number == rows.count else { throw TableError.noHeader }
          rows.append((0..<record.count).map { Array(record[$0]) })
        }
      }
    } catch TableError.syntax(let row, _) {
      refusal = row
    } catch {
      refusal = -1
    }
  }
}
