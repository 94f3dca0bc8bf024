import Flows
import Packets
import Tables
import Testing

/// The smallest tables and time-outs lose nothing either.
struct LimitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let limits: FlowLimits

    init(_ name: String, _ change: (inout FlowLimits) -> Void) {
      var limits = FlowLimits.small
      change(&limits)
      (testDescription, self.limits) = (name, limits)
    }
  }

  static let cases = [
    Case("one flow") { $0.flows = 1 },
    Case("three flows, two keys") { ($0.flows, $0.keys) = (3, 2) },
    Case("one key") { $0.keys = 1 },
    Case("a tick of 10 ms, rows at every packet") {
      ($0.tick, $0.slowestTick, $0.burst) = (10_000, 10_000, 1)
    },
    Case("no flow older than a second") { $0.active = 1_000_000 },
    Case("silence of a microsecond ends a flow") {
      ($0.openingIdle, $0.establishedIdle, $0.linger, $0.otherIdle) = (1, 1, 1, 1)
    },
    Case("all at once") {
      ($0.flows, $0.keys, $0.tick, $0.active) = (2, 1, 20_000, 3_000_000)
      ($0.openingIdle, $0.establishedIdle, $0.linger, $0.otherIdle) = (500_000, 9, 0, 70_000)
    },
  ]

  @Test(arguments: cases)
  func `small limits lose no packet and no byte`(small: Case) throws {
    let shots = Wild(seed: 41, packets: 2_000).shots
    let rows = try rows(of: shots, small.limits)
    try Conservation.expectSums(shots, rows)
    Agreement.expect(rows)
  }

  @Test(arguments: cases)
  func `with small limits a cut changes nothing, nor does a second run`(small: Case) {
    let shots = Wild(seed: 42, packets: 80).shots
    let whole = Segments.rows(shots, small.limits)
    #expect(Segments.rows(shots, small.limits) == whole)
    for cut in shots.indices {
      #expect(Segments.rows(shots, cuts: [cut], small.limits) == whole, "cut at \(cut)")
    }
  }

  @Test func `a flow in a place that was used before is not folded for that`() throws {
    // One place, 40 datagrams of 40 pairs within a tick: no two share anything that is counted.
    var limits = FlowLimits.small
    limits.flows = 1
    let shots = (0..<40).map {
      Shot(Int64($0), Frames.udp(End(10 + UInt32($0), 9), End(100 + UInt32($0), 53), payload: 1))
    }
    let rows = try rows(of: shots + [Shot(Traffic.second, shots[39].frame)], limits)
    #expect(rows.filter { $0.identity.state == .folded }.isEmpty)
    try Conservation.expectSums(shots + [Shot(0, shots[39].frame)], rows)
  }
}
