import Addresses
import Packets
import Testing
import Time

@Test func `a TCP segment tells all its fields`() {
  let bytes = hex(
    Sample.ethernet4 + Sample.ipv4(length: 48, proto: 6) + Sample.tcp(flags: 0x12, words: 6)
      + "02040578 64617461 000000000000")
  let packet = dissect(bytes)
  #expect(packet.time.microseconds == 7)
  #expect(packet.wireLength == 68 && packet.capturedLength == 68)
  #expect(packet.source == IPAddress("10.0.0.1") && packet.destination == IPAddress("10.0.0.2"))
  #expect(packet.etherType == 0x0800 && packet.ipProtocol == 6)
  #expect(packet.ttl == 64 && packet.typeOfService == 0x10 && packet.ipLength == 48)
  #expect(packet.fragment == .none && packet.fragmentIdentification == 0x1234)
  #expect(packet.sourcePort == 40_000 && packet.destinationPort == 80)
  #expect(packet.tcpFlags == [.syn, .ack])
  #expect(packet.sequence == 1 && packet.acknowledgment == 2 && packet.window == 0x2000)
  #expect(packet.transportHeaderLength == 24 && packet.payloadLength == 4)
  #expect(packet.payloadOffset == 58 && packet.payloadCount == 4)  // without Ethernet's padding
  #expect(packet.oddities == [])
}

@Test func `the payload is that part of the frame`() {
  let bytes = hex(Sample.all[0])
  bytes.withUnsafeBytes {
    let frame = Frame(bytes: $0, time: .init(microseconds: 0), wireLength: 0, link: .ethernet)
    #expect(Array(Packet(frame).payload(of: frame)) == Array("data".utf8))
    let empty = Frame(
      bytes: UnsafeRawBufferPointer(start: nil, count: 0), time: frame.time, wireLength: 0,
      link: .ethernet)
    #expect(Packet(frame).payload(of: empty).isEmpty)
  }
}

/// A packet above IP, and what must be found.
struct TransportCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let frame: String
  let kind: Packet.Kind
  let ports: [UInt16]
  let payload: Int
  let ipLength: Int
  let fragment: Packet.Fragment
  let oddities: Oddities
  let wireLength: Int?

  init(
    _ name: String, _ frame: String, _ kind: Packet.Kind = .tcp, ports: [UInt16] = [40_000, 80],
    payload: Int = 0, ipLength: Int = 40, fragment: Packet.Fragment = .none,
    oddities: Oddities = [], wireLength: Int? = nil
  ) {
    testDescription = name
    self.frame = frame
    self.kind = kind
    self.ports = ports
    self.payload = payload
    self.ipLength = ipLength
    self.fragment = fragment
    self.oddities = oddities
    self.wireLength = wireLength
  }
}

private func v4(_ length: Int, _ proto: Int, _ fragment: Int = 0, words: Int = 5) -> String {
  Sample.ethernet4 + Sample.ipv4(length: length, proto: proto, fragment: fragment, words: words)
}

private func v6(_ length: Int, _ next: Int) -> String {
  Sample.ethernet6 + Sample.ipv6(length: length, next: next)
}

private let tcp = Sample.tcp()
private let destinationOptions = "3c00010400000000"

private let cases: [TransportCase] = [
  TransportCase(
    "payload cut by the capture", v4(1500, 6) + tcp, payload: 1460, ipLength: 1500, wireLength: 1514
  ),
  TransportCase(
    "total length beyond the frame", v4(1500, 6) + tcp + "6464", payload: 2, ipLength: 42,
    oddities: .badTotalLength),
  TransportCase(
    "total length 0: segmentation offload", v4(0, 6) + tcp + "6464", payload: 2, ipLength: 42),
  TransportCase(
    "total length below the header", v4(10, 6) + tcp, .otherIP, ports: [0, 0], ipLength: 20,
    oddities: .badTotalLength),
  TransportCase(
    "header of 16 bytes", v4(40, 6, words: 4) + tcp, .otherIP, ports: [0, 0], payload: 0,
    oddities: .badHeaderLength),
  TransportCase(
    "IPv4 options", v4(44, 6, words: 6) + "01010100" + tcp, ipLength: 44, oddities: .ipOptions),
  TransportCase(
    "loose source route", v4(44, 6, words: 6) + "83030400" + tcp, ipLength: 44,
    oddities: [.ipOptions, .sourceRouted]),
  TransportCase(
    "option without length", v4(44, 6, words: 6) + "01010183" + tcp, ipLength: 44,
    oddities: [.ipOptions, .sourceRouted, .badHeaderLength]),
  TransportCase("data offset 4", v4(40, 6) + Sample.tcp(words: 4), oddities: .badTCPOffset),
  TransportCase(
    "data offset beyond the packet", v4(40, 6) + Sample.tcp(words: 15), oddities: .badTCPOffset),
  TransportCase(
    "TCP header cut by the capture", v4(40, 6) + "9c40 0050 0000", oddities: .truncated,
    wireLength: 54),
  TransportCase(
    "ports cut by the capture", v4(40, 6) + "9c40 00", ports: [0, 0], oddities: .truncated,
    wireLength: 54),
  TransportCase("no room for TCP", v4(28, 6) + tcp, ipLength: 28, oddities: .shortTransport),
  // Found by fuzzing: 14 of Ethernet and 28 of IP are 42 on the wire, of which 37 were captured.
  TransportCase(
    "no room for TCP, and cut by the capture", v4(28, 6) + "9c40 00", ports: [0, 0], ipLength: 28,
    oddities: [.shortTransport, .truncated], wireLength: 42),
  TransportCase("reserved flag", v4(40, 6, 0x8000) + tcp, oddities: .reservedFlag),
  TransportCase("do not fragment", v4(40, 6, 0x4000) + tcp),
  TransportCase(
    "first fragment", v4(44, 6, 0x2000) + tcp + "64617461", payload: 4, ipLength: 44,
    fragment: .first),
  TransportCase(
    "tiny first fragment", v4(28, 6, 0x2000) + "9c40 0050 00000000", ipLength: 28, fragment: .first,
    oddities: .tinyFragment),
  TransportCase(
    "later fragment", v4(40, 6, 185) + tcp, ports: [0, 0], payload: 20, fragment: .later),
  TransportCase(
    "overlapping fragment", v4(40, 6, 1) + tcp, ports: [0, 0], payload: 20, fragment: .later,
    oddities: .overlappingFragment),
  TransportCase(
    "ping of death", v4(40, 1, 0x1FFF) + tcp, .icmp, ports: [0, 0], payload: 20, fragment: .later,
    oddities: .oversizedFragment),
  TransportCase(
    "UDP", v4(30, 17) + Sample.udp(length: 10) + "6464", .udp, ports: [5353, 53], payload: 2,
    ipLength: 30),
  TransportCase(
    "UDP length beyond IP's", v4(30, 17) + Sample.udp(length: 99) + "6464", .udp,
    ports: [5353, 53], payload: 2, ipLength: 30, oddities: .udpLengthMismatch),
  TransportCase(
    "no room for UDP", v4(24, 17) + "14e90035", .udp, ports: [5353, 53], ipLength: 24,
    oddities: .shortTransport),
  TransportCase(
    "SCTP", v4(32, 132) + "0b59 0b5a 00000000 00000000", .otherIP, ports: [2905, 2906], payload: 12,
    ipLength: 32),
  TransportCase("GRE", v4(24, 47) + "000088be", .otherIP, ports: [0, 0], payload: 4, ipLength: 24),
  TransportCase(
    "ICMPv6 in IPv4", v4(28, 58) + "8000000000000000", .otherIP, ports: [0, 0], payload: 8,
    ipLength: 28),
  TransportCase("IPv6", v6(22, 6) + tcp + "6464", payload: 2, ipLength: 62),
  TransportCase(
    "IPv6 payload length 0: offload", v6(0, 6) + tcp + "6464", payload: 2, ipLength: 62),
  TransportCase("no next header", v6(0, 59), .otherIP, ports: [0, 0], ipLength: 40),
  TransportCase(
    "hop-by-hop and destination options", v6(36, 0) + "3c00010400000000" + "0600010400000000" + tcp,
    ipLength: 76),
  TransportCase(
    "authentication header", v6(44, 51) + "060400000000000000000000000000000000000000000000" + tcp,
    ipLength: 84),
  TransportCase(
    "routing header type 0", v6(28, 43) + "0600000000000000" + tcp, ipLength: 68,
    oddities: .sourceRouted),
  TransportCase(
    "eight extension headers",
    v6(84, 60) + String(repeating: destinationOptions, count: 7) + "0600010400000000" + tcp,
    ipLength: 124),
  TransportCase(
    "nine extension headers",
    v6(92, 60) + String(repeating: destinationOptions, count: 8) + "0600010400000000" + tcp,
    .otherIP, ports: [0, 0], payload: 28, ipLength: 132, oddities: .longExtensionChain),
  TransportCase(
    "extension header beyond the capture", v6(28, 60) + "0600", .otherIP, ports: [0, 0],
    payload: 28, ipLength: 68, oddities: .truncated, wireLength: 82),
  TransportCase(
    "extension header beyond the packet", v6(8, 60) + "0609010400000000" + tcp, .otherIP,
    ports: [0, 0], payload: 8, ipLength: 48, oddities: .badHeaderLength),
  TransportCase("atomic fragment", v6(28, 44) + "06000000deadbeef" + tcp, ipLength: 68),
  TransportCase(
    "first IPv6 fragment", v6(28, 44) + "06000001deadbeef" + tcp, ipLength: 68, fragment: .first),
  TransportCase(
    "later IPv6 fragment", v6(28, 44) + "060005a8deadbeef" + tcp, ports: [0, 0], payload: 20,
    ipLength: 68, fragment: .later),
]

@Test(arguments: cases)
func `lengths, fragments and faults are told`(_ row: TransportCase) {
  let packet = dissect(hex(row.frame), wireLength: row.wireLength)
  #expect(packet.kind == row.kind)
  #expect([packet.sourcePort, packet.destinationPort] == row.ports)
  #expect(packet.payloadLength == row.payload)
  #expect(packet.ipLength == row.ipLength)
  #expect(packet.fragment == row.fragment)
  #expect(packet.oddities == row.oddities)
  #expect(packet.payloadCount <= packet.payloadLength)
}

private let addresses: [(String, String, Oddities)] = [
  ("0a000001", "0a000001", .land),
  ("7f000001", "7f000001", []),
  ("e0000001", "0a000001", .groupSource),
  ("ffffffff", "0a000001", .groupSource),
]

@Test(arguments: addresses)
func `impossible addresses are odd`(_ source: String, _ destination: String, _ oddities: Oddities) {
  let packet = dissect(
    hex("4500001c000000004011 0000" + source + destination + Sample.udp(length: 8)), .raw)
  #expect(packet.kind == .udp)
  #expect(packet.oddities == oddities)
}
