import Flows
import Packets
import Tables
import Testing

/// CICFlowMeter's published bugs, B1 to B5b: when a flow ends, and whether it is written at all.
/// Each test is a capture on which CICFlowMeter is wrong and the row that is right.
struct PublishedBugEndingTests {
  @Test func `B1: the first FIN does not end the flow, the last ACK does, late segments join it`()
    throws
  {
    var capture = Conversation()
    capture.open(at: 0)  // packets 1 to 3
    capture.up(1_000, [.psh, .ack], 100)  // 4
    capture.up(2_000, [.fin, .ack])  // 5: CICFlowMeter ends here
    capture.down(3_000, .ack, 300)  // 6: half closed, the server still sends
    capture.down(4_000, [.fin, .ack])  // 7
    capture.up(5_000, .ack)  // 8: closed
    capture.up(1_905_000, .ack)  // 9: a straggler, 1.9 s later
    let line = try onlyLine(of: capture.shots)
    expect(line, identity: ["state": "fin", "src_ip": "10.0.0.2", "dst_port": "80"])
    expect(
      line,
      [
        .packets: "9", .fwdPackets: "6", .bwdPackets: "3", .finCount: "2", .synCount: "2",
        .fwdPayload: "100", .bwdPayload: "300", .flowDuration: "1905000",
      ])
  }

  @Test func `B2: a FIN from the responder first still ends one flow`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    capture.down(1_000, [.fin, .ack])  // CICFlowMeter: flow emitted
    capture.up(2_000, [.fin, .ack])  // CICFlowMeter: a new flow
    capture.down(3_000, .ack)
    let line = try onlyLine(of: capture.shots)
    expect(line, identity: ["state": "fin", "src_ip": "10.0.0.2"])
    expect(line, [.packets: "6", .finCount: "2", .fwdPackets: "3", .bwdPackets: "3"])
  }

  @Test func `B2: FINs that cross and FINs sent again are counted in one flow`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    capture.up(1_000, [.fin, .ack])
    capture.down(1_001, [.fin, .ack])
    capture.again(at: 1_200)
    capture.up(1_300, .ack)
    capture.down(1_301, .ack)
    let line = try onlyLine(of: capture.shots)
    expect(line, identity: ["state": "fin"])
    expect(line, [.packets: "8", .finCount: "3", .bwdRetransmissions: "1"])
  }

  @Test func `B3: stragglers after an RST join its flow and a new SYN opens another`() throws {
    var first = Conversation()
    first.open(at: 0)
    first.down(1_000, .rst)
    first.up(1_500, [.psh, .ack], 40)  // on its way when the RST came
    first.up(2_000, .rst)
    var second = Conversation(from: 70_000)
    second.open(at: 500_000)
    let lines = lastLines(of: first.shots + second.shots)
    #expect(lines.map { $0["state"] } == ["rst", "end"])
    expect(lines[0], [.packets: "6", .rstCount: "2", .fwdRST: "1", .bwdRST: "1"])
    expect(lines[1], [.packets: "3", .rstCount: "0", .handshakeComplete: "1"])
  }

  @Test func `B4: a flow of one packet is written`() throws {
    let frame = Frames.udp(End(2, 40_000), End(1, 53), payload: 30)
    let line = try onlyLine(of: [Shot(0, frame)])
    expect(
      line,
      identity: [
        "row": "1", "start": "2023-11-14T22:13:20.000000Z",
        "last": "2023-11-14T22:13:20.000000Z", "src_ip": "10.0.0.2", "src_port": "40000",
        "dst_ip": "10.0.0.1", "dst_port": "53", "protocol": "17", "state": "end",
      ])
    expect(
      line,
      [
        .packets: "1", .bytes: "58", .fwdPackets: "1", .bwdPackets: "0", .fwdPayload: "30",
        .flowDuration: "0", .lengthMin: "30", .lengthMax: "30", .lengthMean: "30",
        .durationZero: "1", .folded: "1",
      ])
  }

  @Test func `B5: silence ends a flow, age does not`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    // 100 s apart, less than the idle time-out of 120 s: 300 s in all.
    for turn in 1...3 { capture.up(Int64(turn) * 100 * Traffic.second, [.psh, .ack], 10) }
    let line = try onlyLine(of: capture.shots)
    expect(line, [.packets: "6", .flowDuration: "300000000", .fwdPayload: "30"])
  }

  @Test func `B5: a silent flow is written though its addresses never speak again`() throws {
    var featurizer = Featurizer(sensor: "test")
    featurizer.beginSegment()
    featurizer.add(Shot(0, Frames.udp(End(2, 40_000), End(1, 53), payload: 30)))
    // Another pair's packet carries the clock past the 60 s of a datagram's dialogue.
    featurizer.add(Shot(61 * Traffic.second, Frames.udp(End(9, 9_000), End(8, 53), payload: 1)))
    let rows = try rows(in: featurizer.take())
    #expect(rows.map(\.identity.state) == [.open, .idle])
    #expect(rows.map(\.identity.sourcePort) == [40_000, 40_000])
  }

  @Test func `B5a: a new SYN on known ports is a new flow with an orientation of its own`() throws {
    var first = Conversation()
    first.open(at: 0)
    first.close(at: 1_000)
    // An hour of nothing is not needed: the other end calls back on the same ports.
    var second = Conversation(first.server, first.client)
    second.open(at: 5_000)
    let lines = lastLines(of: first.shots + second.shots)
    #expect(lines.map { $0["src_ip"] } == ["10.0.0.2", "10.0.0.1"])
    #expect(lines.map { $0["dst_port"] } == ["80", "40000"])
    #expect(lines.map { $0["state"] } == ["fin", "end"])
    #expect(lines.map { $0[.packets] } == ["6", "3"])
    #expect(lines.map { $0[.fwdPackets] } == ["4", "2"])
  }

  @Test func `B5a: after the time-out orientation is decided anew`() throws {
    let (client, server) = (End(2, 40_000), End(1, 50_000))
    let lines = lastLines(of: [
      Shot(0, Frames.udp(client, server, payload: 1)),
      Shot(3_600 * Traffic.second, Frames.udp(server, client, payload: 1)),
    ])
    #expect(lines.map { $0["src_ip"] } == ["10.0.0.2", "10.0.0.1"])
    #expect(lines.map { $0[.fwdPackets] } == ["1", "1"])
  }

  @Test func `B5a: a SYN sent again opens nothing`() throws {
    var capture = Conversation()
    capture.up(0, .syn)
    capture.again(at: 1_000_000)
    capture.down(1_000_010, [.syn, .ack])
    capture.up(1_000_020, .ack)
    let line = try onlyLine(of: capture.shots)
    expect(
      line, [.packets: "4", .synCount: "3", .fwdRetransmissions: "1", .handshakeComplete: "1"])
  }

  @Test func `B5b: a dialogue of datagrams is not cut after two minutes`() throws {
    let shots = (0...5).map {
      Shot(Int64($0) * 30 * Traffic.second, Frames.udp(End(2, 40_000), End(1, 123), payload: 48))
    }
    let line = try onlyLine(of: shots)
    // 5 gaps of 30 s; CICFlowMeter would write 5 packets and forget the sixth.
    expect(
      line,
      [
        .packets: "6", .flowDuration: "150000000", .flowIATMean: "30000000", .flowIATStd: "0",
        .fwdPayload: "288",
      ])
  }
}
