/// What had to be repaired in a public table, by column: rows as published hold NaN and Infinity where a
/// flow lasted no time, negative header lengths and gaps, and −1 for "not seen".
///
/// The rule is that of Ward's own rows: what was not measured is 0. A model must not learn the tool's
/// way of saying so.
package struct Repairs: Sendable, Codable, Equatable {
  /// Counts of one column.
  package struct Column: Sendable, Codable, Equatable {
    /// Cells with NaN.
    package var notANumber = 0
    /// Cells with an infinity.
    package var infinite = 0
    /// Cells below 0.
    package var negative = 0
    /// Cells that are empty or no number at all.
    package var unreadable = 0

    /// All of them.
    package var total: Int { notANumber + infinite + negative + unreadable }
  }

  /// By the column's name as Ward has it.
  package var columns: [String: Column] = [:]
  /// Columns that stand there twice.
  package var repeatedColumns: [String] = []
  /// Columns that Ward has no measure for, not read.
  package var unknownColumns: [String] = []
  /// Rows that repeat the header.
  package var repeatedHeaders = 0
  /// Rows with too few or too many cells, left out.
  package var brokenRows = 0
  /// Rows with a label that was not asked for, left out.
  package var unwantedRows = 0

  /// Nothing repaired yet.
  package init() {}

  /// Reads a cell; anything but a finite number ≥ 0 is counted and 0.
  mutating func number(_ text: some StringProtocol, _ column: String) -> Double {
    let trimmed = text.drop { $0 == " " }
    guard let value = Double(trimmed) ?? Double(PublicColumns.plain(String(text))) else {
      columns[column, default: Column()].unreadable += 1
      return 0
    }
    if value.isFinite, value >= 0 { return value }
    if value.isNaN {
      columns[column, default: Column()].notANumber += 1
    } else if value.isInfinite {
      columns[column, default: Column()].infinite += 1
    } else {
      columns[column, default: Column()].negative += 1
    }
    return 0
  }
}
