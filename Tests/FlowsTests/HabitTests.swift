import Flows
import Packets
import Tables
import Testing

/// What hosts do over minutes and hours: calls by the clock, slow searches, guesses.
struct HabitTests {
  private let second = Traffic.second

  private func call(_ number: Int, at time: Int64) -> Shot {
    Shot(time, Frames.udp(End(2, UInt16(20_000 + number)), End(1, 9_999), payload: 4))
  }

  private func last(_ shots: [Shot]) throws -> Row {
    try #require(
      try rows(of: shots).last { $0.identity.sourcePort == UInt16(20_000 + shots.count - 1) })
  }

  @Test func `who calls by the clock has gaps without spread`() throws {
    let shots = (0..<50).map { call($0, at: Int64($0) * 90 * second) }
    expect(try last(shots), [.pairGaps: 32, .pairGapMean: 90, .pairGapVariation: 0])
  }

  @Test func `old habits fade`() throws {
    // 40 gaps of 10 s, then 120 of 100 s: of the old mean (31 ÷ 32)¹²⁰ = 0.0221 is left.
    let shots = (0...160).map { (index: Int) -> Shot in
      let time = index <= 40 ? index * 10 : 400 + (index - 40) * 100
      return call(index, at: Int64(time) * second)
    }
    let row = try last(shots)
    #expect(abs(row[.pairGapMean] - (100 - 90 * 0.0221)) < 0.1, "\(row[.pairGapMean])")
  }

  @Test func `starts close together are one, and addresses are asked for without starting`() throws
  {
    var shots = (0..<12).map { (index: Int) -> Shot in
      let time = index / 3 * 60_000_000 + index % 3 * 400_000
      return call(index, at: Int64(time))
    }
    for time in [10, 70, 130] as [Int64] {
      shots.insert(
        Shot(time * second, Frames.arp(End(2), End(1), isReply: false)),
        at: shots.firstIndex { $0.time > time * second } ?? shots.count)
    }
    let row = try #require(try rows(of: shots).last { $0.identity.sourcePort == 20_011 })
    // From the last of three to the first of the next: 60 s − 0.8 s.
    expect(row, [.pairGaps: 3, .pairGapMean: 59.2, .pairGapVariation: 0])
  }

  @Test func `a scan of one port in two minutes shows after half an hour`() throws {
    let scanner = End(66, 50_000)
    let shots = (0..<20).flatMap { index -> [Shot] in
      let target = End(1, 1_000 + UInt16(index))
      let time = Int64(index) * 120 * second
      return [
        Shot(time, Frames.tcp(scanner, target, .syn, sequence: 5)),
        Shot(time + 40, Frames.tcp(target, scanner, [.rst, .ack], acknowledgment: 6)),
      ]
    }
    let row = try #require(try rows(of: shots).last { $0.identity.destinationPort == 1_019 })
    #expect((14...26).contains(row[.srcFailedTargets1h]), "\(row[.srcFailedTargets1h])")
    expect(row, [.srcPorts60s: 1])
  }

  @Test func `failures of more than two hours ago are forgotten, successes never counted`() throws {
    let server = End(1, 80)
    var good = Conversation(End(2, 40_001), server)
    good.open(at: 8_000 * second)
    good.close(at: 8_001 * second)
    let shots =
      [Shot(0, Frames.tcp(End(2, 40_000), server, .syn, sequence: 5))] + good.shots
      + [Shot(8_010 * second, Frames.udp(End(2, 9), End(3, 9), payload: 1))]
    let rows = try rows(of: shots, until: 8_011 * second)
    let udp = rows.filter { $0.identity.ipProtocol == 17 }
    #expect(udp.map { $0[.srcFailedTargets1h] } == [0, 1])  // the last row is its own failure
  }

  /// A request with credentials, refused.
  private func guess(_ port: UInt16, _ server: End, at time: Int64) -> [Shot] {
    var talk = Conversation(End(2, port), server)
    talk.open(at: time)
    talk.up(
      time + 1_000, [.psh, .ack],
      Array("GET / HTTP/1.1\r\nAuthorization: Basic eDp5\r\n\r\n".utf8))
    talk.down(
      time + 2_000, [.psh, .ack], Array("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n".utf8))
    talk.close(at: time + 3_000)
    return talk.shots
  }

  @Test func `guesses add up over connections and fade after ten minutes`() throws {
    let shots =
      (0..<6).flatMap { guess(41_000 + UInt16($0), End(1, 80), at: Int64($0) * 20 * second) }
      + guess(42_000, End(3, 80), at: 130 * second)
      + guess(43_000, End(1, 80), at: 2_000 * second)
    let rows = try rows(of: shots)
    let sixth = try #require(rows.first { $0.identity.sourcePort == 41_005 })
    // Of the six requests in 100 s the last minute's: three of this cell, and the share of the cell before.
    expect(sixth, [.pairLoginFailures10m: 6, .srcLoginFailures10m: 6])
    let other = try #require(rows.first { $0.identity.sourcePort == 42_000 })
    expect(other, [.pairLoginFailures10m: 1, .srcLoginFailures10m: 7, .pairRequests60s: 1])
    let late = try #require(rows.first { $0.identity.sourcePort == 43_000 })
    expect(late, [.pairLoginFailures10m: 1, .srcLoginFailures10m: 1, .pairRequests60s: 1])
  }

  @Test func `fragments are counted at whom they go to`() throws {
    let parts = Frames.fragments(
      End(2, 5_000), End(1, 5_000), 17,
      Frames.big(UInt16(5_000)) + Frames.big(UInt16(5_000)) + Frames.big(UInt16(808)) + [0, 0]
        + [UInt8](repeating: 3, count: 800), size: 400)
    let shots =
      parts.enumerated().map { Shot(Int64($0), $1) }
      + [
        Shot(10, Frames.udp(End(3, 1), End(1, 7), payload: 3)),
        Shot(20, Frames.udp(End(1, 7), End(2, 8), payload: 3)),
      ]
    let rows = try rows(of: shots)
    expect(try #require(rows.first { $0.identity.destinationPort == 7 }), [.dstFragments1s: 3])
    expect(try #require(rows.first { $0.identity.destinationPort == 8 }), [.dstFragments1s: 0])
  }

  @Test func `an answer to what was asked is no backscatter`() throws {
    var talk = Conversation(End(9, 40_000), End(1, 80))
    talk.open(at: 0)
    let stray = Shot(
      100, Frames.tcp(End(2, 80), End(9, 40_001), [.syn, .ack], sequence: 7, acknowledgment: 1))
    let visit = Shot(200, Frames.tcp(End(5, 40_000), End(9, 22), .syn, sequence: 1))
    let rows = try rows(of: talk.shots + [stray, visit])
    let seen = rows.prefix(3).map { [$0[.dstBackscatter1s], Double($0.identity.destinationPort)] }
    // The answered host is the stray's source and the visit's destination.
    #expect(Set(seen) == [[0, 80], [1, 80], [1, 22]])
  }
}
