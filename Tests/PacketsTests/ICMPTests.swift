import Addresses
import Packets
import Testing

@Test func `an echo request has an identifier and a payload`() {
  let packet = dissect(
    hex(Sample.ethernet4 + Sample.ipv4(length: 32, proto: 1) + "0800 0000 beef 0001 64617461"))
  #expect(packet.kind == .icmp && packet.icmpType == 8 && packet.icmpCode == 0)
  #expect(packet.icmpIdentifier == 0xBEEF && packet.payloadLength == 4)
  #expect(packet.sourcePort == 0 && packet.quoted == nil && packet.oddities == [])
}

@Test func `an ICMPv6 echo reply has an identifier`() {
  let packet = dissect(
    hex(Sample.ethernet6 + Sample.ipv6(length: 8, next: 58) + "8100 0000 beef 0001"))
  #expect(packet.kind == .icmp6 && packet.icmpType == 129 && packet.icmpIdentifier == 0xBEEF)
}

private let inner4 = Packet.Quoted(
  source: IPAddress(v4: 0x0A00_0001), destination: IPAddress(v4: 0x0A00_0002), ipProtocol: 17,
  sourcePort: 5353, destinationPort: 53)
private let inner6 = Packet.Quoted(
  source: IPAddress(v6: 0x2001_0DB8_0000_0000, 1),
  destination: IPAddress(v6: 0x2001_0DB8_0000_0000, 2), ipProtocol: 17, sourcePort: 5353,
  destinationPort: 53)

private func error4(_ inner: String, type: Int = 3) -> Packet {
  let length = 28 + inner.filter(\.isHexDigit).count / 2
  return dissect(
    hex(
      Sample.ethernet4 + Sample.ipv4(length: length, proto: 1) + Sample.byte(type)
        + "030000 00000000" + inner))
}

private func error6(_ inner: String) -> Packet {
  let length = 8 + inner.filter(\.isHexDigit).count / 2
  return dissect(
    hex(Sample.ethernet6 + Sample.ipv6(length: length, next: 58) + "01040000 00000000" + inner))
}

@Test func `an error quotes the packet it complains of`() {
  let udp = Sample.udp(length: 8)
  for type in [3, 4, 5, 11, 12] {
    #expect(error4(Sample.ipv4(length: 28, proto: 17) + udp, type: type).quoted == inner4)
  }
  #expect(error6(Sample.ipv6(length: 8, next: 17) + udp).quoted == inner6)
  #expect(error6(Sample.ipv6(length: 16, next: 60) + "1100010400000000" + udp).quoted == inner6)
}

@Test func `a quotation cut short has no ports, or is none`() {
  var noPorts = inner4
  noPorts.sourcePort = 0
  noPorts.destinationPort = 0
  #expect(error4(Sample.ipv4(length: 28, proto: 17) + "14e9").quoted == noPorts)
  #expect(
    error4(Sample.ipv4(length: 28, proto: 17, fragment: 9) + Sample.udp(length: 8)).quoted
      == noPorts)
  #expect(error4("4500001c").quoted == nil)
  #expect(error6(Sample.ipv4(length: 28, proto: 17) + Sample.udp(length: 8)).quoted == nil)
}
