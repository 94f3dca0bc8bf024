import Flows
import Packets
import Tables
import Testing
import Time
import TestSupport

/// Times that no clock should show, and captures that differ in nothing but their times.
struct ClockTests {
  /// How the time goes on from packet to packet.
  enum Walk: CaseIterable, Sendable {
    /// On, back by as much as packets are swapped, or not at all.
    case swapped
    /// Back by up to hours.
    case setBack
    /// By years, to and fro.
    case years
    /// To the ends of what a time can hold.
    case extremes

    func next(_ time: Int64, _ random: inout Seeded) -> Int64 {
      let second = Traffic.second
      let still = Int.random(in: 0..<3, using: &random) == 0
      if still { return time }
      let small = time + Int64.random(in: -second...second * 2, using: &random)
      let rare = Int.random(in: 0..<20, using: &random) == 0
      guard rare else { return small }
      switch self {
      case .swapped: return small
      case .setBack: return time - Int64.random(in: 0...7_200 * second, using: &random)
      // Seconds since 1970 in 32 bits, as pcap has them.
      case .years:
        return Int64.random(in: 0...Int64(UInt32.max), using: &random) * second - Traffic.epoch
      case .extremes:
        return Int64.random(in: -(1 << 62)...(1 << 62), using: &random) / 2
      }
    }
  }

  private func shots(_ walk: Walk, _ seed: UInt64) -> [Shot] {
    var random = Seeded(state: seed)
    var time: Int64 = 0
    return Wild(seed: seed, packets: 1_500).shots.map { shot in
      time = walk.next(time, &random)
      return Shot(time, shot.frame, wireLength: shot.wireLength)
    }
  }

  @Test(arguments: Walk.allCases, [31, 32, 33])
  func `whatever the times, rows agree with themselves and lose nothing`(
    walk: Walk, seed: UInt64
  ) throws {
    let shots = shots(walk, seed)
    let rows = try rows(of: shots, .small)
    Agreement.expect(rows)
    try Conservation.expectSums(shots, rows)
    #expect(rows.count > 100)
  }

  @Test(arguments: Walk.allCases)
  func `whatever the times, a cut changes nothing`(walk: Walk) {
    let shots = Array(shots(walk, 34).prefix(60))
    let whole = Segments.rows(shots)
    for cut in shots.indices { #expect(Segments.rows(shots, cuts: [cut]) == whole, "\(cut)") }
    #expect(Segments.rows(shots, cuts: Set(shots.indices), idle: true) == whole)
  }

  @Test(arguments: [35, 36])
  func `the time of day is no part of what is measured`(seed: UInt64) throws {
    // Ticks and windows begin with the minute.
    let shots = Wild(seed: seed, packets: 1_000).shots
    let later = shots.map {
      Shot($0.time + 7 * 60 * Traffic.second, $0.frame, wireLength: $0.wireLength)
    }
    #expect(try rows(of: shots).map(\.measures) == rows(of: later).map(\.measures))
  }

  @Test func `which end has the lower address changes no measure`() throws {
    func measures(_ client: UInt32, _ server: UInt32) throws -> [[Double]] {
      var capture = Conversation(End(client, 40_000), End(server, 80))
      capture.open(at: 0)
      capture.up(1_000, [.psh, .ack], 100)
      capture.down(400_000, [.psh, .ack], 900)
      capture.close(at: 500_000)
      return try rows(of: capture.shots).map(\.measures)
    }
    #expect(try measures(1, 2) == measures(2, 1))
    #expect(try measures(1, 2).count == 3)
  }

  @Test func `a clock set back does not move what was before`() throws {
    let rows = try flows(of: [
      Shot(100 * Traffic.second, Frames.udp(End(2, 9), End(1, 53), payload: 1)),
      Shot(50 * Traffic.second, Frames.udp(End(3, 9), End(1, 53), payload: 1)),
    ])
    #expect(rows.map(\.identity.source) == [End(2).address, End(3).address])
    #expect(rows[1].identity.start == Traffic.moment(50 * Traffic.second))
    #expect(rows[0].identity.start == Traffic.moment(100 * Traffic.second))
  }
}
