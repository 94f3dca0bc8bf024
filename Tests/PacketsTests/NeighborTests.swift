import Addresses
import Packets
import Testing

private let speaker = MACAddress(bits: 0x0200_0000_00AA)
private let first = IPAddress(v6: 0x2001_0DB8_0000_0000, 1)
private let second = IPAddress(v6: 0x2001_0DB8_0000_0000, 2)

private func arp(_ operation: String, mac: String = "0200000000aa", sender: String = "0a000001")
  -> Packet
{
  dissect(
    hex(Sample.macs + "0806 0001 0800 06 04" + operation + mac + sender + "0200000000bb 0a000002"))
}

@Test func `an ARP reply binds its sender`() {
  let packet = arp("0002")
  #expect(packet.kind == .arp && packet.ipVersion == 0 && packet.oddities == [])
  #expect(packet.source == IPAddress(v4: 0x0A00_0001))
  #expect(packet.destination == IPAddress(v4: 0x0A00_0002))
  #expect(
    packet.arp
      == Packet.ARP(
        operation: 2, senderMAC: speaker, sender: packet.source,
        targetMAC: MACAddress(bits: 0x0200_0000_00BB), target: packet.destination))
  #expect(packet.binding == Packet.Binding(address: packet.source, mac: speaker))
}

@Test func `an ARP probe binds nothing`() {
  let packet = arp("0001", sender: "00000000")
  #expect(packet.arp?.operation == 1 && packet.binding == nil && packet.oddities == [])
}

@Test func `an ARP sender other than the frame's is odd`() {
  let packet = arp("0002", mac: "0200000000cc")
  #expect(packet.oddities == .bindingMismatch)
  #expect(packet.binding?.mac == MACAddress(bits: 0x0200_0000_00CC))
}

@Test func `ARP of other networks or cut short has no message`() {
  let cut = dissect(hex(Sample.macs + "0806 0001 0800 06 04 0002 0200"))
  #expect(cut.kind == .arp && cut.arp == nil && cut.oddities == .truncated)
  let token = dissect(
    hex(Sample.macs + "0806 0006 0800 06 04 0002") + [UInt8](repeating: 0, count: 20))
  #expect(token.kind == .arp && token.arp == nil && token.oddities == .badARP)
  #expect(arp("0002", mac: "ffffffffffff").oddities == [.badARP, .bindingMismatch])
}

/// An ICMPv6 neighbour message of type `type` about 2001:db8::2 with `options`.
private func neighbor(_ type: Int, options: String, hops: Int = 255, from: String? = nil) -> Packet
{
  let length = 24 + options.filter(\.isHexDigit).count / 2
  var bytes = hex(
    Sample.ethernet6 + Sample.ipv6(length: length, next: 58, hops: hops) + Sample.byte(type)
      + "000000 60000000 20010db8000000000000000000000002" + options)
  if let from { bytes.replaceSubrange(22..<38, with: hex(from)) }
  return dissect(bytes)
}

@Test func `a solicitation binds its source, an advertisement its target`() {
  #expect(
    neighbor(135, options: "0101 0200000000aa").binding
      == Packet.Binding(address: first, mac: speaker))
  #expect(
    neighbor(136, options: "0201 0200000000aa").binding
      == Packet.Binding(address: second, mac: speaker))
}

@Test func `without the option the frame's source is bound`() {
  #expect(neighbor(136, options: "").binding == Packet.Binding(address: second, mac: speaker))
  #expect(
    neighbor(136, options: "0101 0200000000cc").binding?.mac == speaker)
}

@Test func `an option behind another is found, and one of length 0 ends the search`() {
  let found = neighbor(136, options: "0e01 000000000000 0201 0200000000cc")
  #expect(found.binding?.mac == MACAddress(bits: 0x0200_0000_00CC))
  #expect(found.oddities == .bindingMismatch)
  #expect(neighbor(136, options: "0e00 000000000000 0201 0200000000cc").binding?.mac == speaker)
}

@Test func `a duplicate address probe and a foreign message bind nothing`() {
  let probe = neighbor(135, options: "", from: String(repeating: "0", count: 32))
  #expect(probe.binding == nil && probe.oddities == [])
  let foreign = neighbor(136, options: "0201 0200000000aa", hops: 64)
  #expect(foreign.binding == nil && foreign.oddities == .foreignNeighbor)
}

@Test func `a request, a probe and a solicitation seek, an announcement and an answer do not`() {
  let target = IPAddress(v4: 0x0A00_0002)
  #expect(arp("0001").sought == target && arp("0001", sender: "00000000").sought == target)
  #expect(arp("0002").sought == nil && arp("0001", sender: "0a000002").sought == nil)
  #expect(neighbor(135, options: "0101 0200000000aa").sought == second)
  let probe = neighbor(135, options: "", from: String(repeating: "0", count: 32))
  #expect(probe.sought == second)
  #expect(neighbor(136, options: "").sought == nil)
  #expect(neighbor(135, options: "", hops: 64).sought == nil)
}
