import Tables
import Time

/// A row of ``Tables/Table/correction``: a flow's row as it was, what it had been called, what it is.
struct CorrectedRow {
  /// The row's number in its segment.
  let number: Int
  /// What it had been called.
  let attack: String
  /// Who had decided.
  let judge: String
  private let label: String
  private let by: String
  private let why: String
  private let time: Timestamp
  private let flow: [[UInt8]]

  private static let flowCells = 0..<Table.measureCells.upperBound

  /// A row as it was judged; nobody has said anything of it yet.
  init(verdict record: borrowing Record) throws {
    let verdict = Self.flowCells.upperBound
    try self.init(
      record, attack: verdict + 1, judge: verdict + 3,
      said: (label: "-", by: "-", why: "-", time: Timestamp(microseconds: 0)))
  }

  /// A row of the table of corrections.
  init(correction record: borrowing Record) throws {
    let first = Self.flowCells.upperBound
    try self.init(
      record, attack: first, judge: first + 1,
      said: (
        record.text(first + 2), record.text(first + 3), record.text(first + 4),
        try record.time(first + 5, "time")
      ))
  }

  private init(
    _ record: borrowing Record, attack: Int, judge: Int,
    said: (label: String, by: String, why: String, time: Timestamp)
  ) throws {
    number = try record.integer(0, "row", in: 1...Int.max)
    self.attack = record.text(attack)
    self.judge = record.text(judge)
    (label, by, why, time) = said
    flow = Self.flowCells.map { Array(record[$0]) }
  }

  /// The same row, and what is said of it now.
  init(_ other: CorrectedRow, label: Attack, by: String, why: String, time: Timestamp) {
    (number, attack, judge, flow) = (other.number, other.attack, other.judge, other.flow)
    (self.label, self.by, self.why, self.time) = (label.rawValue, by, why, time)
  }

  /// Appends the row.
  func write(to writer: inout RowWriter) {
    for cell in flow { cell.withUnsafeBytes { writer.cell(utf8: $0) } }
    for text in [attack, judge, label, by, why] { writer.cell(text) }
    writer.cell(time)
    writer.endRow()
  }

  /// What was said, in a line.
  var told: String {
    "row \(number): \(attack) by \(judge) is \(label), says \(by), \(time.formatted()): \(why)"
      .onOneLine
  }
}
