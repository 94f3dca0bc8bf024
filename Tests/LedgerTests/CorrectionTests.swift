import Ledger
import Tables
import Testing
import Time

extension Ledger {
  /// Files a notice that says what a person said of a row of `segment-1`.
  fileprivate func correct(
    _ sequence: Int, _ label: Attack?, row: Int = 1, at seconds: Int64, subject: String? = nil
  ) throws {
    var writer = RowWriter(header: .notice)
    let correction = Correction(segment: "segment-1", row: row, label: label)
    writer.cell(1)
    writer.cell(TestRow.time(seconds))
    for text in ["classify", Correction.kind, subject ?? correction.subject] { writer.cell(text) }
    writer.cell(1)
    writer.cell(0)
    writer.cell("as a person said")
    writer.endRow()
    let segment = Segment(
      name: "notice-\(sequence)", queue: "notices", sensor: "person", first: TestRow.time(seconds),
      clock: TestRow.time(seconds))
    try writer.bytes.withUnsafeBytes { _ = try file(segment, .notice, $0) }
  }

  fileprivate func corrections() throws -> [String] {
    try survey(hour) { survey in
      var labels: [String] = []
      try survey.evidence { labels.append($0.correction ?? "-") }
      return labels
    }
  }
}

private let rows = [
  TestRow(last: 1, attack: .portScan), TestRow(last: 2, sourcePort: 2, attack: .portScan),
]

struct CorrectionTests {
  @Test func `a subject says what it was made of`() throws {
    for label in [Attack.benign, .synFlood, nil] {
      let correction = Correction(segment: "a-b-c-1", row: 12, label: label)
      #expect(Correction(subject: correction.subject) == correction)
    }
    for subject in ["", "a 1", "a 0 BENIGN", "a one BENIGN", "a 1 NOTHING", "a 1 BENIGN more"] {
      #expect(Correction(subject: subject) == nil)
    }
  }

  @Test func `what a person said of a row stands beside it, whichever comes first`() throws {
    let ledger = try Scratch().ledger()
    try ledger.correct(1, .benign, at: 10)
    try ledger.file(1, .action, rows)
    try ledger.correct(2, .bruteForce, row: 2, at: 20)
    #expect(try ledger.corrections() == ["BENIGN", "BRUTE_FORCE"])
    try ledger.file(1, .action, rows)
    #expect(try ledger.corrections() == ["BENIGN", "BRUTE_FORCE"])
  }

  @Test func `the newest word holds, in whatever order notices are filed, and can be taken back`()
    throws
  {
    let ledger = try Scratch().ledger()
    try ledger.file(1, .action, rows)
    try ledger.correct(2, .benign, at: 20)
    try ledger.correct(1, .bruteForce, at: 10)
    #expect(try ledger.corrections() == ["BENIGN", "-"])
    try ledger.correct(3, nil, at: 30)
    #expect(try ledger.corrections() == ["-", "-"])
  }

  @Test func `a notice whose subject says nothing of a row is a notice like others`() throws {
    let ledger = try Scratch().ledger()
    try ledger.file(1, .action, rows)
    try ledger.correct(1, .benign, at: 10, subject: "row 1 of segment-1 is benign")
    #expect(try ledger.corrections() == ["-", "-"])
    #expect(try ledger.survey(hour) { try $0.notices().map(\.notices) } == [1])
  }
}
