import Addresses
import Testing
import TestSupport

struct PrefixTests {
  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.0/24", "192.0.2.255"),
    ("192.0.2.77/24", "192.0.2.0/24", "192.0.2.255"),
    ("192.0.2.77", "192.0.2.77", "192.0.2.77"),
    ("192.0.2.77/32", "192.0.2.77", "192.0.2.77"),
    ("192.0.2.77/31", "192.0.2.76/31", "192.0.2.77"),
    ("255.255.255.255/0", "0.0.0.0/0", "255.255.255.255"),
    ("2001:db8:ffff::1/33", "2001:db8:8000::/33", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2001:db8::1/64", "2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff"),
    ("2001:db8::ff/121", "2001:db8::80/121", "2001:db8::ff"),
    ("::1", "::1", "::1"),
    ("::/0", "::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
  ])
  func `a block is read, cleared beyond its length, and knows its last address`(
    text: String, canonical: String, last: String
  ) throws {
    let prefix = try #require(Prefix(text))
    #expect(prefix.description == canonical)
    #expect(Prefix(canonical) == prefix)
    #expect(prefix.last.description == last)
    #expect(prefix.isSingle == !canonical.contains("/"))
  }

  @Test(arguments: [
    "", "/", "/24", "192.0.2.0/", "192.0.2.0/33", "2001:db8::/129", "192.0.2.0/-1",
    "192.0.2.0/+8", "192.0.2.0/ 8", "192.0.2.0/8 ", "192.0.2.0/8/8", "192.0.2/24",
    "192.0.2.0/255.255.255.0", "192.0.2.0/1000", "192.0.2.0/٨",
  ])
  func `anything else is refused`(text: String) {
    #expect(Prefix(text) == nil)
  }

  @Test func `a block contains its addresses and no neighbour`() throws {
    let block = try #require(Prefix("192.0.2.64/26"))
    #expect(block.contains(block.address) && block.contains(block.last))
    for outside in ["192.0.2.63", "192.0.2.128", "::c000:240", "::ffff:192.0.2.64"] {
      #expect(!block.contains(try #require(IPAddress(outside))))
    }
    let wide = try #require(Prefix("2001:db8::/32"))
    #expect(wide.contains(try #require(IPAddress("2001:db8:ffff::"))))
    #expect(!wide.contains(try #require(IPAddress("2001:db9::"))))
    #expect(try #require(Prefix("0.0.0.0/0")).contains(IPAddress(v4: .max)))
    #expect(!(try #require(Prefix("0.0.0.0/0")).contains(IPAddress(v6: 0, 0))))
  }

  @Test func `two blocks overlap when one holds the other`() {
    var random = Seeded(state: 4632)
    for _ in 0..<5_000 {
      let left = block(&random)
      let right = block(&random)
      let shared =
        left.address.family == right.address.family
        && max(left.address, right.address) <= min(left.last, right.last)
      #expect(left.overlaps(right) == shared)
      #expect(right.overlaps(left) == shared)
    }
  }

  @Test func `a length beyond the family is refused`() {
    #expect(Prefix(IPAddress(v4: 0), length: 33) == nil)
    #expect(Prefix(IPAddress(v4: 0), length: -1) == nil)
    #expect(Prefix(IPAddress(v6: 0, 0), length: 129) == nil)
  }
}

/// A block out of few, so that many are nested.
func block(_ random: inout Seeded) -> Prefix {
  let address = member(&random)
  let prefix = Prefix(address, length: Int.random(in: 0...address.family.bits, using: &random))
  return prefix ?? Prefix(address)
}

/// An address with few distinct leading bits.
func member(_ random: inout Seeded) -> IPAddress {
  let bits = random.next()
  return bits & 1 == 0
    ? IPAddress(v4: UInt32(truncatingIfNeeded: bits >> 32) & 0xC0C0_C0C3)
    : IPAddress(v6: random.next() & 0xC000_0000_0000_0003, random.next() & 0x8000_0000_0000_0003)
}
