import Addresses
import Packets
import Tables
import Testing

/// Captures that begin in the middle of a dialogue. TCP: whoever owns the service's port is the
/// responder, whichever end is heard first. Datagrams: whoever is heard first is the initiator.
struct OrientationTests {
  /// Service ports below and above 1024.
  static let systemPorts: [UInt16] = [22, 80, 104, 443, 502]
  static let registeredPorts: [UInt16] = [1_883, 2_575, 3_306, 5_432, 8_080, 8_883, 11_112]
  /// What clients of Linux, of Windows and of old systems speak from.
  static let clientPorts: [UInt16] = [33_000, 50_123, 65_535]

  private func segment(_ from: End, _ to: End) -> [UInt8] {
    Frames.tcp(from, to, [.psh, .ack], sequence: 5, acknowledgment: 9, payload: [1, 2, 3])
  }

  private func datagram(_ from: End, _ to: End) -> [UInt8] { Frames.udp(from, to, payload: 3) }

  /// One flow whose client asked, whichever end is heard first.
  private func expectClient(
    _ port: UInt16, _ clientPort: UInt16, clientFirst: Bool,
    _ frame: (_ from: End, _ to: End) -> [UInt8]
  ) throws {
    let (client, server) = (End(2, clientPort), End(1, port))
    let (first, second) = clientFirst ? (client, server) : (server, client)
    let flows = try flows(of: [
      Shot(0, frame(first, second)), Shot(10, frame(second, first)), Shot(20, frame(first, second)),
    ])
    #expect(flows.count == 1)
    let flow = try #require(flows.first)
    #expect(flow.identity.source == client.address, "\(clientPort) to \(port)")
    #expect(flow.identity.destinationPort == port)
    expect(flow, [.fwdPackets: clientFirst ? 2 : 1, .bwdPackets: clientFirst ? 1 : 2])
  }

  @Test(arguments: systemPorts + registeredPorts, clientPorts)
  func `a connection under way, the client heard first`(port: UInt16, client: UInt16) throws {
    try expectClient(port, client, clientFirst: true, segment)
  }

  @Test(arguments: systemPorts + registeredPorts, clientPorts)
  func `a connection under way, the server heard first`(port: UInt16, client: UInt16) throws {
    try expectClient(port, client, clientFirst: false, segment)
  }

  @Test(arguments: [53, 123, 161, 5_353] as [UInt16], clientPorts)
  func `a dialogue of datagrams under way, the client heard first`(
    port: UInt16, client: UInt16
  ) throws {
    try expectClient(port, client, clientFirst: true, datagram)
  }

  @Test(arguments: [53, 123, 161, 5_353] as [UInt16], clientPorts)
  func `a datagram from a service that nobody asked is the service's`(
    port: UInt16, client: UInt16
  ) throws {
    // A reflected answer must not be laid to its victim; the price: an answer whose question was lost
    // turns the dialogue around.
    let (victim, reflector) = (End(2, client), End(1, port))
    let flow = try #require(
      try flows(of: [
        Shot(0, datagram(reflector, victim)), Shot(10, datagram(victim, reflector)),
      ]).first)
    #expect(flow.identity.source == reflector.address)
    expect(flow, [.fwdPackets: 1, .bwdPackets: 1])
  }

  @Test func `a flag that ends a connection under way turns it no more than data does`() throws {
    let (client, server) = (End(2, 50_123), End(1, 443))
    for flags in [[.fin, .ack], [.rst], [.rst, .ack]] as [TCPFlags] {
      let flow = try #require(
        try flows(of: [Shot(0, Frames.tcp(server, client, flags, sequence: 5))]).first)
      #expect(flow.identity.source == client.address)
    }
  }

  @Test(
    arguments: [(40_000, 50_000), (50_000, 40_000), (80, 443), (443, 80)] as [(UInt16, UInt16)])
  func `where ports tell nothing who is heard first began`(from: UInt16, to: UInt16) throws {
    let (first, second) = (End(2, from), End(1, to))
    for frame in [segment, datagram] {
      let flow = try #require(
        try flows(of: [Shot(0, frame(first, second)), Shot(9, frame(second, first))]).first)
      #expect(flow.identity.source == first.address)
    }
  }

  @Test func `a SYN tells more than ports`() throws {
    // The owner of port 1883 calls out from it.
    let flow = try #require(
      try flows(of: [Shot(0, Frames.tcp(End(1, 1_883), End(2, 50_123), .syn, sequence: 5))]).first)
    #expect(flow.identity.source == End(1).address)
    #expect(flow.identity.destinationPort == 50_123)
  }

  @Test func `a connection under way over IPv6 is as one over IPv4`() throws {
    let (client, server) = (End(v6: 2, 50_123), End(v6: 1, 443))
    let flow = try #require(
      try flows(of: [Shot(0, segment(server, client))]).first)
    #expect(flow.identity.source == client.address)
    expect(flow, [.fwdPackets: 0, .bwdPackets: 1, .bwdPayload: 3])
  }
}
