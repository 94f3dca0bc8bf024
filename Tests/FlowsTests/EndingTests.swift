import Flows
import Packets
import Tables
import Testing
import Time

/// How flows end, and what belongs to them until then.
struct EndingTests {
  let client = End(2, 40_000)
  let server = End(1, 443)

  private func up(_ flags: TCPFlags, _ sequence: UInt32, _ acknowledgment: UInt32 = 0) -> [UInt8] {
    Frames.tcp(client, server, flags, sequence: sequence, acknowledgment: acknowledgment)
  }

  private func down(_ flags: TCPFlags, _ sequence: UInt32, _ acknowledgment: UInt32) -> [UInt8] {
    Frames.tcp(server, client, flags, sequence: sequence, acknowledgment: acknowledgment)
  }

  private func handshake(at time: Int64 = 0, _ first: UInt32 = 100) -> [Shot] {
    [
      Shot(time, up(.syn, first)), Shot(time + 10, down([.syn, .ack], 900, first + 1)),
      Shot(time + 20, up(.ack, first + 1, 901)),
    ]
  }

  @Test func `a lone SYN is one row at its tick and one when it is given up`() throws {
    let rows = try rows(of: [Shot(0, up(.syn, 100))], until: 21 * Traffic.second)
    #expect(rows.map(\.identity.state) == [.open, .idle])
    for row in rows {
      expect(
        row,
        [
          .packets: 1, .bytes: 40, .syn: 1, .ack: 0, .durationZero: 1, .flowDuration: 0,
          .flowBytesPerSecond: 0, .flowPacketsPerSecond: 0, .handshakeComplete: 0, .srcVerified: 0,
        ])
    }
  }

  @Test(arguments: [(19_900_000, 1), (20_000_000, 2)])
  func `an unfinished handshake is given up after 20 seconds`(end: Int64, count: Int) throws {
    var featurizer = Featurizer(sensor: "test")
    featurizer.beginSegment()
    featurizer.add(Shot(0, up(.syn, 100)))
    featurizer.advance(to: Traffic.moment(end))
    #expect(try rows(in: featurizer.take()).count == count)
  }

  @Test func `a refused SYN ends by RST`() throws {
    let flows = try flows(of: [Shot(0, up(.syn, 100)), Shot(50, down([.rst, .ack], 0, 101))])
    #expect(flows.map(\.identity.state) == [.rst])
    expect(
      flows[0],
      [
        .fwdPackets: 1, .bwdPackets: 1, .bwdRST: 1, .fwdRST: 0, .rstCount: 1, .rst: 1,
        .handshakeComplete: 0,
      ])
  }

  @Test func `FIN may come from the client first`() throws {
    let close = [
      Shot(1_000, up([.fin, .ack], 101, 901)), Shot(1_100, down(.ack, 901, 102)),
      Shot(1_200, down([.fin, .ack], 901, 102)), Shot(1_300, up(.ack, 102, 902)),
    ]
    try expectOneFlow(handshake() + close, fins: 2)
  }

  @Test func `FIN may come from the server first`() throws {
    let close = [
      Shot(1_000, down([.fin, .ack], 901, 101)), Shot(1_100, up([.fin, .ack], 101, 902)),
      Shot(1_200, down(.ack, 902, 102)),
    ]
    try expectOneFlow(handshake() + close, fins: 2)
  }

  @Test func `both may send FIN at once`() throws {
    let close = [
      Shot(1_000, up([.fin, .ack], 101, 901)), Shot(1_001, down([.fin, .ack], 901, 101)),
      Shot(1_100, up(.ack, 102, 902)), Shot(1_101, down(.ack, 902, 102)),
    ]
    try expectOneFlow(handshake() + close, fins: 2)
  }

  @Test func `a FIN sent again and stragglers stay with the flow they belong to`() throws {
    let close = [
      Shot(1_000, up([.fin, .ack], 101, 901)), Shot(1_200, up([.fin, .ack], 101, 901)),
      Shot(1_300, down([.fin, .ack], 901, 102)), Shot(1_400, up(.ack, 102, 902)),
      Shot(1_900_000, up(.ack, 102, 902)),
    ]
    let flow = try expectOneFlow(handshake() + close, fins: 3)
    expect(flow, [.fwdRetransmissions: 1, .bwdRetransmissions: 0])
  }

  @Test func `a connection half closed is still open`() throws {
    let shots = handshake() + [Shot(1_000, up([.fin, .ack], 101, 901))]
    #expect(try flows(of: shots).map(\.identity.state) == [.end])
  }

  @Test func `a segment sent again is counted and a keep-alive without data is not`() throws {
    let data = Frames.tcp(
      client, server, [.psh, .ack], sequence: 101, acknowledgment: 901,
      payload: [UInt8](repeating: 1, count: 50))
    let shots =
      handshake() + [
        Shot(1_000, data), Shot(2_000, data), Shot(3_000, data),
        Shot(4_000, up(.ack, 150, 901)), Shot(5_000, down(.ack, 901, 151)),
      ]
    expect(
      try #require(try flows(of: shots).first),
      [.fwdRetransmissions: 2, .bwdRetransmissions: 0, .fwdPayload: 150, .fwdPackets: 6])
  }

  @Test func `sequence numbers may pass zero`() throws {
    let first = UInt32.max - 10
    let shots = [
      Shot(0, up(.syn, first)), Shot(10, down([.syn, .ack], 900, first + 1)),
      Shot(20, up(.ack, first + 1, 901)),
      Shot(
        30,
        Frames.tcp(
          client, server, .ack, sequence: first + 1, acknowledgment: 901,
          payload: [UInt8](repeating: 1, count: 50))),
      Shot(
        40,
        Frames.tcp(
          client, server, .ack, sequence: first &+ 51, acknowledgment: 901,
          payload: [UInt8](repeating: 1, count: 50))),
    ]
    expect(try #require(try flows(of: shots).first), [.fwdRetransmissions: 0])
  }

  @Test func `a packet from before its forerunner is counted and turns no gap negative`() throws {
    let shots = [
      Shot(5_000, Frames.udp(client, server, payload: 1)),
      Shot(3_000, Frames.udp(client, server, payload: 1)),
      Shot(9_000, Frames.udp(client, server, payload: 1)),
    ]
    let flow = try #require(try flows(of: shots).first)
    expect(
      flow,
      [.outOfOrder: 1, .flowDuration: 4_000, .flowIATMin: 0, .flowIATMax: 4_000, .packets: 3])
    #expect(flow.identity.start == Traffic.moment(5_000))
  }

  @Test func `a new SYN after the close is a new flow`() throws {
    let close = [
      Shot(1_000, up([.fin, .ack], 101, 901)), Shot(1_200, down([.fin, .ack], 901, 102)),
      Shot(1_300, up(.ack, 102, 902)),
    ]
    let flows = try flows(of: handshake() + close + handshake(at: 5_000, 70_000))
    #expect(flows.map(\.identity.state) == [.fin, .end])
    #expect(flows.map { $0[.packets] } == [6, 3])
    #expect(flows.map { $0[.handshakeComplete] } == [1, 1])
  }

  @Test func `a new SYN after a reset may come from the other end`() throws {
    let shots = [
      Shot(0, up(.syn, 100)), Shot(50, down([.rst, .ack], 0, 101)),
      Shot(90, down(.syn, 4_000, 0)),
    ]
    let flows = try flows(of: shots)
    #expect(flows.map(\.identity.state) == [.rst, .end])
    #expect(flows[1].identity.source == server.address)
  }

  @Test func `a SYN with another number ends an established connection as reused`() throws {
    let flows = try flows(of: handshake() + handshake(at: 5_000, 70_000))
    #expect(flows.map(\.identity.state) == [.reused, .end])
  }

  @Test func `a SYN sent again is not a new flow`() throws {
    let shots = [Shot(0, up(.syn, 100)), Shot(1_000_000, up(.syn, 100))] + handshake(at: 3_000_000)
    let flows = try flows(of: shots)
    #expect(flows.count == 1)
    expect(flows[0], [.synCount: 4, .fwdRetransmissions: 2])
  }

  @Test func `a flow as old as the active time-out goes on as a new one`() throws {
    var limits = FlowLimits()
    limits.active = 10 * Traffic.second
    let shots = (0..<25).map {
      Shot(Int64($0) * Traffic.second, Frames.udp(client, server, payload: 9))
    }
    let flows = try flows(of: shots, limits)
    #expect(flows.map(\.identity.state) == [.active, .active, .end])
    #expect(flows.map { $0[.packets] } == [11, 11, 3])
  }

  @Test func `silence ends a dialogue`() throws {
    let shots = [0, 59, 130].map {
      Shot(Int64($0) * Traffic.second, Frames.udp(client, server, payload: 9))
    }
    let flows = try flows(of: shots)
    #expect(flows.map(\.identity.state) == [.idle, .end])
    #expect(flows.map { $0[.packets] } == [2, 1])
  }

  @discardableResult
  private func expectOneFlow(_ shots: [Shot], fins: Double) throws -> Row {
    let flows = try flows(of: shots)
    #expect(flows.map(\.identity.state) == [.fin])
    let flow = try #require(flows.first)
    expect(flow, [.packets: Double(shots.count), .finCount: fins])
    #expect(flow.identity.source == client.address)
    return flow
  }
}
