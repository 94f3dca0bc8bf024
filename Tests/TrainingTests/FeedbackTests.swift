import Addresses
import Tables
import TestSupport
import Testing
import Time
import Training

/// What people and earlier verdicts say of rows, learned again.
struct FeedbackTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file of rows that begin as a flow's; `cells` follow, `-` fills the rest.
  private func put(_ name: String, _ table: Table, _ rows: [[String]]) throws {
    var writer = RowWriter(header: table)
    let address = try #require(IPAddress("192.0.2.1"))
    let time = Timestamp(seconds: 1_700_000_000)
    for (number, cells) in rows.enumerated() {
      writer.cells(
        FlowIdentity(
          row: number + 1, start: time, last: time, source: address, sourcePort: 1,
          destination: address, destinationPort: 2, ipProtocol: 6, state: .end, sensor: "test"))
      for measure in Measure.allCases { writer.cell(measure == .packets ? number + 3 : 0) }
      for cell in cells { writer.cell(cell) }
      for _ in (Table.measureCells.upperBound + cells.count)..<table.columns.count {
        writer.cell("-")
      }
      writer.endRow()
    }
    folder.put(name, String(decoding: writer.bytes, as: UTF8.self))
  }

  @Test func `a correction is the row with the person's word, and its weight`() throws {
    try put(
      "20250506T010900.123456Z-x.csv", .correction,
      [
        ["DDOS", "model", "BENIGN", "ada", "backup", "2025-05-06T01:09:00.000000Z"],
        ["BENIGN", "none", "PORT_SCAN", "ada", "-", "2025-05-06T01:09:00.000000Z"],
        ["BENIGN", "none", "-", "ada", "taken back", "2025-05-06T01:09:00.000000Z"],
      ])
    var samples = Samples(columns: [.packets, .bytes])
    let count = try Feedback.corrections(folder.path, weight: 10, into: &samples)
    samples.arrange()
    #expect(count == 2)
    #expect(samples.values == [3, 0, 4, 0])
    #expect(samples.classes == ["BENIGN", "PORT_SCAN"])
    #expect(samples.weights == [10, 10])
    #expect(Samples.source(samples.groups[0]) == "corrections")
  }

  @Test func `a label that is none is refused with its file`() throws {
    try put("a.csv", .correction, [["DDOS", "model", "NICE", "ada", "-", "-"]])
    var samples = Samples(columns: [.packets])
    #expect(throws: Unreadable.self) {
      try Feedback.corrections(folder.path, weight: 10, into: &samples)
    }
  }

  @Test func `of an archive only rows count upon which both judges agreed`() throws {
    func verdict(_ attack: String, model: String, detector: String) -> [String] {
      ["-", attack, "0.9", "both", model, "0.9", detector]
    }
    try put(
      "a.csv", .verdict,
      [
        verdict("DDOS", model: "DDOS", detector: "DDOS"),
        verdict("DDOS", model: "DDOS", detector: "UDP_FLOOD"),
        verdict("DDOS", model: "BENIGN", detector: "DDOS"),
        verdict("BENIGN", model: "BENIGN", detector: "-"),
        verdict("BENIGN", model: "BENIGN", detector: "PORT_SCAN"),
        verdict("UNKNOWN", model: "UNKNOWN", detector: "UNKNOWN"),
      ])
    var samples = Samples(columns: [.packets])
    #expect(try Feedback.archive(folder.path, into: &samples) == 2)
    #expect(samples.values == [3, 6])
    #expect(samples.weights == [1, 1])
  }
}
