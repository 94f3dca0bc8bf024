import Flows
import Tables
import Testing

/// A row as it stands in the file, cell by cell, for tests of the very text.
struct Line {
  let cells: [Substring]

  /// The cell of a column of identity; the first is `row`, whatever the table's version.
  subscript(column: String) -> Substring? {
    column == "row"
      ? cells[0] : Table.flow.columns.firstIndex(of: column).map { cells[$0] }
  }

  subscript(measure: Measure) -> Substring {
    cells[Table.measureCells.lowerBound + measure.index]
  }
}

/// All lines that `shots` make, without the header. No cell of theirs is quoted.
func lines(of shots: [Shot], _ limits: FlowLimits = FlowLimits()) -> [Line] {
  String(decoding: file(of: shots, limits), as: UTF8.self).split(separator: "\n").dropFirst()
    .map { Line(cells: $0.split(separator: ",", omittingEmptySubsequences: false)) }
}

/// The lines that are their flows' last.
func lastLines(of shots: [Shot], _ limits: FlowLimits = FlowLimits()) -> [Line] {
  lines(of: shots, limits).filter { $0["state"] != "open" }
}

/// The last line of the only flow in `shots`.
func onlyLine(
  of shots: [Shot], sourceLocation: SourceLocation = #_sourceLocation
) throws -> Line {
  let lines = lastLines(of: shots)
  #expect(lines.count == 1, sourceLocation: sourceLocation)
  return try #require(lines.first, sourceLocation: sourceLocation)
}

/// Checks the text of cells.
func expect(
  _ line: Line, _ expected: KeyValuePairs<Measure, String>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (measure, text) in expected {
    #expect(
      line[measure] == text, "\(measure.rawValue): \(line[measure]), expected \(text)",
      sourceLocation: sourceLocation)
  }
}

/// Checks the text of cells of identity.
func expect(
  _ line: Line, identity expected: KeyValuePairs<String, String>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (column, text) in expected {
    let cell = line[column] ?? "no such column"
    #expect(
      cell == text, "\(column): \(cell), expected \(text)", sourceLocation: sourceLocation)
  }
}
