import Addresses
import Packets
import Testing

private let udp4 = Sample.ipv4(length: 28, proto: 17) + Sample.udp(length: 8)
private let udp6 = Sample.ipv6(length: 8, next: 17) + Sample.udp(length: 8)

/// A link layer around a datagram from port 5353 to 53.
struct LinkCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let link: LinkType
  let frame: String
  let version: UInt8
  let vlan: UInt16
  let mac: UInt64

  init(
    _ name: String, _ link: LinkType, _ frame: String, version: UInt8 = 4,
    vlan: UInt16 = 0, mac: UInt64 = 0x0200_0000_00AA
  ) {
    testDescription = name
    self.link = link
    self.frame = frame
    self.version = version
    self.vlan = vlan
    self.mac = mac
  }
}

private let reached: [LinkCase] = [
  LinkCase("Ethernet, IPv4", .ethernet, Sample.ethernet4 + udp4),
  LinkCase("Ethernet, IPv6", .ethernet, Sample.ethernet6 + udp6, version: 6),
  LinkCase("VLAN", .ethernet, Sample.macs + "8100 2064 0800" + udp4, vlan: 100),
  LinkCase(
    "QinQ", .ethernet, Sample.macs + "88a8 0064 8100 00c8 86dd" + udp6, version: 6, vlan: 100),
  LinkCase(
    "four tags", .ethernet, Sample.macs + "9100 0001 8100 0002 8100 0003 8100 0004 0800" + udp4,
    vlan: 1),
  LinkCase("SNAP", .ethernet, Sample.macs + "0024 aaaa03 000000 0800" + udp4),
  LinkCase(
    "SNAP behind a VLAN tag", .ethernet, Sample.macs + "8100 0005 0024 aaaa03 000000 0800" + udp4,
    vlan: 5),
  LinkCase("PPPoE, IPv4", .ethernet, Sample.macs + "8864 1100 0001 001e 0021" + udp4),
  LinkCase("PPPoE, IPv6", .ethernet, Sample.macs + "8864 1100 0001 0032 0057" + udp6, version: 6),
  LinkCase("MPLS, one label", .ethernet, Sample.macs + "8847 00064140" + udp4),
  LinkCase(
    "MPLS, two labels", .ethernet, Sample.macs + "8847 00064040 00065140" + udp6, version: 6),
  LinkCase("loopback, little-endian", .loopback, "02000000" + udp4, mac: 0),
  LinkCase("loopback, big-endian", .loopback, "00000002" + udp4, mac: 0),
  LinkCase("loopback, IPv6 of macOS", .loopback, "1e000000" + udp6, version: 6, mac: 0),
  LinkCase("raw, IPv4", .raw, udp4, mac: 0),
  LinkCase("raw, IPv6", .raw, udp6, version: 6, mac: 0),
  LinkCase("IPv4", .ipv4, udp4, mac: 0),
  LinkCase("IPv6", .ipv6, udp6, version: 6, mac: 0),
  LinkCase("cooked", .cooked, "0000 0001 0006 0200000000aa 0000 0800" + udp4),
  LinkCase("cooked, no address", .cooked, "0000 0304 0000 0200000000aa 0000 0800" + udp4, mac: 0),
  LinkCase(
    "cooked 2", .cooked2, "86dd 0000 00000002 0001 00 06 0200000000aa 0000" + udp6, version: 6),
]

@Test(arguments: reached)
func `every link layer leads to the datagram`(_ row: LinkCase) {
  let packet = dissect(hex(row.frame), row.link)
  #expect(packet.kind == .udp)
  #expect(packet.ipVersion == row.version)
  #expect(packet.vlan == row.vlan)
  #expect(packet.sourceMAC == MACAddress(bits: row.mac))
  #expect(packet.sourcePort == 5353)
  #expect(packet.destinationPort == 53)
  #expect(packet.payloadLength == 0)
  #expect(packet.oddities == [])
}

private let unreached: [(String, LinkType, String, Oddities)] = [
  ("empty frame", .ethernet, "", .truncated),
  ("half an Ethernet header", .ethernet, "0200000000bb02", .truncated),
  (
    "five tags", .ethernet, Sample.macs + "8100 0001 8100 0002 8100 0003 8100 0004 8100 0005 0800",
    .deepTags
  ),
  (
    "five labels", .ethernet, Sample.macs + "8847 00064040 00064040 00064040 00064040 00064140",
    .deepTags
  ),
  ("tag cut", .ethernet, Sample.macs + "8100 00", .truncated),
  ("LLDP", .ethernet, Sample.macs + "88cc 0207", .unknownEtherType),
  ("spanning tree", .ethernet, Sample.macs + "0003 424203", []),
  (
    "PPPoE of another version", .ethernet, Sample.macs + "8864 2100 0001 001e 0021",
    .badEncapsulation
  ),
  ("raw of version 5", .raw, "50", .badIPVersion),
  ("IPv6 in an IPv4 ether type", .ethernet, Sample.ethernet4 + udp6, .badIPVersion),
  ("IPv4 in an IPv6 ether type", .ethernet, Sample.ethernet6 + udp4 + udp4, .badIPVersion),
  ("IPv4 header cut", .ethernet, Sample.ethernet4 + "4500", .truncated),
  ("loopback of another family", .loopback, "07000000 00", []),
]

@Test(arguments: unreached)
func `what is not reached says why`(
  _ name: String, _ link: LinkType, _ frame: String, _ oddities: Oddities
) {
  let packet = dissect(hex(frame), link)
  #expect(packet.kind == .nonIP, "\(name)")
  #expect(packet.oddities == oddities, "\(name)")
}

@Test func `link types are told by number`() {
  for link in LinkType.allCases { #expect(LinkType(number: link.number) == link) }
  for (number, link) in [(12, LinkType.raw), (14, .raw), (108, .loopback)] {
    #expect(LinkType(number: UInt32(number)) == link)
  }
  for number: UInt32 in [9, 105, 127, 65_536, .max] { #expect(LinkType(number: number) == nil) }
}
