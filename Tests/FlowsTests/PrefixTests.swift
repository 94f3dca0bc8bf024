import Flows
import Packets
import Tables
import Testing

/// Rows of flows as they stood after their first packets.
struct PrefixTests {
  private func rows(_ shots: [Shot], withPrefixes: Bool, cuts: Set<Int> = []) throws -> [Row] {
    var text: [UInt8] = []
    var featurizer = Featurizer(sensor: "test", limits: .small)
    featurizer.writesPrefixes = withPrefixes
    featurizer.beginSegment()
    for (index, shot) in shots.enumerated() {
      if cuts.contains(index) {
        featurizer.advance(to: Traffic.moment(shot.time))
        text += featurizer.take().drop { $0 != 10 }.dropFirst()
        featurizer.beginSegment()
      }
      featurizer.add(shot)
    }
    featurizer.finish()
    text += featurizer.take().drop { $0 != 10 }.dropFirst()
    return try FlowsTests.rows(
      in: Array(Table.flow.columns.joined(separator: ",").utf8) + [10] + text)
  }

  private var talk: [Shot] {
    var talk = Conversation()
    talk.open(at: 0)
    for turn in 1...20 { talk.up(Int64(turn) * 10_000, [.psh, .ack], 100) }
    talk.down(300_000, [.psh, .ack], 50)
    return talk.shots
  }

  @Test func `a flow is written at 1, 2, 4, 7 and 15 packets, too`() throws {
    let usual = try rows(talk, withPrefixes: false)
    let all = try rows(talk, withPrefixes: true)
    let early = all.prefix(5)
    #expect(early.map { $0[.packets] } == [1, 2, 4, 7, 15])
    #expect(early.map { $0[.fwdPayload] } == [0, 0, 100, 400, 1_200])
    #expect(early.allSatisfy { $0.identity.state == .open && $0[.pairFlows60s] == 1 })
    #expect(all.dropFirst(5).map(\.measures) == usual.map(\.measures))
  }

  @Test(arguments: [21, 22]) func `the usual rows stay as they are, wherever the capture is cut`(
    seed: UInt64
  ) throws {
    let shots = Wild(seed: seed, packets: 1_500).shots
    let usual = try rows(shots, withPrefixes: false).map(\.measures)
    let all = try rows(shots, withPrefixes: true).map(\.measures)
    #expect(all.count > usual.count)
    var rest = all[...]
    for row in usual {
      let place = try #require(rest.firstIndex(of: row))
      rest = rest[(place + 1)...]
    }
    #expect(
      try rows(shots, withPrefixes: true, cuts: [3, 400, 401, 1_200]).map(\.measures) == all)
  }

  @Test func `a flood's are bounded`() throws {
    let shots = (0..<9_000).map { (index: Int) -> Shot in
      let source = End(UInt32(1_000 + index), 40_000)
      return Shot(Int64(index) * 10, Frames.tcp(source, End(1, 80), .syn, sequence: 1))
    }
    let more =
      try rows(shots, withPrefixes: true).count - rows(shots, withPrefixes: false).count
    #expect(more == 4_096)
  }
}
