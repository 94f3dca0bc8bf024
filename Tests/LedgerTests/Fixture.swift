import Addresses
import Glibc
import Ledger
import Tables
import Time
import TestSupport

/// A row to write: what the tests vary, the rest made up.
struct TestRow {
  var start: Int64 = 0  // seconds after `noon`
  var last: Int64 = 1
  var source = "192.0.2.66"
  var sourcePort: UInt16 = 40_000
  var destination = "10.0.0.5"
  var destinationPort: UInt16 = 1883
  var state = FlowState.idle
  var packets = 10
  var bytes = 1_000
  var folded = 1
  var attack = Attack.benign
  var application = "mqtt"
  var reason = "-"
  var modelReasons = "-"
  var anomaly = 0.0
  var action = "none"
  var expires: Int64?
  var backend = "-"

  /// 2026-03-02T12:00:00Z.
  static let noon: Int64 = 1_772_452_800

  static func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: noon + seconds) }
}

/// The text of a table with these rows.
func table(_ table: Table, _ rows: [TestRow]) -> [UInt8] {
  var writer = RowWriter(header: table)
  for (index, row) in rows.enumerated() {
    writer.cells(
      FlowIdentity(
        row: index + 1, start: TestRow.time(row.start), last: TestRow.time(row.last),
        source: IPAddress(row.source) ?? .unspecified(.v4), sourcePort: row.sourcePort,
        destination: IPAddress(row.destination) ?? .unspecified(.v4),
        destinationPort: row.destinationPort, ipProtocol: 6, application: row.application,
        state: row.state, sensor: "room12"))
    for measure in Measure.allCases {
      switch measure {
      case .packets: writer.cell(row.packets)
      case .bytes: writer.cell(row.bytes)
      case .folded: writer.cell(row.folded)
      case .foldedSources: writer.cell(row.folded)
      default: writer.cell(0)
      }
    }
    writer.cell(row.attack == .benign ? "benign" : "attack")
    writer.cell(row.attack.rawValue)
    writer.cell(0.97)
    writer.cell("detector")
    writer.cell("BENIGN")
    writer.cell(0.6)
    writer.cell(row.attack.rawValue)
    writer.cell(row.reason)
    writer.cell(row.modelReasons)
    writer.cell(row.anomaly)
    if table == .action {
      writer.cell(row.action)
      writer.cell("because")
      writer.cell("-")
      if let expires = row.expires { writer.cell(TestRow.time(expires)) } else { writer.cell("-") }
      writer.cell(row.backend)
    }
    writer.endRow()
  }
  return writer.bytes
}

/// A ledger in a folder of its own, removed when the test lets go of it.
final class Scratch {
  private let folder: TemporaryFolder
  var path: String { folder.path + "/ledger.sqlite" }

  init() throws { folder = try TemporaryFolder() }

  func ledger() throws -> Ledger { try Ledger(path: path, for: .write, patience: 1) }
}

struct Refused: Error {}

extension Ledger {
  @discardableResult func file(
    _ sequence: Int, _ kind: Table, _ rows: [TestRow], queue: String = "mitigated",
    first: Int64 = 0, clock: Int64 = 60, beforeCommit: ([EvidenceRow]) throws -> Void = { _ in }
  ) throws -> Receipt {
    let segment = Segment(
      name: "segment-\(sequence)", queue: queue, sensor: "room12", first: TestRow.time(first),
      clock: TestRow.time(clock))
    return try table(kind, rows).withUnsafeBytes {
      try file(segment, kind, $0, beforeCommit: beforeCommit)
    }
  }
}

/// The hour after noon.
let hour = Slice(from: TestRow.time(0), to: TestRow.time(3_600))
