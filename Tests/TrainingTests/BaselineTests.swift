import Addresses
import Foundation
import Models
import Tables
import TestSupport
import Testing
import Time
import Training

struct BaselineTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file of verdicts, a row a minute from `start` on.
  private func put(
    _ name: String, start: Int64, rows: Int, attack: Attack = .benign, flows: Double = 4,
    in table: Table = .verdict
  ) {
    var writer = RowWriter(header: table)
    var dice = Dice(seed: UInt64(start))
    let address = IPAddress("192.0.2.1")
    for row in 0..<rows {
      guard let address else { return }
      let time = Timestamp(seconds: start + Int64(row) * 60)
      writer.cells(
        FlowIdentity(
          row: row + 1, start: time, last: time, source: address, sourcePort: 1,
          destination: address, destinationPort: 2, ipProtocol: 6, state: .end, sensor: "test"))
      for measure in Measure.allCases {
        let isContext = BaselineLesson.columns.contains(measure)
        writer.cell(isContext ? (flows * (0.5 + dice.unit())).rounded() : 0)
      }
      writer.cell(attack == .benign ? "benign" : "malicious")
      writer.cell(attack.rawValue)
      while cells(writer) < table.columns.count { writer.cell("-") }
      writer.endRow()
    }
    folder.put(name, String(decoding: writer.bytes, as: UTF8.self))
  }

  /// Cells of the row under way.
  private func cells(_ writer: RowWriter) -> Int {
    let line = writer.bytes.reversed().prefix { $0 != UInt8(ascii: "\n") }
    return line.count { $0 == UInt8(ascii: ",") } + 1
  }

  @Test func `an archive's corrections are passed over`() throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/corrections", withIntermediateDirectories: false)
    folder.put("corrections/0.csv", "another table\n")
    for file in 0..<2 { put("\(file).csv", start: Int64(file) * 6_000, rows: 100) }
    var lesson = BaselineLesson()
    lesson.least = 100
    #expect(try lesson.learn([folder.path]).1.learned == 100)
    #expect(throws: Unreadable.self) { try lesson.learn(["\(folder.path)/corrections"]) }
  }

  @Test func `what mitigate did about rows is read as the verdicts that they are`() throws {
    put("0.csv", start: 0, rows: 200, in: .action)
    var lesson = BaselineLesson()
    lesson.least = 100
    let counts = try lesson.learn([folder.path]).1
    #expect(counts.learned == 180)
    #expect(counts.judged == 20)
  }

  @Test func `what is unlike the site's rows scores above the threshold`() throws {
    for file in 0..<10 { put("\(file).csv", start: Int64(file) * 6_000, rows: 100) }
    var lesson = BaselineLesson()
    lesson.least = 500
    let (baseline, counts) = try lesson.learn([folder.path])
    #expect(counts.learned == 900)
    #expect(counts.judged == 100)
    let width = BaselineLesson.columns.count
    let usual = baseline.score([Float](repeating: 4, count: width))
    let odd = baseline.score([Float](repeating: 4_000, count: width))
    #expect(usual[0] < baseline.threshold)
    #expect(odd[0] > baseline.threshold)
    let (again, _) = try lesson.learn([folder.path])
    #expect(again.serialized() == baseline.serialized())
  }

  @Test func `nothing is learned within ten minutes of an attack`() throws {
    put("a.csv", start: 0, rows: 100)
    put("b.csv", start: 50 * 60, rows: 1, attack: .ddos)
    var lesson = BaselineLesson()
    lesson.least = 10
    let (_, counts) = try lesson.learn([folder.path])
    #expect(counts.others == 1)
    // Minutes 40 to 60, both ends.
    #expect(counts.nearAttacks == 21)
    #expect(counts.learned + counts.judged == 79)
  }

  @Test func `too few rows are refused`() {
    put("a.csv", start: 0, rows: 30)
    #expect(throws: BaselineLesson.TooFew.self) { try BaselineLesson().learn([folder.path]) }
  }

  @Test func `a folder that is not there is said to be so`() {
    #expect(throws: Unreadable.self) { try BaselineLesson().learn([folder.path + "/none"]) }
  }
}
