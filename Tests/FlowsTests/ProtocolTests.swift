import Addresses
import Flows
import Packets
import Tables
import Testing
import Time

/// Dialogues that are not TCP, and what carries them.
struct ProtocolTests {
  let client = End(2, 50_000)
  let server = End(1, 53)

  @Test func `a UDP question and its answer are one flow`() throws {
    let flow = try only([
      Shot(0, Frames.padded(Frames.udp(client, server, payload: 12))),
      Shot(20_000, Frames.udp(server, client, payload: 112)),
    ])
    #expect(flow.identity.source == client.address)
    #expect(flow.identity.destinationPort == 53)
    #expect(flow.identity.application == "dns")
    #expect(flow.identity.ipProtocol == 17)
    expect(
      flow,
      [
        .fwdPackets: 1, .bwdPackets: 1, .fwdPayload: 12, .bwdPayload: 112,
        .bytes: (20 + 8 + 12) + (20 + 8 + 112), .fwdHeaderLength: 8, .bwdHeaderLength: 8,
        .flowDuration: 20_000, .flowBytesPerSecond: 124 / 0.02, .flowPacketsPerSecond: 2 / 0.02,
        .lengthMean: 62, .lengthStd: 5_000.0.squareRoot(),  // 50² + 50² over 1
        .downUpRatio: 1, .fwdInitialWindow: 0, .emptyPayloads: 0, .srcVerified: 0,
        .dstPortClass: 1, .srcPortClass: 3,
      ])
  }

  @Test func `datagrams without payload are counted`() throws {
    expect(try only([Shot(0, Frames.padded(Frames.udp(client, server)))]), [.emptyPayloads: 1])
  }

  @Test func `an echo and its reply are one flow`() throws {
    let payload = [UInt8](repeating: 7, count: 56)
    let flow = try only([
      Shot(0, Frames.icmp(client, server, type: 8, identifier: 77, payload: payload)),
      Shot(900, Frames.icmp(server, client, type: 0, identifier: 77, payload: payload)),
    ])
    #expect(flow.identity.source == client.address)
    #expect(flow.identity.sourcePort == 0)
    #expect(flow.identity.application == "icmp")
    expect(
      flow,
      [
        .icmpType: 8, .icmpCode: 0, .fwdPackets: 1, .bwdPackets: 1, .fwdPayload: 56,
        .bytes: 2 * 84, .dstPortClass: 0,
      ])
  }

  @Test func `an echo reply seen first comes from who was asked`() throws {
    let flow = try only([Shot(0, Frames.icmp(server, client, type: 0, identifier: 77))])
    #expect(flow.identity.source == client.address)
    expect(flow, [.fwdPackets: 0, .bwdPackets: 1])
  }

  @Test func `an echo without identifier and its reply are one flow`() throws {
    let flow = try only([
      Shot(0, Frames.icmp(client, server, type: 8)), Shot(9, Frames.icmp(server, client, type: 0)),
    ])
    expect(flow, [.fwdPackets: 1, .bwdPackets: 1])
  }

  @Test func `an ARP request and its reply are one flow`() throws {
    let flow = try only([
      Shot(0, Frames.arp(client, server, isReply: false)),
      Shot(300, Frames.arp(server, client, isReply: true)),
    ])
    #expect(flow.identity.source == client.address)
    #expect(flow.identity.destination == server.address)
    #expect(flow.identity.application == "arp")
    #expect(flow.identity.communityID == "-")
    expect(
      flow, [.ipVersion: 0, .fwdPackets: 1, .bwdPackets: 1, .bytes: 0, .fwdHeaderLength: 0])
  }

  @Test func `a capture may begin with the SYN-ACK`() throws {
    let web = End(1, 8_080)
    let flow = try only([
      Shot(0, Frames.tcp(web, client, [.syn, .ack], sequence: 900, acknowledgment: 101)),
      Shot(9, Frames.tcp(client, web, .ack, sequence: 101, acknowledgment: 901)),
    ])
    #expect(flow.identity.source == client.address)
    expect(flow, [.fwdPackets: 1, .bwdPackets: 1, .handshakeComplete: 1, .srcVerified: 2])
  }

  @Test func `a capture may begin with a server's data`() throws {
    let web = End(1, 443)
    let flow = try only([
      Shot(0, Frames.tcp(web, client, .ack, sequence: 9, payload: [1, 2, 3])),
      Shot(9, Frames.tcp(client, web, .ack, sequence: 101, acknowledgment: 12)),
    ])
    #expect(flow.identity.source == client.address)
    expect(flow, [.fwdPackets: 1, .bwdPackets: 1, .bwdPayload: 3, .srcVerified: 0])
  }

  @Test func `a tag changes nothing but the length of the frame`() throws {
    let bare = [
      Shot(0, Frames.udp(client, server, payload: 12)),
      Shot(500, Frames.udp(server, client, payload: 99)),
    ]
    let tagged = bare.map { Shot($0.time, Frames.tagged($0.frame, vlan: 12)) }
    #expect(file(of: bare) == file(of: tagged))
  }

  @Test func `IPv6 has flows like IPv4`() throws {
    let (from, to) = (End(v6: 2, 40_000), End(v6: 1, 80))
    let flow = try only([
      Shot(0, Frames.tcp(from, to, .syn, sequence: 1, window: 5_000, typeOfService: 0x2E)),
      Shot(40, Frames.tcp(to, from, [.syn, .ack], sequence: 8, acknowledgment: 2, window: 6_000)),
      Shot(90, Frames.tcp(from, to, .ack, sequence: 2, acknowledgment: 9)),
    ])
    #expect(flow.identity.source == from.address)
    expect(
      flow,
      [
        .ipVersion: 6, .bytes: 3 * 60, .fwdHeaderLength: 40, .handshakeComplete: 1,
        .fwdInitialWindow: 5_000, .bwdInitialWindow: 6_000, .srcVerified: 2, .typeOfService: 0x2E,
      ])
  }

  @Test func `an ICMPv6 echo and its reply are one flow`() throws {
    let flow = try only([
      Shot(0, Frames.icmp(End(v6: 2), End(v6: 1), type: 128, identifier: 5)),
      Shot(9, Frames.icmp(End(v6: 1), End(v6: 2), type: 129, identifier: 5)),
    ])
    #expect(flow.identity.source == End(v6: 2).address)
    expect(flow, [.icmpType: 128, .fwdPackets: 1, .bwdPackets: 1])
  }

  @Test func `the capture's cut is counted and the IP length believed`() throws {
    let frame = Frames.udp(client, server, payload: 500)
    let flow = try only([Shot(0, Array(frame[..<96]), wireLength: frame.count)])
    expect(flow, [.truncated: 1, .fwdPayload: 500, .bytes: 528])
  }

  @Test func `frames of other protocols are counted aside`() {
    var featurizer = Featurizer(sensor: "test")
    featurizer.add(Shot(0, [UInt8](repeating: 2, count: 12) + [0x88, 0xCC] + [0, 0, 0, 0]))
    featurizer.finish()
    #expect(featurizer.counters.otherFrames == 1)
    #expect(featurizer.counters.packets == 0)
  }

  private func only(_ shots: [Shot]) throws -> Row {
    let flows = try flows(of: shots)
    #expect(flows.count == 1)
    return try #require(flows.first)
  }
}
