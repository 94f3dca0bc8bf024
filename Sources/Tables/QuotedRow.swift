import CCsv

/// Reads rows, or what is left of them from a cell on, through libcsv in strict mode.
struct QuotedRow: ~Copyable {
  /// What libcsv's callbacks fill.
  private struct Row {
    var bytes: [UInt8] = []
    var bounds: [Int] = []
    /// The cell that ends at the comma which was put before the first one.
    var skipsCell = false
    var isComplete = false
  }

  private var parser = csv_parser()
  private var row = Row()

  init() throws(TableError) {
    guard csv_init(&parser, UInt8(CSV_STRICT | CSV_STRICT_FINI)) == 0 else {
      throw .syntax(row: 0, "libcsv cannot start")
    }
  }

  deinit {
    var parser = parser
    csv_free(&parser)
  }

  /// Reads a row to its end.
  ///
  /// - Parameters:
  ///   - text: from the row's first byte on, to a line feed.
  ///   - cells: how many cells before the first one for libcsv are known.
  ///   - bounds: theirs.
  ///   - number: the row's.
  /// - Returns: how many bytes it took, its line end included; whether there was a row in them.
  mutating func read(
    _ text: UnsafeRawBufferPointer, after cells: Int, _ bounds: UnsafePointer<Int>, number: Int
  ) throws(TableError) -> (size: Int, isRow: Bool) {
    begin(text, cells, bounds)
    var at = max(0, bounds[cells])  // at the comma: a blank row is none, a blank last cell is one
    while at < text.count {
      let end = Self.lineEnd(text, from: at)
      guard feed(UnsafeRawBufferPointer(rebasing: text[at..<end])) else {
        throw refusal(number)
      }
      at = end
      if parser.pstate == 0 { return (at, row.isComplete) }
    }
    _ = withUnsafeMutablePointer(to: &row) { csv_fini(&parser, Self.onCell, Self.onRow, $0) }
    throw refusal(number)
  }

  /// Calls `body` with the row's bytes, each cell behind one that is no cell's, and the bounds.
  func withCells(
    _ body: (UnsafeRawBufferPointer, UnsafeBufferPointer<Int>) throws -> Void
  ) rethrows {
    try row.bytes.withUnsafeBytes { bytes in
      try row.bounds.withUnsafeBufferPointer { try body(bytes, $0) }
    }
  }

  private mutating func begin(
    _ text: UnsafeRawBufferPointer, _ cells: Int, _ bounds: UnsafePointer<Int>
  ) {
    row.bytes.removeAll(keepingCapacity: true)
    row.bytes.append(contentsOf: text[..<(bounds[cells] + 1)])
    row.bounds.removeAll(keepingCapacity: true)
    row.bounds.append(contentsOf: UnsafeBufferPointer(start: bounds, count: cells + 1))
    row.skipsCell = cells > 0
    row.isComplete = false
  }

  private mutating func feed(_ piece: UnsafeRawBufferPointer) -> Bool {
    withUnsafeMutablePointer(to: &row) {
      csv_parse(&parser, piece.baseAddress, piece.count, Self.onCell, Self.onRow, $0)
        == piece.count
    }
  }

  private mutating func refusal(_ number: Int) -> TableError {
    .syntax(row: number, String(cString: csv_strerror(csv_error(&parser))))
  }

  /// Behind the next byte that may end a row: at most one row ends in what is fed at a time.
  private static func lineEnd(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
    var at = start
    while at < text.count, text[at] != UInt8(ascii: "\n"), text[at] != UInt8(ascii: "\r") {
      at += 1
    }
    return min(at + 1, text.count)
  }

  private static let onCell:
    @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
      cell, size, context in
      guard let row = context?.assumingMemoryBound(to: Row.self) else { return }
      if row.pointee.skipsCell {
        row.pointee.skipsCell = false
        return
      }
      row.pointee.bytes.append(contentsOf: UnsafeRawBufferPointer(start: cell, count: size))
      row.pointee.bounds.append(row.pointee.bytes.count)
      row.pointee.bytes.append(UInt8(ascii: ","))
    }

  private static let onRow: @convention(c) (CInt, UnsafeMutableRawPointer?) -> Void = {
    _, context in
    context?.assumingMemoryBound(to: Row.self).pointee.isComplete = true
  }
}
