/// Pieces that frames are put together from, in hexadecimal.
enum Sample {
  static let macs = "0200000000bb 0200000000aa"
  static let ethernet4 = macs + "0800"
  static let ethernet6 = macs + "86dd"
  static let v6Addresses =
    "20010db8000000000000000000000001 20010db8000000000000000000000002"

  /// 10.0.0.1 to 10.0.0.2; `length` is the IP total length, `fragment` flags and offset.
  static func ipv4(
    length: Int, proto: Int, fragment: Int = 0, ttl: Int = 64, words: Int = 5
  ) -> String {
    "4\(words) 10" + word(length) + "1234" + word(fragment) + byte(ttl) + byte(proto)
      + "0000 0a000001 0a000002"
  }

  /// 2001:db8::1 to 2001:db8::2; `length` is the IPv6 payload length.
  static func ipv6(length: Int, next: Int, hops: Int = 64) -> String {
    "62e00000" + word(length) + byte(next) + byte(hops) + v6Addresses
  }

  /// Ports 40000 to 80, sequence 1, acknowledgment 2, window 0x2000.
  static func tcp(flags: Int = 0x18, words: Int = 5) -> String {
    "9c40 0050 00000001 00000002" + byte(words << 4) + byte(flags) + "2000 0000 0000"
  }

  /// Ports 5353 to 53; `length` is the UDP length.
  static func udp(length: Int) -> String { "14e9 0035" + word(length) + "0000" }

  static func byte(_ value: Int) -> String { digits(value, 2) }
  static func word(_ value: Int) -> String { digits(value, 4) }

  private static func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: width - text.count) + text
  }

  /// Valid frames of every kind, from which mutants are bred.
  static var all: [String] {
    [
      ethernet4 + ipv4(length: 44, proto: 6) + tcp() + "64617461",
      ethernet4 + ipv4(length: 32, proto: 17) + udp(length: 12) + "64617461",
      ethernet4 + ipv4(length: 56, proto: 1) + "03010000 00000000"
        + ipv4(length: 40, proto: 17) + udp(length: 20),
      ethernet4 + ipv4(length: 48, proto: 6, words: 6) + "01010100" + tcp(words: 6) + "01010100",
      ethernet6 + ipv6(length: 20, next: 6) + tcp(),
      ethernet6 + ipv6(length: 44, next: 0) + "2b00010400000000" + "2c00000000000000"
        + "06000001deadbeef" + tcp(),
      ethernet6 + ipv6(length: 32, next: 58, hops: 255) + "87000000 00000000"
        + "20010db8000000000000000000000002" + "0101 0200000000aa",
      ethernet6 + ipv6(length: 56, next: 58) + "01000000 00000000" + ipv6(length: 8, next: 17)
        + udp(length: 8),
      macs + "0806 0001 0800 06 04 0002 0200000000aa 0a000001 0200000000bb 0a000002",
      macs + "88a8 0064 8100 00c8 0800" + ipv4(length: 28, proto: 17) + udp(length: 8),
      macs + "8864 1100 0001 001e 0021" + ipv4(length: 28, proto: 17) + udp(length: 8),
      macs + "8847 00064140" + ipv4(length: 28, proto: 17) + udp(length: 8),
      macs + "0024 aaaa03 000000 0800" + ipv4(length: 28, proto: 17) + udp(length: 8),
    ] + tunnels
  }

  /// 192.168.0.1 to 192.168.0.2, ports 5353 to 53, with the payload "data": 20 + 8 + 4 = 32 bytes.
  static let inner4 =
    "45000020 00000000 40110000 c0a80001 c0a80002" + udp(length: 12) + "64617461"
  /// fd00::1 to fd00::2, otherwise the same: 8 + 4 = 12 bytes behind 40.
  static let inner6 =
    "60000000 000c1140 fd000000000000000000000000000001 fd000000000000000000000000000002"
    + udp(length: 12) + "64617461"
  static let innerMACs = "0200000000dd 0200000000cc"

  /// ``inner4`` or ``inner6`` on Ethernet, within every kind of tunnel.
  static var tunnels: [String] {
    [
      ethernet4 + within4(47, "0000 0800" + inner4),
      ethernet4 + within4(47, "b000 0800 abcd0000 00000064 00000001" + inner4),
      ethernet6 + within6(47, "2000 6558 00000064" + innerMACs + "86dd" + inner6),
      ethernet4 + vxlan(innerMACs + "0800" + inner4),
      ethernet4 + within4(4, inner4),
      ethernet4 + within4(41, inner6),
      ethernet6 + within6(4, inner4),
      ethernet6 + within6(41, within6(47, "0000 86dd" + inner6)),
    ]
  }

  /// `payload` in IPv4, whose length is right.
  static func within4(_ proto: Int, _ payload: String, fragment: Int = 0) -> String {
    ipv4(length: 20 + size(payload), proto: proto, fragment: fragment) + payload
  }

  /// `payload` in IPv6, whose length is right.
  static func within6(_ next: Int, _ payload: String) -> String {
    ipv6(length: size(payload), next: next) + payload
  }

  /// A VXLAN datagram of network 100 in IPv4 that carries `frame`.
  static func vxlan(_ frame: String, header: String = "08000000 00006400", port: Int = 4789)
    -> String
  {
    within4(17, "c000" + word(port) + word(16 + size(frame)) + "0000" + header + frame)
  }

  /// How many bytes the digits are.
  static func size(_ text: String) -> Int { text.filter(\.isHexDigit).count / 2 }
}
