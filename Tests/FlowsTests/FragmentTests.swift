import Packets
import Tables
import Testing

/// Packets in parts, and errors about packets.
struct FragmentTests {
  let client = End(2, 50_000)
  let server = End(1, 5_000)

  @Test func `a datagram's fragments join its flow`() throws {
    let datagram =
      Frames.big(client.port) + Frames.big(server.port) + Frames.big(UInt16(2_008)) + [0, 0]
    let parts = Frames.fragments(
      client, server, 17, datagram + [UInt8](repeating: 3, count: 2_000), size: 800)
    let flow = try only(parts)
    #expect(flow.identity.destinationPort == 5_000)
    expect(
      flow,
      [
        .packets: 3, .fragments: 3, .fwdPayload: 2_000, .bytes: 3 * 20 + 2_008,
        .fwdHeaderLength: 8, .fwdHeaderMin: 8,
      ])
  }

  @Test func `an echo's fragments join its flow and are the sender's`() throws {
    let message = [8, 0, 0, 0] + Frames.big(UInt16(99)) + [0, 1]
    let parts = Frames.fragments(
      client, server, 1, message + [UInt8](repeating: 3, count: 4_000), size: 1_480)
    let flow = try only(parts)
    #expect(flow.identity.source == client.address)
    expect(flow, [.fwdPackets: 3, .bwdPackets: 0, .fwdPayload: 4_000, .icmpType: 8])
  }

  @Test func `a fragment whose first was lost is still its sender's`() throws {
    let message = [8, 0, 0, 0] + Frames.big(UInt16(99)) + [0, 1]
    let parts = Frames.fragments(
      client, server, 1, message + [UInt8](repeating: 3, count: 4_000), size: 1_480)
    let flow = try only(Array(parts.dropFirst()))
    #expect(flow.identity.source == client.address)
    expect(flow, [.fwdPackets: 2, .bwdPackets: 0])
  }

  @Test func `fragments of another packet are not taken for this one's`() throws {
    let datagram =
      Frames.big(client.port) + Frames.big(server.port) + Frames.big(UInt16(1_008)) + [0, 0]
    let first = Frames.fragments(
      client, server, 17, datagram + [UInt8](repeating: 3, count: 1_000), size: 504)
    let second = Frames.fragments(
      client, server, 17, datagram + [UInt8](repeating: 3, count: 1_000), size: 504,
      identification: 8)
    let flows = try flows(of: [Shot(0, first[0]), Shot(1, second[1])])
    #expect(flows.count == 2)
  }

  @Test func `an error is blamed on the flow it is about`() throws {
    let question = Frames.udp(client, server, payload: 20)
    let error = Frames.icmpError(server, client, type: 3, code: 3, about: question)
    let flows = try flows(of: [Shot(0, question), Shot(70, error)])
    let asked = try #require(flows.first { $0.identity.ipProtocol == 17 })
    let told = try #require(flows.first { $0.identity.ipProtocol == 1 })
    expect(asked, [.icmpErrors: 1, .packets: 1])
    expect(told, [.icmpErrors: 0, .icmpType: 3, .icmpCode: 3, .packets: 1])
    #expect(told.identity.source == server.address)
  }

  @Test func `a router's error is blamed on the flow it is about`() throws {
    let syn = Frames.tcp(client, server, .syn, sequence: 5)
    let error = Frames.icmpError(End(254), client, type: 11, code: 0, about: syn)
    let flows = try flows(of: [Shot(0, syn), Shot(70, error), Shot(90, error)])
    expect(try #require(flows.first { $0.identity.ipProtocol == 6 }), [.icmpErrors: 2])
  }

  @Test func `an error about a flow nobody saw changes nothing`() throws {
    let question = Frames.udp(client, server, payload: 20)
    let error = Frames.icmpError(server, client, type: 3, code: 3, about: question)
    expect(try only([error]), [.icmpErrors: 0])
  }

  private func only(_ frames: [[UInt8]]) throws -> Row {
    let flows = try flows(of: frames.enumerated().map { Shot(Int64($0) * 10, $1) })
    #expect(flows.count == 1)
    return try #require(flows.first)
  }
}
