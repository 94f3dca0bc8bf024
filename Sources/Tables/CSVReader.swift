/// Reads CSV text as libcsv does in strict mode, whole rows at a time.
///
/// Rows in which nothing is quoted need no parser: their cells stand between commas, found 64 bytes
/// at a time. From the first cell on that holds a quote, a control character or a blank at its edge,
/// the row goes through libcsv.
public enum CSVReader {
  /// Calls `body` with the header as record 0, then with every row.
  ///
  /// - Parameter text: the whole file.
  /// - Throws: ``TableError``, or what `body` throws; nothing after it is read.
  public static func read(
    _ text: UnsafeRawBufferPointer, _ body: (borrowing Record) throws -> Void
  ) throws {
    guard text.isEmpty || text.last == UInt8(ascii: "\n") else {
      throw TableError.cut(row: text.lazy.filter { $0 == UInt8(ascii: "\n") }.count)
    }
    guard let start = text.baseAddress else { return }
    var scanner = RowScanner()
    var quoted = try QuotedRow()
    var at = 0
    var number = 0
    while at < text.count {
      guard text[at] != UInt8(ascii: "\n") else {
        at += 1
        continue
      }
      let found = scanner.scan(start + at, text.count - at)
      if let end = found.end {
        try body(plainRow(text, at, found, end, scanner.bounds, number))
        at += end + 1
        number += 1
      } else {
        let row = try readQuoted(&quoted, text, at, found, scanner.bounds, number, body)
        at += row.size
        if row.isRow { number += 1 }
      }
    }
  }

  private static func plainRow(
    _ text: UnsafeRawBufferPointer, _ at: Int, _ found: RowScanner.Found, _ end: Int,
    _ bounds: UnsafePointer<Int>, _ number: Int
  ) -> Record {
    Record(
      start: text.baseAddress! + at, bounds: bounds, readable: text.count - at,
      plain: found.hasEmpty ? 0 : found.cells, place: at..<(at + end),
      rest: UnsafeRawBufferPointer(rebasing: text[at..<(at + end)]), count: found.cells,
      number: number)
  }

  private static func readQuoted(
    _ quoted: inout QuotedRow, _ text: UnsafeRawBufferPointer, _ at: Int,
    _ found: RowScanner.Found, _ bounds: UnsafePointer<Int>, _ number: Int,
    _ body: (borrowing Record) throws -> Void
  ) throws -> (size: Int, isRow: Bool) {
    let row = try quoted.read(
      UnsafeRawBufferPointer(rebasing: text[at...]), after: found.cells, bounds, number: number)
    guard row.isRow else { return row }
    let plain = found.hasEmpty ? 0 : found.cells
    let place = at..<(at + row.size - 1)
    let rest = UnsafeRawBufferPointer(rebasing: text[(at + bounds[plain] + 1)..<place.upperBound])
    try quoted.withCells { bytes, all in
      try body(
        Record(
          start: bytes.baseAddress!, bounds: all.baseAddress!, readable: bytes.count,
          plain: plain, place: place, rest: rest, count: all.count - 1, number: number))
    }
    return row
  }
}
