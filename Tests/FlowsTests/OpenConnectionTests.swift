import Flows
import Packets
import Tables
import Testing

/// Connections that are open, counted up and down in tables that forget.
struct OpenConnectionTests {
  private let second = Traffic.second

  private func connection(_ port: UInt16, to server: End = End(1, 80), at time: Int64)
    -> Conversation
  {
    var talk = Conversation(End(2, port), server)
    talk.open(at: time)
    return talk
  }

  private func row(
    _ port: UInt16, _ shots: [Shot], _ limits: FlowLimits = .small
  ) throws -> Row {
    try #require(
      try rows(of: shots.sorted { $0.time < $1.time }, limits)
        .first { $0.identity.sourcePort == port })
  }

  private func expectOpen(
    _ row: Row, _ count: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(row, [.svcOpenFlows: count, .pairOpenFlows: count], sourceLocation: sourceLocation)
  }

  @Test func `what is closed, reset or silent no longer counts`() throws {
    var closed = connection(1_001, at: 0)
    closed.close(at: second)
    var reset = connection(1_002, at: 0)
    reset.up(second, .rst)
    let silent = connection(1_003, at: 0)
    var talking = connection(1_004, at: 0)
    for turn in 1...4 { talking.up(Int64(turn) * 50 * second, [.psh, .ack], 10) }
    let half = Array(connection(1_005, at: 0).shots.prefix(2))
    let all = closed.shots + reset.shots + silent.shots + talking.shots + half
    let early = connection(2_000, at: 2 * second).shots
    expectOpen(try row(2_000, all + early), 3)  // silent, talking, itself
    let late = connection(2_000, at: 200 * second).shots
    expectOpen(try row(2_000, all + late), 2)
  }

  @Test func `the row of an end no longer counts it`() throws {
    var talk = connection(1_001, at: 0)
    talk.close(at: second)
    let rows = try rows(of: talk.shots)
    expectOpen(try #require(rows.first), 1)
    expectOpen(try #require(rows.last), 0)
  }

  @Test func `a service is counted over its clients, a pair is not`() throws {
    var other = Conversation(End(3, 1_001), End(1, 80))
    other.open(at: 0)
    let row = try row(1_002, other.shots + connection(1_002, at: second).shots)
    expect(row, [.svcOpenFlows: 2, .pairOpenFlows: 1])
  }

  @Test func `a port that is used again counts once`() throws {
    var first = connection(1_001, at: 0)
    first.up(second, .rst)
    var again = Conversation(End(2, 1_001), End(1, 80), from: 70_000)
    again.open(at: 2 * second)
    expectOpen(
      try row(1_002, first.shots + again.shots + connection(1_002, at: 3 * second).shots), 2)
  }

  /// So many other pairs and services that every key is pushed out.
  private func noise(at time: Int64) -> [Shot] {
    (0..<8).map {
      Shot(time + Int64($0), Frames.udp(End(100 + UInt32($0), 9), End(200 + UInt32($0), 53)))
    }
  }

  private var forgetful: FlowLimits {
    var limits = FlowLimits.small
    limits.keys = 4
    return limits
  }

  @Test func `a key that comes back counts who moves, and never below nothing`() throws {
    var moving = connection(1_001, at: 0)
    var quiet = connection(1_002, at: 0)
    moving.up(20 * second, [.psh, .ack], 5)
    quiet.up(40 * second, .rst)
    let shots =
      moving.shots + quiet.shots + noise(at: 10 * second)
      + connection(1_003, at: 30 * second).shots + connection(1_004, at: 50 * second).shots
    // Anew at 20 s: 1,001 moves and counts, 1,002 does not; its end takes away what is not in the count.
    expectOpen(try row(1_003, shots, forgetful), 2)
    expectOpen(try row(1_004, shots, forgetful), 3)
  }

  @Test func `nothing is left of flows that were pushed out`() throws {
    var limits = FlowLimits.small
    limits.flows = 4
    let crowd = (0..<40).flatMap {
      connection(3_000 + UInt16($0), at: Int64($0) * second).shots
    }
    expectOpen(try row(5_000, crowd + connection(5_000, at: 60 * second).shots, limits), 4)
  }

  @Test func `a connection that is cut off for its age stays open, and is no new start`() throws {
    var limits = FlowLimits.small
    limits.active = 100 * second
    var old = connection(1_001, at: 0)
    for turn in 1...9 {
      old.up(Int64(turn) * 30 * second, [.psh, .ack], 10)
      old.down(Int64(turn) * 30 * second + 9, [.psh, .ack], 10)
    }
    let row = try row(2_000, old.shots + connection(2_000, at: 280 * second).shots, limits)
    expectOpen(row, 2)
    expect(row, [.pairGaps: 1, .pairGapMean: 280])
  }

  @Test(arguments: [3, 4, 5])
  func `whatever happens, no more are open than flows`(seed: UInt64) throws {
    for limits in [FlowLimits.small, forgetful] {
      for row in try rows(of: Wild(seed: seed, packets: 3_000).shots, limits) {
        #expect((0...60).contains(row[.svcOpenFlows]) && (0...60).contains(row[.pairOpenFlows]))
      }
    }
  }
}
