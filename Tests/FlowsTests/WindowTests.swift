import Addresses
import Packets
import Tables
import Testing

/// Known traffic, known windows.
struct WindowTests {
  let server = End(1, 80)

  private func handshake(
    _ client: End, _ server: End, at time: Int64, acknowledging: UInt32 = 901
  ) -> [Shot] {
    [
      Shot(time, Frames.tcp(client, server, .syn, sequence: 100)),
      Shot(time + 1, Frames.tcp(server, client, [.syn, .ack], sequence: 900, acknowledgment: 101)),
      Shot(
        time + 2,
        Frames.tcp(client, server, .ack, sequence: 101, acknowledgment: acknowledging)),
    ]
  }

  @Test func `a destination's last second`() throws {
    // Six handshakes begun by six hosts, four of them completed.
    var shots: [Shot] = []
    for host in 0..<6 {
      let whole = handshake(End(UInt32(10 + host), 40_000), server, at: Int64(host) * 10_000)
      shots += host < 4 ? whole : Array(whole.prefix(2))
    }
    let last = try #require(try rows(of: shots).first { $0.identity.source == End(15).address })
    expect(
      last,
      [
        .dstFlows1s: 6, .dstPackets1s: 4 * 2 + 2, .dstBytes1s: 10 * 40, .dstSources1s: 6,
        .dstHalfOpen1s: 2, .dstCompletedShare1s: 4.0 / 6, .dstReplyShare1s: 6.0 / 10,
        .dstUDP1s: 0, .dstICMP1s: 0,
        .svcFlows1s: 6, .svcPackets1s: 10, .svcSources1s: 6, .svcHalfOpen1s: 2,
        .svcReplyShare1s: 6.0 / 10,
        .srcFlows1s: 1, .srcPackets1s: 1, .srcBytes1s: 40, .srcSYNShare1s: 1, .srcFlows60s: 1,
        .srcHosts60s: 1, .srcPorts60s: 1, .srcFailedShare60s: 1, .srcExploitFlows60s: 0,
        .pairFlows60s: 1, .pairPorts60s: 1, .pairFailedShare60s: 1, .pairPackets1s: 1,
      ])
  }

  @Test func `a service is not its host`() throws {
    let shots = [
      Shot(0, Frames.udp(End(9, 4_000), server, payload: 1)),
      Shot(1, Frames.udp(End(9, 4_000), End(1, 81), payload: 1)),
      Shot(2, Frames.icmp(End(9), server, type: 8, identifier: 4)),
    ]
    let row = try #require(try rows(of: shots).first { $0.identity.destinationPort == 80 })
    expect(
      row,
      [
        .svcFlows1s: 1, .svcPackets1s: 1, .dstFlows1s: 3, .dstPackets1s: 3, .dstUDP1s: 2,
        .dstICMP1s: 1, .dstCompletedShare1s: 1, .dstSources1s: 1, .pairPackets1s: 3,
      ])
  }

  @Test func `a sweep of ports shows in the last minute`() throws {
    // 40 ports of one host in 20 s, all refused.
    let scanner = End(66, 50_000)
    let shots = (0..<40).flatMap { index -> [Shot] in
      let target = End(1, 1_000 + UInt16(index))
      return [
        Shot(Int64(index) * 500_000, Frames.tcp(scanner, target, .syn, sequence: 5)),
        Shot(
          Int64(index) * 500_000 + 40,
          Frames.tcp(target, scanner, [.rst, .ack], acknowledgment: 6)),
      ]
    }
    let row = try #require(try rows(of: shots).last { $0.identity.destinationPort == 1_039 })
    expect(
      row,
      [
        .srcFlows60s: 40, .pairFlows60s: 40, .srcHosts60s: 1, .srcFailedShare60s: 1,
        .pairFailedShare60s: 1,
      ])
    #expect((28...52).contains(row[.srcPorts60s]), "HyperLogLog: \(row[.srcPorts60s])")
    #expect((28...52).contains(row[.pairPorts60s]), "HyperLogLog: \(row[.pairPorts60s])")
  }

  @Test func `half the flows of a pair came to something`() throws {
    let client = End(7)
    var shots: [Shot] = []
    for index in 0..<8 {
      let whole = handshake(End(7, 40_000 + UInt16(index)), server, at: Int64(index) * 1_000)
      shots += index < 4 ? whole : Array(whole.prefix(1))
    }
    let row = try #require(try rows(of: shots).last { $0.identity.source == client.address })
    expect(row, [.pairFlows60s: 8, .pairFailedShare60s: 0.5, .srcFailedShare60s: 0.5])
  }

  @Test func `ports that worms knock at are counted`() throws {
    let shots = [23, 445, 3_389, 80].enumerated().map {
      Shot(Int64($0), Frames.tcp(End(66, 50_000), End(1, UInt16($1)), .syn, sequence: 5))
    }
    let rows = try rows(of: shots)
    expect(try #require(rows.last), [.srcExploitFlows60s: 3])
    #expect(rows.prefix(4).map { $0[.dstPortExploit] } == [1, 1, 1, 0])
  }

  @Test func `what was is forgotten`() throws {
    let shots = [
      Shot(0, Frames.udp(End(9, 4_000), server, payload: 1)),
      Shot(5_000_000, Frames.udp(End(9, 4_001), server, payload: 1)),
      Shot(200_000_000, Frames.udp(End(9, 4_002), server, payload: 1)),
    ]
    let rows = try rows(of: shots).filter(\.isLast)
    let last = try #require(rows.first { $0.identity.sourcePort == 4_002 })
    expect(last, [.dstFlows1s: 1, .srcFlows60s: 1])
    let opened = try #require(
      try FlowsTests.rows(of: shots).first { $0.identity.sourcePort == 4_001 })
    expect(opened, [.dstFlows1s: 1, .srcFlows60s: 2])
  }

  @Test func `the previous second counts for the share the window still covers`() throws {
    // 8 flows in the second before; at 1.25 s three quarters of it are still in the window.
    let shots =
      (0..<8).map { Shot(900_000 + $0, Frames.udp(End(9, 4_000 + UInt16($0)), server)) }
      + [Shot(1_100_000, Frames.udp(End(9, 5_000), server))]
    let row = try #require(try rows(of: shots).first { $0.identity.sourcePort == 5_000 })
    expect(row, [.dstFlows1s: 1 + 8 * 0.75])
  }

  @Test func `a source nobody can vouch for is not verified`() throws {
    let row = try #require(
      try rows(of: [Shot(0, Frames.tcp(End(9, 4_000), server, .syn, sequence: 5))]).first)
    expect(row, [.srcVerified: 0])
  }

  @Test func `a source whose MAC was bound by ARP is half verified`() throws {
    let shots = [
      Shot(0, Frames.arp(End(9), server, isReply: false)),
      Shot(10, Frames.tcp(End(9, 4_000), server, .syn, sequence: 5)),
    ]
    let row = try #require(try rows(of: shots).first { $0.identity.ipProtocol == 6 })
    expect(row, [.srcVerified: 1])
  }

  @Test func `another's address from another MAC is not verified`() throws {
    let thief = End(End(9).address, 4_000, mac: 0x0200_DEAD_BEEF)
    let shots = [
      Shot(0, Frames.arp(End(9), server, isReply: false)),
      Shot(10, Frames.tcp(thief, server, .syn, sequence: 5)),
    ]
    let row = try #require(try rows(of: shots).first { $0.identity.ipProtocol == 6 })
    expect(row, [.srcVerified: 0])
  }

  @Test(arguments: [(901, 2.0), (900, 0), (902, 0), (5_000, 0), (0, 0), (1 << 31, 0)])
  func `only who heard the SYN-ACK can acknowledge it`(
    acknowledgment: Int, verified: Double
  ) throws {
    let shots = handshake(
      End(9, 4_000), server, at: 0, acknowledging: UInt32(acknowledgment))
    expect(try #require(try rows(of: shots).first), [.srcVerified: verified])
  }

  @Test func `acknowledging data proves as much as acknowledging the handshake`() throws {
    var shots = Array(handshake(End(9, 4_000), server, at: 0).prefix(2))
    shots.append(
      Shot(
        50,
        Frames.tcp(
          server, End(9, 4_000), .ack, sequence: 901, acknowledgment: 101,
          payload: [UInt8](repeating: 1, count: 40))))
    shots.append(
      Shot(90, Frames.tcp(End(9, 4_000), server, .ack, sequence: 101, acknowledgment: 941)))
    expect(try #require(try rows(of: shots).first), [.srcVerified: 2])
  }
}
