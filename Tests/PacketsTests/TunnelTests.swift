import Addresses
import Packets
import Testing

/// A tunnel around ``Sample/inner4`` or ``Sample/inner6``.
struct TunnelCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let frame: String
  let tunnel: Packet.Tunnel
  let version: UInt8
  let mac: UInt64
  let vlan: UInt16

  init(
    _ name: String, _ tunnel: Packet.Tunnel, _ frame: String, version: UInt8 = 4, mac: UInt64 = 0,
    vlan: UInt16 = 0
  ) {
    testDescription = name
    self.frame = frame
    self.tunnel = tunnel
    self.version = version
    self.mac = mac
    self.vlan = vlan
  }
}

private let innerMAC: UInt64 = 0x0200_0000_00CC
private let inner4 = Sample.inner4
private let inner6 = Sample.inner6
private let frame4 = Sample.innerMACs + "0800" + inner4
private let frame6 = Sample.innerMACs + "86dd" + inner6

private func on4(_ proto: Int, _ payload: String, fragment: Int = 0) -> String {
  Sample.ethernet4 + Sample.within4(proto, payload, fragment: fragment)
}

private func on6(_ next: Int, _ payload: String) -> String {
  Sample.ethernet6 + Sample.within6(next, payload)
}

private let opened: [TunnelCase] = [
  TunnelCase("GRE", .gre, on4(47, "0000 0800" + inner4)),
  TunnelCase("GRE, sequence", .gre, on4(47, "1000 0800 00000007" + inner4)),
  TunnelCase("GRE, key", .gre, on4(47, "2000 0800 00000064" + inner4)),
  TunnelCase("GRE, key, sequence", .gre, on4(47, "3000 0800 00000064 00000007" + inner4)),
  TunnelCase("GRE, checksum", .gre, on4(47, "8000 0800 abcd0000" + inner4)),
  TunnelCase("GRE, checksum, sequence", .gre, on4(47, "9000 0800 abcd0000 00000007" + inner4)),
  TunnelCase("GRE, checksum, key", .gre, on4(47, "a000 0800 abcd0000 00000064" + inner4)),
  TunnelCase(
    "GRE, checksum, key, sequence", .gre, on4(47, "b000 0800 abcd0000 00000064 00000007" + inner4)),
  TunnelCase("GRE, reserved bits to be ignored", .gre, on4(47, "03f8 0800" + inner4)),
  TunnelCase("GRE of IPv6", .gre, on4(47, "0000 86dd" + inner6), version: 6),
  TunnelCase("GRE of Ethernet", .gre, on4(47, "0000 6558" + frame4), mac: innerMAC),
  TunnelCase("NVGRE", .gre, on4(47, "2000 6558 00006401" + frame6), version: 6, mac: innerMAC),
  TunnelCase("GRE over IPv6", .gre, on6(47, "0000 0800" + inner4)),
  TunnelCase("VXLAN", .vxlan, Sample.ethernet4 + Sample.vxlan(frame4), mac: innerMAC),
  TunnelCase(
    "VXLAN over IPv6", .vxlan,  // 8 + 8 + 14 + 32 = 62 = 0x3e
    on6(17, "c000 12b5 003e 0000 08000000 00006400" + frame4), mac: innerMAC),
  TunnelCase(
    "VXLAN, tag within", .vxlan,
    Sample.ethernet4 + Sample.vxlan(Sample.innerMACs + "8100 0005 86dd" + inner6), version: 6,
    mac: innerMAC, vlan: 5),
  TunnelCase(
    "VXLAN, tags outside and within", .vxlan,
    Sample.macs + "8100 0064 0800" + Sample.vxlan(Sample.innerMACs + "8100 0005 86dd" + inner6),
    version: 6, mac: innerMAC, vlan: 100),
  TunnelCase("IPv4 in IPv4", .ip, on4(4, inner4)),
  TunnelCase("IPv6 in IPv4", .ip, on4(41, inner6), version: 6),
  TunnelCase("IPv4 in IPv6", .ip, on6(4, inner4)),
  TunnelCase("IPv6 in IPv6", .ip, on6(41, inner6), version: 6),
  TunnelCase("IPv6 in IPv4, behind an extension header", .ip, on6(60, "0400010400000000" + inner4)),
  TunnelCase("first fragment", .ip, on4(4, inner4, fragment: 0x2000)),
  TunnelCase("GRE in IPv4 in IPv6", .gre, on6(4, Sample.within4(47, "0000 0800" + inner4))),
  TunnelCase("IPv4 in GRE", .ip, on4(47, "0000 0800" + Sample.within4(4, inner4))),
  TunnelCase(
    "IPv4 in VXLAN", .ip,
    Sample.ethernet4 + Sample.vxlan(Sample.innerMACs + "0800" + Sample.within4(4, inner4))),
  TunnelCase(
    "VXLAN in GRE", .vxlan, on4(47, "0000 0800" + Sample.vxlan(frame4)), mac: innerMAC),
]

@Test(arguments: opened)
func `every tunnel leads to the datagram`(_ row: TunnelCase) {
  let bytes = hex(row.frame)
  let packet = dissect(bytes)
  let isIPv4 = row.version == 4
  #expect(packet.tunnel == row.tunnel)
  #expect(packet.kind == .udp)
  #expect(packet.ipVersion == row.version)
  #expect(packet.etherType == (isIPv4 ? 0x0800 : 0x86DD))
  #expect(packet.source == IPAddress(isIPv4 ? "192.168.0.1" : "fd00::1"))
  #expect(packet.destination == IPAddress(isIPv4 ? "192.168.0.2" : "fd00::2"))
  #expect(packet.sourcePort == 5353 && packet.destinationPort == 53)
  #expect(packet.ipLength == (isIPv4 ? 32 : 52))
  #expect(packet.ipHeaderLength == (isIPv4 ? 20 : 40))
  #expect(packet.payloadLength == 4 && packet.payloadCount == 4)
  #expect(packet.payloadOffset == bytes.count - 4)
  #expect(packet.wireLength == bytes.count && packet.capturedLength == bytes.count)
  #expect(packet.sourceMAC == MACAddress(bits: row.mac))
  #expect(packet.destinationMAC == MACAddress(bits: row.mac == 0 ? 0 : 0x0200_0000_00DD))
  #expect(packet.vlan == row.vlan)
  #expect(packet.fragment == .none)
  #expect(packet.oddities == [])
}

@Test(arguments: opened)
func `a tunnel that is left shut is a packet of its own`(_ row: TunnelCase) {
  let packet = dissect(hex(row.frame), tunnels: .outer)
  let isIPv4 = packet.ipVersion == 4
  #expect(packet.tunnel == .none)
  #expect(packet.source == IPAddress(isIPv4 ? "10.0.0.1" : "2001:db8::1"))
  #expect(packet.sourceMAC == MACAddress(bits: 0x0200_0000_00AA))
  #expect(packet.kind == (packet.ipProtocol == 17 ? .udp : .otherIP))
  #expect(packet.oddities == [])
}

/// What is left shut, its oddities, and how long the frame was if it is cut.
private let unopened: [(String, String, Oddities, Int?)] = [
  ("PPTP", on4(47, "3001 880b 0004 0001 00000001 00000000"), [], nil),
  ("GRE of version 2", on4(47, "0002 0800" + inner4), .badEncapsulation, nil),
  ("GRE with routing", on4(47, "4000 0800 00000000" + inner4), .badEncapsulation, nil),
  ("GRE with strict routing", on4(47, "0800 0800" + inner4), .badEncapsulation, nil),
  ("GRE with bit 5", on4(47, "0400 0800" + inner4), .badEncapsulation, nil),
  ("GRE of another protocol", on4(47, "0000 88be" + inner4), [], nil),
  ("no room for a GRE header", on4(47, "0000 08"), .shortTransport, nil),
  (
    "GRE header cut by the capture", Sample.ethernet4 + Sample.ipv4(length: 56, proto: 47) + "0000",
    .truncated, 70
  ),
  (
    "GRE key cut by the capture",
    Sample.ethernet4 + Sample.ipv4(length: 60, proto: 47) + "2000 0800 0000", .truncated, 74
  ),
  ("no room for a GRE key", on4(47, "2000 0800 0000"), .shortTransport, nil),
  ("nothing within GRE", on4(47, "0000 0800"), .shortTransport, nil),
  ("nothing within IPv4", on4(4, ""), .shortTransport, nil),
  ("half a header within IPv4", on4(4, "45000020 00000000"), .shortTransport, nil),
  (
    "half a header within a fragment", on4(4, "45000020 00000000", fragment: 0x2000), .tinyFragment,
    nil
  ),
  ("IPv6 announced as IPv4", on4(4, inner6), .badIPVersion, nil),
  ("IPv4 announced as IPv6", on4(41, inner4 + inner4), .badIPVersion, nil),
  ("later fragment", on4(4, inner4, fragment: 5), [], nil),
  ("later fragment of GRE", on4(47, "0000 0800" + inner4, fragment: 5), [], nil),
  ("no VXLAN flag", Sample.ethernet4 + Sample.vxlan(frame4, header: "0000000000006400"), [], nil),
  (
    "another VXLAN flag", Sample.ethernet4 + Sample.vxlan(frame4, header: "0c00000000006400"), [],
    nil
  ),
  (
    "reserved VXLAN bits", Sample.ethernet4 + Sample.vxlan(frame4, header: "0800000000006401"), [],
    nil
  ),
  ("another port than VXLAN's", Sample.ethernet4 + Sample.vxlan(frame4, port: 4790), [], nil),
  ("no room for VXLAN", on4(17, "c000 12b5 000c 0000 08000000"), [], nil),  // 8 + 4 = 12 = 0x0c
  (
    "LLDP over VXLAN", Sample.ethernet4 + Sample.vxlan("0180c200000e 0200000000cc 88cc 0207"),
    .unknownEtherType, nil
  ),
  (
    "half a frame within VXLAN", Sample.ethernet4 + Sample.vxlan("0200000000dd02"), .shortTransport,
    nil
  ),
  (
    "TCP to VXLAN's port",
    on4(6, "c000 12b5 00000001 00000002 5018 2000 0000 0000 0800000000006400" + frame4), [], nil
  ),
]

@Test(arguments: unopened)
func `what is no tunnel that can be opened stays what it is`(
  _ name: String, _ frame: String, _ oddities: Oddities, _ wireLength: Int?
) {
  let bytes = hex(frame)
  var outer = dissect(bytes, wireLength: wireLength, tunnels: .outer)
  #expect(outer.oddities == [], "\(name)")
  outer.oddities = oddities
  #expect(dissect(bytes, wireLength: wireLength) == outer, "\(name)")
}

@Test func `a third tunnel is left shut, and odd`() {
  let three = Sample.within4(
    47, "0000 0800" + Sample.within4(4, Sample.within4(47, "00000800" + inner4)))
  let packet = dissect(hex(Sample.ethernet4 + three))
  #expect(packet.tunnel == .ip && packet.kind == .otherIP && packet.ipProtocol == 47)
  #expect(packet.payloadLength == 36)  // GRE's 4 and the datagram's 32
  #expect(packet.oddities == .deepTunnels)
  var deep = inner4
  for _ in 0..<100 { deep = Sample.within4(4, deep) }
  #expect(dissect(hex(Sample.ethernet4 + deep)).oddities == .deepTunnels)
}

@Test func `a length within a tunnel that goes beyond its carrier is odd`() {
  // 1500 = 0x05dc bytes are claimed, 32 are carried, and 6 bytes of padding follow the carrier.
  let liar = inner4.replacing("45000020", with: "450005dc")
  let packet = dissect(hex(on4(4, liar) + "ffffffffffff"))
  #expect(packet.kind == .udp && packet.ipLength == 32 && packet.payloadLength == 4)
  #expect(packet.payloadCount == 4)
  #expect(packet.oddities == .badTotalLength)
  // 38 = 0x26 bytes would fit into the frame, but not into the carrier.
  let close = inner4.replacing("45000020", with: "45000026")
  #expect(dissect(hex(on4(4, close) + "ffffffffffff")).payloadCount == 4)
  #expect(dissect(hex(on4(4, close) + "ffffffffffff")).oddities.contains(.badTotalLength))
}

@Test func `a length within a first fragment may go beyond it`() {
  let long = inner4.replacing("45000020", with: "450005dc")
    .replacing(Sample.udp(length: 12), with: Sample.udp(length: 1480))
  let packet = dissect(hex(on4(4, long, fragment: 0x2000)))
  #expect(packet.payloadLength == 1472 && packet.payloadCount == 4 && packet.oddities == [])
  // No whole packet has room for 65,535 bytes behind a header of 20.
  let absurd = inner4.replacing("45000020", with: "4500ffff")
  #expect(
    dissect(hex(on4(4, absurd, fragment: 0x2000))).oddities == [
      .badTotalLength, .udpLengthMismatch,
    ])
}

@Test func `a broken header within a tunnel is odd, and so is its carrier's`() {
  let short = dissect(hex(on4(4, inner4.replacing("45000020", with: "44000020"))))
  #expect(short.tunnel == .ip && short.kind == .otherIP && short.oddities == .badHeaderLength)
  let options = Sample.ipv4(length: 56, proto: 4, words: 6) + "01010100"
  #expect(dissect(hex(Sample.ethernet4 + options + inner4)).oddities == .ipOptions)
  #expect(dissect(hex(Sample.ethernet4 + options + inner4)).tunnel == .ip)
}

@Test func `a claim within a tunnel binds nothing`() {
  let arp =
    Sample.innerMACs + "0806 0001 0800 06 04 0002 0200000000cc c0a80001 0200000000dd c0a80002"
  let packet = dissect(hex(Sample.ethernet4 + Sample.vxlan(arp)))
  #expect(packet.tunnel == .vxlan && packet.kind == .arp && packet.binding == nil)
  #expect(packet.arp?.senderMAC == MACAddress(bits: innerMAC) && packet.oddities == [])
  #expect(packet.source == IPAddress("192.168.0.1"))
  let advertisement = Sample.within4(
    41,
    Sample.ipv6(length: 32, next: 58, hops: 255) + "88000000 60000000"
      + "20010db8000000000000000000000002" + "0201 0200000000cc")
  let neighbor = dissect(hex(Sample.ethernet4 + advertisement))
  #expect(neighbor.tunnel == .ip && neighbor.icmpType == 136 && neighbor.binding == nil)
  #expect(neighbor.oddities == [])
}

@Test func `an error within a tunnel quotes, and a fragment within one is one`() {
  let error = Sample.within4(1, "03010000 00000000" + inner4)
  #expect(
    dissect(hex(on4(47, "0000 0800" + error))).quoted?.destination == IPAddress("192.168.0.2"))
  let later = dissect(hex(on4(4, Sample.within4(17, "64617461", fragment: 5))))
  #expect(later.tunnel == .ip && later.fragment == .later && later.fragmentOffset == 40)
}
