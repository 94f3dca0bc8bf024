import Addresses
import Firewall
import Testing

struct ProtectedSetTests {
  private let set = ProtectedSet(
    HostAddresses(
      own: [address("10.0.0.2"), address("2001:db8::2")], broadcasts: [address("10.0.0.255")],
      gateways: [address("10.0.0.1"), address("2001:db8::1")], resolvers: [address("9.9.9.9")]),
    configured: [prefix("192.0.2.0/28"), prefix("::ffff:198.51.100.7")])

  @Test(arguments: [
    ("10.0.0.2", "own"), ("2001:db8::2", "own"), ("10.0.0.255", "broadcast"),
    ("10.0.0.1", "gateway"), ("2001:db8::1", "gateway"), ("9.9.9.9", "resolver"),
    ("192.0.2.15", "configured"), ("198.51.100.7", "configured"), ("127.9.9.9", "loopback"),
    ("::1", "loopback"), ("0.0.0.0", "unspecified"), ("::", "unspecified"),
    ("169.254.1.1", "link-local"), ("fe80::1", "link-local"), ("224.0.0.251", "multicast"),
    ("ff02::fb", "multicast"), ("255.255.255.255", "broadcast"), ("::ffff:10.0.0.1", "gateway"),
    ("::10.0.0.1", "gateway"), ("64:ff9b::10.0.0.1", "gateway"), ("2002:a00:1::", "gateway"),
  ])
  func `what the host needs is protected in every notation`(_ text: String, _ kind: String) throws {
    let rule = try #require(set.rule(sparing: Prefix(address(text))))
    #expect(rule.hasPrefix("protected: ") && rule.contains(kind), "\(rule)")
  }

  @Test(arguments: ["10.0.0.3", "192.0.2.16", "2001:db8::3", "198.51.100.8", "::ffff:10.0.0.3"])
  func `other hosts are not`(_ text: String) {
    #expect(set.rule(sparing: Prefix(address(text))) == nil)
  }

  @Test(arguments: [
    ("203.0.113.0/24", true), ("203.0.113.0/23", false), ("203.0.112.0/8", false),
    ("0.0.0.0/0", false), ("2001:db8:1::/56", true), ("2001:db8:1::/55", false), ("::/0", false),
    ("10.0.0.0/24", false), ("10.0.0.128/25", false), ("192.0.2.0/24", false),
    ("192.0.2.32/27", true), ("::ffff:10.0.0.0/120", false), ("2001:db8::/64", false),
  ])
  func `a prefix may be blocked only if it is narrow and holds nothing protected`(
    _ text: String, _ allowed: Bool
  ) {
    #expect((set.rule(sparing: prefix(text)) == nil) == allowed)
  }

  @Test func `the kernel's list holds no block within another`() {
    let prefixes = set.prefixes
    for (index, one) in prefixes.enumerated() {
      for other in prefixes.dropFirst(index + 1) { #expect(!one.overlaps(other)) }
    }
    #expect(prefixes.contains(prefix("10.0.0.1")))
  }

  @Test func `disjoint keeps the widest of nested blocks`() {
    let mixed = ["10.0.0.1", "10.0.0.0/8", "::/0", "0.0.0.0/0", "2001:db8::1"].map(prefix)
    #expect(Prefix.disjoint(mixed) == [prefix("0.0.0.0/0"), prefix("::/0")])
  }
}

struct HostFilesTests {
  @Test func `gateways are read from the kernel's IPv4 routes`() {
    let text = """
      Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
      eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
      eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
      broken\tzz\tzz
      """
    #expect(HostFiles.gateways(route: text) == [address("192.0.2.1")])
  }

  @Test func `gateways are read from the kernel's IPv6 routes`() {
    let none = String(repeating: "0", count: 32)
    let hop = "fd000000000000000000000000000001"
    let text = """
      \(none) 00 \(none) 00 \(hop) 00000400 00000001 00000000 00000003     eth0
      \(hop) 80 \(none) 00 \(none) 00000000 00000001 00000000 00200001       lo
      short
      """
    #expect(HostFiles.gateways(ipv6Route: text) == [address("fd00::1")])
  }

  @Test func `resolvers are read from resolv.conf`() {
    let text = "# x\nsearch lan\nnameserver 9.9.9.9\nnameserver fe80::1%eth0\nnameserver x\n"
    #expect(HostFiles.resolvers(resolvConf: text) == [address("9.9.9.9"), address("fe80::1")])
  }
}
