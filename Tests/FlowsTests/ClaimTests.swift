import Addresses
import Packets
import Tables
import Testing

/// ARP and neighbour discovery: which claims were asked for, and how many a MAC makes.
struct ClaimTests {
  private let gateway = End(1)
  private let host = End(2)

  private func unasked(_ shots: [Shot]) throws -> Double {
    try flows(of: shots).reduce(0) { $0 + $1[.arpUnasked] }
  }

  /// A probe asks from the unspecified address.
  private func probe(_ end: End) -> [UInt8] {
    Frames.arp(End(IPAddress(v4: 0), mac: end.mac), end, isReply: false)
  }

  @Test(arguments: [(4_999_999, 0.0), (5_000_001, 1)])
  func `an answer may take five seconds`(delay: Int64, expected: Double) throws {
    let shots = [
      Shot(0, Frames.arp(host, gateway, isReply: false)),
      Shot(delay, Frames.arp(gateway, host, isReply: true)),
    ]
    #expect(try unasked(shots) == expected)
  }

  @Test func `an answer to another than who asked was not asked for`() throws {
    let shots = [
      Shot(0, Frames.arp(End(3), gateway, isReply: false)),
      Shot(10, Frames.arp(gateway, host, isReply: true)),
    ]
    #expect(try unasked(shots) == 1)
  }

  @Test func `a host that probed for its address may announce it twice`() throws {
    // RFC 5227 section 2.1.1 and 2.3.
    let probes = [0, 1_500_000, 3_000_000].map { Shot($0, probe(host)) }
    let announcements = [5_000_000, 7_000_000].map {
      Shot(Int64($0), Frames.arp(host, host, isReply: false))
    }
    #expect(try unasked(probes + announcements) == 0)
    #expect(try unasked(announcements) == 2)
    #expect(try unasked([Shot(0, Frames.arp(host, host, isReply: true))]) == 1)
  }

  @Test func `who defends its address against a probe was asked`() throws {
    let zero = End(IPAddress(v4: 0), mac: 0x0200_0000_0077)
    let shots = [
      Shot(0, probe(End(host.address, mac: 0x0200_0000_0077))),
      Shot(50, Frames.arp(host, zero, isReply: true)),
    ]
    #expect(try unasked(shots) == 0)
  }

  @Test func `addresses that a MAC claims count for two minutes, each once`() throws {
    func claim(_ address: UInt32, at time: Int64) -> Shot {
      Shot(time, Frames.arp(End(End(address).address, mac: host.mac), End(200), isReply: false))
    }
    let shots = [
      claim(2, at: 0), claim(3, at: 1_000_000), claim(3, at: 100_000_000),
      claim(4, at: 120_500_000),
    ]
    let claims = try flows(of: shots).map { ($0.identity.source, $0[.arpClaims]) }
    #expect(claims.first { $0.0 == End(3).address }?.1 == 2)
    // 10.0.0.2 is forgotten, 10.0.0.3 was claimed again.
    #expect(claims.first { $0.0 == End(4).address }?.1 == 2)
  }

  @Test func `more than sixteen addresses of a MAC are sixteen`() throws {
    let shots = (0..<40).map { (index: Int) -> Shot in
      let own = End(End(UInt32(100 + index)).address, mac: host.mac)
      return Shot(Int64(index), Frames.arp(own, End(1), isReply: false))
    }
    #expect(try rows(of: shots).map { $0[.arpClaims] }.max() == 16)
  }

  // MARK: IPv6

  private func neighbor(
    _ type: UInt8, _ from: End, _ to: End, about target: End
  ) -> [UInt8] {
    let address = [target.address.high, target.address.low].flatMap {
      Frames.big(UInt32($0 >> 32)) + Frames.big(UInt32($0 & 0xFFFF_FFFF))
    }
    let mac = Frames.big(UInt16(from.mac >> 32)) + Frames.big(UInt32(from.mac & 0xFFFF_FFFF))
    let message = [type, 0, 0, 0, 0, 0, 0, 0] + address + [type == 135 ? 1 : 2, 1] + mac
    var frame = Frames.ip(from, to, 58, message)
    frame[14 + 7] = 255  // hop limit
    return frame
  }

  @Test func `an advertisement is asked for by a solicitation`() throws {
    let (asker, owner) = (End(v6: 2), End(v6: 1))
    let group = End(IPAddress(v6: 0xFF02_0000_0000_0000, 1), mac: 0x3333_0000_0001)
    let question = Shot(0, neighbor(135, asker, group, about: owner))
    let answer = Shot(100, neighbor(136, owner, asker, about: owner))
    #expect(try unasked([question, answer]) == 0)
    #expect(try unasked([answer]) == 1)
    #expect(try unasked([Shot(0, neighbor(136, owner, group, about: owner))]) == 1)
    let nobody = End(IPAddress(v6: 0, 0), mac: owner.mac)
    let probe = Shot(0, neighbor(135, nobody, group, about: owner))
    #expect(try unasked([probe, Shot(9, neighbor(136, owner, group, about: owner))]) == 0)
  }

  @Test func `a host's addresses of the other family are not counted`() throws {
    let mac = host.mac
    let group = End(IPAddress(v6: 0xFF02_0000_0000_0000, 1), mac: 0x3333_0000_0001)
    let shots =
      (1...3).map { (number: Int) -> Shot in
        let own = End(End(v6: UInt64(number)).address, mac: mac)
        return Shot(Int64(number), neighbor(136, own, group, about: own))
      } + [Shot(9, Frames.arp(host, gateway, isReply: false))]
    let rows = try flows(of: shots)
    #expect(rows.first { $0.identity.ipProtocol == 0 }?[.arpClaims] == 1)
    #expect(rows.map { $0[.arpClaims] }.max() == 3)
  }
}
