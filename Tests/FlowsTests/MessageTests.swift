import Addresses
import Packets
import Tables
import Testing

/// Errors, echoes, addresses: ICMP, ICMPv6, ARP, and IPv6 packets in parts.
struct MessageTests {
  let client = End(v6: 2, 50_000)
  let server = End(v6: 1, 5_000)

  // MARK: IPv6 fragments

  @Test func `an IPv6 datagram's fragments join its flow`() throws {
    // 8 + 1,000 B in parts of 504 and 504 B, each behind 40 B of header and 8 of extension.
    let flow = try only(datagramInParts(identification: 7))
    #expect(flow.identity.destinationPort == 5_000)
    #expect(flow.identity.ipProtocol == 17)
    expect(
      flow,
      [
        .packets: 2, .fragments: 2, .fwdPayload: 1_000, .bytes: 2 * 48 + 1_008,
        .fwdHeaderLength: 8, .ipVersion: 6,
      ])
  }

  @Test func `fragments of another IPv6 packet are not taken for this one's`() throws {
    let (first, second) = (
      datagramInParts(identification: 7), datagramInParts(identification: 1 << 16 | 7)
    )
    let flows = try flows(of: [Shot(0, first[0]), Shot(10, second[1])])
    #expect(flows.map(\.identity.destinationPort).sorted() == [0, 5_000])
  }

  @Test func `an IPv6 fragment that is the whole packet is none`() throws {
    // RFC 6946: offset 0, no more to come.
    let flow = try only([Frames.fragment6(client, server, 17, datagram(20), at: 0, more: false)])
    expect(flow, [.fragments: 0, .fwdPayload: 20, .bytes: 48 + 28])
  }

  // MARK: Errors and what they quote

  @Test func `an ICMPv6 error is blamed on the flow it is about`() throws {
    let question = Frames.udp(client, server, payload: 20)
    let error = Frames.icmp(server, client, type: 1, code: 4, payload: Array(question[14...]))
    let flows = try flows(of: [Shot(0, question), Shot(70, error)])
    let asked = try #require(flows.first { $0.identity.ipProtocol == 17 })
    let told = try #require(flows.first { $0.identity.ipProtocol == 58 })
    expect(asked, [.icmpErrors: 1, .packets: 1])
    expect(told, [.icmpErrors: 0, .icmpType: 1, .icmpCode: 4])
  }

  @Test func `an error about an answer is blamed on the same flow`() throws {
    let (client, server) = (End(2, 50_000), End(1, 53))
    let answer = Frames.udp(server, client, payload: 90)
    let flows = try flows(of: [
      Shot(0, Frames.udp(client, server, payload: 20)), Shot(50, answer),
      Shot(90, Frames.icmpError(client, server, type: 3, code: 3, about: answer)),
    ])
    expect(try #require(flows.first { $0.identity.ipProtocol == 17 }), [.icmpErrors: 1])
  }

  @Test func `an error about an echo is blamed on the echo`() throws {
    let (client, server) = (End(2), End(1))
    let echo = Frames.icmp(client, server, type: 8, identifier: 77)
    let flows = try flows(of: [
      Shot(0, echo), Shot(70, Frames.icmpError(End(254), client, type: 11, code: 0, about: echo)),
    ])
    let asked = try #require(flows.first { $0.identity.destination == server.address })
    expect(asked, [.icmpErrors: 1])
  }

  @Test func `an error about an ICMPv6 echo is blamed on the echo`() throws {
    let echo = Frames.icmp(client, server, type: 128, identifier: 77)
    let error = Frames.icmp(
      End(v6: 254), client, type: 3, code: 0, payload: Array(echo[14...]))
    let flows = try flows(of: [Shot(0, echo), Shot(70, error)])
    let asked = try #require(flows.first { $0.identity.destination == server.address })
    expect(asked, [.icmpErrors: 1])
  }

  @Test func `an error that comes after the row is in the last one`() throws {
    let question = Frames.udp(End(2, 50_000), End(1, 9), payload: 20)
    let error = Frames.icmpError(End(1), End(2), type: 3, code: 3, about: question)
    let rows = try rows(of: [Shot(0, question), Shot(900_000, error)])
      .filter { $0.identity.ipProtocol == 17 }
    #expect(rows.map { $0[.icmpErrors] } == [0, 1])
  }

  @Test func `errors of one kind between two hosts are one flow, of two kinds are two`() throws {
    let question = Frames.udp(End(2, 50_000), End(1, 9), payload: 20)
    let errors = [(3, 3), (3, 1), (11, 0)].enumerated().map {
      Shot(
        Int64($0),
        Frames.icmpError(
          End(1), End(2), type: UInt8($1.0), code: UInt8($1.1), about: question))
    }
    let flows = try flows(of: errors)
    #expect(flows.map { $0[.icmpType] } == [3, 11])
    #expect(flows.map { $0[.packets] } == [2, 1])
  }

  // MARK: Echo and ARP

  @Test func `echoes with two identifiers are two flows`() throws {
    let shots = [1, 2].map {
      Shot(Int64($0), Frames.icmp(End(2), End(1), type: 8, identifier: UInt16($0)))
    }
    #expect(try flows(of: shots).count == 2)
  }

  @Test func `an ARP reply seen first comes from who was asked`() throws {
    let flow = try only([Frames.arp(End(1), End(2), isReply: true)])
    #expect(flow.identity.source == End(2).address)
    #expect(flow.identity.destination == End(1).address)
    expect(flow, [.fwdPackets: 0, .bwdPackets: 1])
  }

  @Test func `an ARP announcement is a flow of its own address`() throws {
    // RFC 5227 section 3: sender and target are the same.
    let flow = try only([
      Frames.arp(End(2), End(2), isReply: false), Frames.arp(End(2), End(2), isReply: false),
    ])
    #expect(flow.identity.source == End(2).address)
    #expect(flow.identity.destination == End(2).address)
    expect(flow, [.fwdPackets: 2, .bytes: 0, .ipVersion: 0, .srcVerified: 1])
  }

  @Test func `ARP and IP between two hosts are two flows`() throws {
    let flows = try flows(of: [
      Shot(0, Frames.arp(End(2), End(1), isReply: false)),
      Shot(9, Frames.ip(End(2), End(1), 0, [0, 0, 0, 0])),
    ])
    #expect(flows.map(\.identity.application) == ["arp", "-"])
  }

  private func datagram(_ payload: Int) -> [UInt8] {
    Frames.big(client.port) + Frames.big(server.port) + Frames.big(UInt16(8 + payload)) + [0, 0]
      + [UInt8](repeating: 3, count: payload)
  }

  private func datagramInParts(identification: UInt32) -> [[UInt8]] {
    let whole = datagram(1_000)
    return [0, 504].map {
      Frames.fragment6(
        client, server, 17, Array(whole[$0..<($0 + 504)]), at: $0, more: $0 == 0,
        identification: identification)
    }
  }

  private func only(_ frames: [[UInt8]]) throws -> Row {
    let flows = try flows(of: frames.enumerated().map { Shot(Int64($0) * 10, $1) })
    #expect(flows.count == 1)
    return try #require(flows.first)
  }
}

extension Frames {
  /// An IPv6 packet with a fragment header (RFC 8200 section 4.5) and a part that begins at `offset`,
  /// a multiple of 8.
  fileprivate static func fragment6(
    _ from: End, _ to: End, _ number: UInt8, _ part: [UInt8], at offset: Int, more: Bool,
    identification: UInt32 = 7
  ) -> [UInt8] {
    let field = UInt16(offset) | (more ? 1 : 0)
    return ip(from, to, 44, [number, 0] + big(field) + big(identification) + part)
  }
}
