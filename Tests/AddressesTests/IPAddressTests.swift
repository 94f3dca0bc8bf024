import Addresses
import Testing
import TestSupport

struct IPAddressTests {
  @Test(arguments: [
    ("0.0.0.0", "0.0.0.0"),
    ("192.0.2.1", "192.0.2.1"),
    ("255.255.255.255", "255.255.255.255"),
    ("::", "::"),
    ("::1", "::1"),
    ("1::", "1::"),
    ("0:0:0:0:0:0:0:0", "::"),
    ("2001:db8::1", "2001:db8::1"),
    ("2001:0db8::0001", "2001:db8::1"),  // RFC 5952 4.1
    ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),  // 4.2.1
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),  // 4.2.2: never for one group
    ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),  // 4.2.3: the longest
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),  // 4.2.3: of two the first
    ("2001:DB8::ABCD", "2001:db8::abcd"),  // 4.3
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
    ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ("fe80:0:0:0:1:0:0:0", "fe80::1:0:0:0"),
    ("::ffff:192.0.2.128", "::ffff:192.0.2.128"),  // section 5
    ("::FFFF:c000:0280", "::ffff:192.0.2.128"),
    ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ("::13.1.68.3", "::d01:4403"),
  ])
  func `an address is read and written in its one canonical form`(
    text: String, canonical: String
  ) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == canonical)
    #expect(IPAddress(canonical) == address)
    #expect(address.family == (text.contains(":") ? .v6 : .v4))
  }

  @Test(arguments: [
    "", " ", "1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4",
    "1.2.3.04", "00.0.0.0", "0x1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "+1.2.3.4", "-1.2.3.4",
    "1.2.3.4:80", "1.2.3.4/24", "1.2.3.4%eth0", "1.2.3.1000", "１.2.3.4", "1.2.3.4\n", "1.2.3.4\0",
    ":", ":::", ":1", "1:", "1:2", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
    "::1:2:3:4:5:6:7:8", "1::2::3", "1:::2", "12345::", "g::", "::1%eth0", "fe80::1%1", "[::1]",
    "[::1]:80", "::1/128", "::ffff:1.2.3", "::ffff:01.2.3.4", "::ffff:1.2.3.4:5", "1.2.3.4::",
    "1:2:3:4:5:6:7:1.2.3.4", "::1:2:3:4:5:6:1.2.3.4.5", "::ffff:256.1.1.1", "0::0::", "::-1",
    "localhost",
  ])
  func `anything else is refused`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func `every address reads back from its own text`() {
    var random = Seeded(state: 5952)
    for _ in 0..<20_000 {
      let v4 = IPAddress(v4: UInt32(truncatingIfNeeded: random.next()))
      #expect(IPAddress(v4.description) == v4)
      // Sparse words, so that runs of zeros are common.
      let sparse = random.next() & spread(random.next())
      let v6 = IPAddress(v6: sparse, random.next() & spread(random.next()))
      #expect(IPAddress(v6.description) == v6)
    }
  }

  @Test func `a mapped address is an address of version 6`() throws {
    let mapped = try #require(IPAddress("::ffff:192.0.2.1"))
    #expect(mapped != IPAddress("192.0.2.1"))
    #expect(mapped.family == .v6)
  }

  @Test(arguments: [
    ("0.0.0.0", [Kind.unspecified]), ("::", [.unspecified]),
    ("127.0.0.1", [.loopback]), ("127.255.255.255", [.loopback]), ("128.0.0.0", []),
    ("::1", [.loopback]), ("::2", []), ("::7f00:1", []),
    ("224.0.0.1", [.multicast]), ("239.255.255.255", [.multicast]), ("240.0.0.0", []),
    ("ff02::1", [.multicast]), ("fe00::", []),
    ("255.255.255.255", [.broadcast]), ("::ffff:ffff", []),
    ("169.254.0.0", [.linkLocal]), ("169.255.0.0", []),
    ("fe80::1", [.linkLocal]), ("febf::", [.linkLocal]), ("fec0::", []),
  ])
  func `an address knows its kind`(text: String, kinds: [Kind]) throws {
    let address = try #require(IPAddress(text))
    #expect(address.isUnspecified == kinds.contains(.unspecified))
    #expect(address.isLoopback == kinds.contains(.loopback))
    #expect(address.isMulticast == kinds.contains(.multicast))
    #expect(address.isBroadcast == kinds.contains(.broadcast))
    #expect(address.isLinkLocal == kinds.contains(.linkLocal))
  }

  enum Kind { case unspecified, loopback, multicast, broadcast, linkLocal }

  @Test func `addresses sort by version, then by number`() {
    let sorted = ["0.0.0.1", "10.0.0.2", "10.0.0.10", "255.0.0.0", "::", "::1", "2001:db8::"]
    let addresses = sorted.compactMap(IPAddress.init)
    #expect(addresses.shuffled().sorted() == addresses)
  }

  /// Words of ones and zeros.
  private func spread(_ bits: UInt64) -> UInt64 {
    (0..<4).reduce(0) { $0 << 16 | (bits >> UInt64($1) & 1 == 1 ? 0xFFFF : 0) }
  }
}
