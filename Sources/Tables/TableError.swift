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
