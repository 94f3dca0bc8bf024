import Addresses
import Glibc
import Ledger
import Reporting
import Tables
import Time
import TestSupport

struct Refused: Error {}

/// A row to file: what the tests vary, the rest made up.
struct TestRow {
  var second: Int64 = 0
  var source = "192.0.2.66"
  var port: UInt16 = 40_000
  var packets = 10
  var attack = Attack.synFlood
  var application = "mqtt"
  var reason = "half-open 0.99"
  var judge = "detectors"
  var modelReasons = "-"
  var anomaly = 0.0
  var action = "blocked"
  var backend = "simulate"
}

/// 2026-03-02T12:00:00Z and after.
func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_772_452_800 + seconds) }

/// A folder of its own with a ledger, removed with all it holds when the test lets go of it.
final class Scratch {
  private let place: TemporaryFolder
  var folder: String { place.path }
  let ledger: Ledger

  init() throws {
    place = try TemporaryFolder()
    ledger = try Ledger(path: place.path + "/ledger.sqlite", for: .write)
  }

  func file(_ rows: [TestRow]) throws {
    var writer = RowWriter(header: .action)
    for (index, row) in rows.enumerated() { append(row, index + 1, to: &writer) }
    let segment = Segment(
      name: "20260302T120000.000000Z-20260302T130000.000000Z-room12-00000001", queue: "mitigated",
      sensor: "room12", first: time(0), clock: time(3_600))
    try writer.bytes.withUnsafeBytes { _ = try ledger.file(segment, .action, $0) }
  }

  private func append(_ row: TestRow, _ number: Int, to writer: inout RowWriter) {
    writer.cells(
      FlowIdentity(
        row: number, start: time(row.second), last: time(row.second),
        source: IPAddress(row.source) ?? .unspecified(.v4), sourcePort: row.port,
        destination: IPAddress(v4: 0x0A00_0005), destinationPort: 1883, ipProtocol: 6,
        application: row.application, state: .idle, sensor: "room12"))
    for measure in Measure.allCases {
      switch measure {
      case .packets: writer.cell(row.packets)
      case .bytes: writer.cell(row.packets * 60)
      case .folded, .foldedSources: writer.cell(1)
      default: writer.cell(0)
      }
    }
    for text in ["attack", row.attack.rawValue] { writer.cell(text) }
    writer.cell(0.97)
    for text in [row.judge, "BENIGN"] { writer.cell(text) }
    writer.cell(0.5)
    for text in [row.attack.rawValue, row.reason, row.modelReasons] { writer.cell(text) }
    writer.cell(row.anomaly)
    for text in [row.action, "three rows", "-"] { writer.cell(text) }
    if row.action == "blocked" { writer.cell(time(600)) } else { writer.cell("-") }
    writer.cell(row.backend)
    writer.endRow()
  }

  /// A report of the hour after noon, made at half past seven in the evening.
  func report<Result>(_ body: (Report, Survey) throws -> Result) throws -> Result {
    try ledger.survey(Slice(from: time(0), to: time(3_600))) { survey in
      let report = try Report(
        survey, now: time(27_000), generator: "Ward test", classification: "Confidential")
      return try body(report, survey)
    }
  }
}

/// What people write to break a report.
let hostile =
  "<script>alert(1)</script> #eval(\"x\") \\ $x$ *b* `c` @ref =cmd|'/c'!A0 \u{202E}\u{0627}\u{4E2D}\u{1F600}\u{0}\n"
  + String(repeating: "A", count: 10_000)
