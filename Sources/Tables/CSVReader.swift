import CCsv

/// What can be wrong with a table's text.
public enum TableError: Error, CustomStringConvertible, Sendable {
  /// The file ends inside its header or has none.
  case noHeader
  /// The header is another table's, or another version's.
  case header(expected: String, found: String)
  /// A row has too few or too many cells.
  case cellCount(row: Int, expected: Int, found: Int)
  /// A cell does not hold what its column says.
  case cell(row: Int, column: String, text: String)
  /// libcsv refused the text: a stray quote, an unended field, no memory.
  case syntax(row: Int, String)
  /// The last row lacks its line end: the file was cut.
  case cut(row: Int)

  /// Row, column and cause.
  public var description: String {
    switch self {
    case .noHeader: "no header"
    case .header(let expected, let found): "header: expected \(expected), found \(found)"
    case .cellCount(let row, let expected, let found):
      "row \(row): expected \(expected) cells, found \(found)"
    case .cell(let row, let column, let text): "row \(row): \(column) cannot be '\(text)'"
    case .syntax(let row, let cause): "row \(row): \(cause)"
    case .cut(let row): "row \(row): cut short"
    }
  }
}

/// One row's cells. Valid only while the reader's callback runs.
public struct Record: ~Copyable {
  fileprivate let bytes: UnsafeRawBufferPointer
  fileprivate let ends: UnsafeBufferPointer<Int>
  /// Position in the file, from 1, the header not counted.
  public let number: Int

  /// How many cells there are.
  @inlinable public var count: Int { cellCount }
  @usableFromInline var cellCount: Int { ends.count }

  /// The bytes of a cell, unquoted.
  public subscript(index: Int) -> UnsafeRawBufferPointer {
    let start = index == 0 ? 0 : ends[index - 1]
    return UnsafeRawBufferPointer(rebasing: bytes[start..<ends[index]])
  }

  /// A cell as text.
  public func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }
}

/// Reads CSV text through libcsv, whole rows at a time, in strict mode.
public struct CSVReader: ~Copyable {
  private struct State {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var row = 0
    var error: (any Error)?
    let body: (borrowing Record) throws -> Void
  }

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
    try withoutActuallyEscaping(body) { body in
      var parser = csv_parser()
      guard csv_init(&parser, UInt8(CSV_STRICT | CSV_STRICT_FINI)) == 0 else {
        throw TableError.syntax(row: 0, "libcsv cannot start")
      }
      defer { csv_free(&parser) }
      var state = State(body: body)
      let failed = withUnsafeMutablePointer(to: &state) { state in
        let chunk = 1 << 16
        for start in stride(from: 0, to: text.count, by: chunk) where state.pointee.error == nil {
          let piece = UnsafeRawBufferPointer(
            rebasing: text[start..<min(start + chunk, text.count)])
          if csv_parse(&parser, piece.baseAddress, piece.count, onCell, onRow, state)
            != piece.count
          {
            return true
          }
        }
        return state.pointee.error == nil && csv_fini(&parser, onCell, onRow, state) != 0
      }
      if let error = state.error { throw error }
      if failed {
        throw TableError.syntax(row: state.row, String(cString: csv_strerror(csv_error(&parser))))
      }
    }
  }

  private static let onCell:
    @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
      cell, size, context in
      let state = context!.assumingMemoryBound(to: State.self)
      state.pointee.bytes.append(
        contentsOf: UnsafeRawBufferPointer(start: cell, count: size))
      state.pointee.ends.append(state.pointee.bytes.count)
    }

  private static let onRow: @convention(c) (CInt, UnsafeMutableRawPointer?) -> Void = {
    _, context in
    let state = context!.assumingMemoryBound(to: State.self)
    if state.pointee.error == nil {
      do {
        try state.pointee.bytes.withUnsafeBytes { bytes in
          try state.pointee.ends.withUnsafeBufferPointer { ends in
            try state.pointee.body(
              Record(bytes: bytes, ends: ends, number: state.pointee.row))
          }
        }
      } catch {
        state.pointee.error = error
      }
    }
    state.pointee.row += 1
    state.pointee.bytes.removeAll(keepingCapacity: true)
    state.pointee.ends.removeAll(keepingCapacity: true)
  }
}
