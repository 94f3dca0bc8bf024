import Packets
import Tables
import Testing

/// Ends of connections that EndingTests leaves out.
struct TeardownTests {
  @Test func `a connection that both ends opened at once is one flow`() throws {
    // RFC 9293 section 3.5, figure 8.
    let (first, second) = (End(2, 40_000), End(1, 50_000))
    let flow = try only([
      Shot(0, Frames.tcp(first, second, .syn, sequence: 100)),
      Shot(5, Frames.tcp(second, first, .syn, sequence: 900)),
      Shot(50, Frames.tcp(first, second, [.syn, .ack], sequence: 100, acknowledgment: 901)),
      Shot(55, Frames.tcp(second, first, [.syn, .ack], sequence: 900, acknowledgment: 101)),
      Shot(90, Frames.tcp(first, second, .ack, sequence: 101, acknowledgment: 901)),
    ])
    #expect(flow.identity.source == first.address)
    expect(flow, [.packets: 5, .synCount: 4, .handshakeComplete: 1])
  }

  @Test func `a handshake without its last ACK is half open until it is given up`() throws {
    var capture = Conversation()
    capture.up(0, .syn)
    capture.down(10, [.syn, .ack])
    capture.again(at: 1_000_000)  // the server asks again
    let rows = try rows(of: capture.shots, until: 30 * Traffic.second)
    #expect(rows.map(\.identity.state) == [.open, .open, .idle])
    expect(
      rows[2],
      [
        .handshakeComplete: 0, .srcVerified: 0, .synCount: 3, .bwdRetransmissions: 1,
        .srcFailedShare60s: 1,
      ])
    expect(rows[0], [.dstHalfOpen1s: 1, .svcHalfOpen1s: 1, .dstCompletedShare1s: 0])
  }

  @Test func `the half that is still open may send as long as it likes`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    capture.up(1_000, [.fin, .ack])
    for turn in 1...4 { capture.down(Int64(turn) * 60 * Traffic.second, .ack, 1_000) }
    capture.down(241 * Traffic.second, [.fin, .ack])
    capture.up(241 * Traffic.second + 9, .ack)
    let flow = try only(capture.shots)
    #expect(flow.identity.state == .fin)
    expect(flow, [.packets: 10, .bwdPayload: 4_000, .finCount: 2])
  }

  @Test func `stragglers after an RST are absorbed, after the lingering they are a flow`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    capture.down(1_000, .rst)
    capture.up(1_001_000, .ack, 10)  // a second later: 2 s of linger begin anew
    capture.up(2_901_000, .ack, 10)  // 1.9 s later
    capture.up(5_000_000, .ack, 10)  // 2.1 s later, and the tick of 5 s has ended it
    let flows = try flows(of: capture.shots)
    #expect(flows.map(\.identity.state) == [.rst, .end])
    #expect(flows.map { $0[.packets] } == [6, 1])
    #expect(flows.map { $0[.handshakeComplete] } == [1, 0])
  }

  @Test func `an RST after the close changes neither flow nor state`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    capture.close(at: 1_000)
    capture.down(1_100, .rst)
    let flow = try only(capture.shots)
    #expect(flow.identity.state == .fin)
    expect(flow, [.packets: 7, .rstCount: 1])
  }

  @Test func `a connection that ends by RST within the handshake never was`() throws {
    var capture = Conversation()
    capture.up(0, .syn)
    capture.down(10, [.syn, .ack])
    capture.up(20, .rst)
    let flow = try only(capture.shots)
    #expect(flow.identity.state == .rst)
    expect(flow, [.handshakeComplete: 0, .fwdRST: 1, .srcFailedShare60s: 1])
  }

  @Test func `a FIN from each end without the last ACK is not yet the end`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    capture.up(1_000, [.fin, .ack])
    capture.down(1_100, [.fin, .ack])
    #expect(try only(capture.shots).identity.state == .end)
  }

  @Test func `a SYN from the responder's end does not end an established flow`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    let stray = Frames.tcp(capture.server, capture.client, .syn, sequence: 7_777)
    capture.up(2_000, .ack, 10)
    let flow = try only(capture.shots + [Shot(3_000, stray)])
    #expect(flow.identity.state == .end)
    expect(flow, [.packets: 5, .bwdPackets: 2])
  }

  @Test func `a SYN sent again after the handshake is not a new connection`() throws {
    var capture = Conversation()
    capture.up(0, .syn)
    let syn = capture.shots[0].frame
    capture.down(10, [.syn, .ack])
    capture.up(20, .ack)
    let flow = try only(capture.shots + [Shot(30, syn)])
    expect(flow, [.packets: 4, .synCount: 3, .fwdRetransmissions: 1])
  }

  @Test func `ports taken again thrice are three flows`() throws {
    let shots = (0..<3).flatMap { turn -> [Shot] in
      var capture = Conversation(from: 100 + UInt32(turn) * 50_000)
      capture.open(at: Int64(turn) * 10_000)
      capture.close(at: Int64(turn) * 10_000 + 1_000)
      return capture.shots
    }
    let flows = try flows(of: shots)
    #expect(flows.map(\.identity.state) == [.fin, .fin, .fin])
    #expect(flows.map { $0[.packets] } == [6, 6, 6])
    #expect(flows.map { $0.identity.start } == [0, 10_000, 20_000].map { Traffic.moment($0) })
  }

  private func only(_ shots: [Shot]) throws -> Row {
    let flows = try flows(of: shots)
    #expect(flows.count == 1)
    return try #require(flows.first)
  }
}
