import Packets
import Tables
import Testing

/// Columns whose words leave little room, at the edges of what they say.
struct MeaningTests {
  @Test func `a segment that comes late counts as sent again`() throws {
    func segment(_ sequence: UInt32) -> [UInt8] {
      Frames.tcp(
        End(2, 40_000), End(1, 80), .ack, sequence: sequence, acknowledgment: 1,
        payload: [UInt8](repeating: 1, count: 100))
    }
    // 100 B each at 100, 300 and then 200: the third fills the hole, and ends below the highest.
    let flow = try #require(
      try flows(of: [100, 300, 200].enumerated().map { Shot(Int64($0), segment($1)) }).first)
    expect(flow, [.fwdRetransmissions: 1])
  }

  @Test func `a packet is out of order if one ahead of it is later`() throws {
    let times: [Int64] = [5_000, 3_000, 4_000]
    let flow = try #require(
      try flows(
        of: times.map { Shot($0, Frames.udp(End(2, 9), End(1, 53), payload: 1)) }
      ).first)
    // Both 3,000 and 4,000 come behind 5,000.
    expect(flow, [.outOfOrder: 2])
  }

  @Test func `a SYN sent again is one more SYN of the source`() throws {
    var capture = Conversation()
    capture.up(0, .syn)
    capture.again(at: 1_000)
    capture.again(at: 2_000)
    capture.down(2_010, [.syn, .ack])
    capture.up(2_020, .ack)
    let row = try #require(try rows(of: capture.shots).first)
    expect(row, [.srcSYNShare1s: 3.0 / 4])
  }

  @Test func `a handshake completed in the second is taken off those begun in it`() throws {
    var late = Conversation(End(2, 40_000))
    late.up(900_000, .syn)
    late.down(900_010, [.syn, .ack])
    late.up(2_100_000, .ack)
    let begun = Frames.tcp(End(3, 40_000), End(1, 80), .syn, sequence: 5)
    let row = try #require(
      try rows(of: late.shots + [Shot(2_100_010, begun)]).last {
        $0.identity.source == End(3).address
      })
    expect(row, [.dstHalfOpen1s: 0])
  }

  @Test func `counts of the second before fade, distinct ones stay until it is over`() throws {
    // Told at the tick of 0.25 s, so of the second that ends at 1 s. The row of 1.75 s is told a quarter
    // of its flows, that of 2.25 s none.
    let shots = [
      Shot(0, Frames.udp(End(2, 9), End(1, 53), payload: 1)),
      Shot(1_600_000, Frames.udp(End(3, 9), End(1, 53), payload: 1)),
      Shot(2_100_000, Frames.udp(End(4, 9), End(1, 53), payload: 1)),
    ]
    func row(_ host: UInt32) throws -> Row {
      try #require(try rows(of: shots).first { $0.identity.source == End(host).address })
    }
    expect(try row(3), [.dstFlows1s: 1 + 0.25, .dstSources1s: 2])
    // The second that ends at 2 s held one, of which 0.75 is left.
    expect(try row(4), [.dstFlows1s: 1 + 0.75, .dstSources1s: 2])
  }

  @Test func `what a host answers is not what it sends as a source`() throws {
    // 10.0.0.1 answers 3 packets of 10.0.0.2 and asks 10.0.0.3 with 1.
    let asked = (0..<3).flatMap {
      [
        Shot(Int64($0) * 10, Frames.udp(End(2, 9), End(1, 53), payload: 1)),
        Shot(Int64($0) * 10 + 5, Frames.udp(End(1, 53), End(2, 9), payload: 1)),
      ]
    }
    let rows = try rows(of: asked + [Shot(90, Frames.udp(End(1, 9), End(3, 53), payload: 1))])
    let asking = try #require(rows.first { $0.identity.source == End(1).address })
    expect(asking, [.srcPackets1s: 1, .srcFlows1s: 1, .srcBytes1s: 29])
  }

  /// A datagram of `host`, sent with this time to live.
  private func datagram(_ host: UInt32, _ port: UInt16, ttl: UInt8) -> [UInt8] {
    var frame = Frames.udp(End(host, port), End(1, 53), payload: 1)
    frame[14 + 8] = ttl
    return frame
  }

  @Test func `ARP has no time to live that could differ from the source's`() throws {
    let rows = try rows(of: [
      Shot(0, Frames.arp(End(2), End(1), isReply: false)), Shot(9, datagram(2, 9, ttl: 64)),
    ])
    let row = try #require(rows.first { $0.identity.ipProtocol == 17 })
    expect(row, [.srcTTLs60s: 1, .srcTTLNew: 0])
  }

  @Test func `an answer's time to live is not the asker's`() throws {
    // 10.0.0.2 is known by 64. Then a SYN-ACK to it is heard first, of a server that sends with 128.
    var answer = Frames.tcp(
      End(1, 80), End(2, 40_000), [.syn, .ack], sequence: 9, acknowledgment: 1)
    answer[14 + 8] = 128
    let rows = try rows(of: [Shot(0, datagram(2, 9, ttl: 64)), Shot(9, answer)])
    let row = try #require(rows.first { $0.identity.ipProtocol == 6 })
    #expect(row.identity.source == End(2).address)
    expect(row, [.srcTTLs60s: 1, .srcTTLNew: 0])
  }
}
