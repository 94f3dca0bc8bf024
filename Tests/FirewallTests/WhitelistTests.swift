import Addresses
import Firewall
import Testing

struct WhitelistTests {
  private let list = try? Whitelist(
    text: """
      # staff
      192.0.2.10

        10.0.0.0/24   # nurse station
      2001:db8:12::/64 # ward\r
      ::ffff:198.51.100.0/120
      10.0.0.7 # pump
      """, file: "whitelist.txt")

  @Test func `every line spares what it covers and says so`() {
    #expect(list?.rule(sparing: address("192.0.2.10")) == "whitelist.txt:2 192.0.2.10")
    #expect(
      list?.rule(sparing: address("10.0.0.9")) == "whitelist.txt:4 10.0.0.0/24   # nurse station")
    #expect(list?.rule(sparing: address("10.0.0.7")) == "whitelist.txt:7 10.0.0.7 # pump")
    #expect(
      list?.rule(sparing: address("2001:db8:12::99"))
        == "whitelist.txt:5 2001:db8:12::/64 # ward")
    #expect(list?.rule(sparing: address("192.0.2.11")) == nil)
    #expect(list?.rule(sparing: address("2001:db8:13::1")) == nil)
  }

  @Test func `an address is spared in every notation of it`() {
    for text in ["::ffff:10.0.0.9", "::ffff:a00:9", "64:ff9b::10.0.0.9", "2002:a00:9::1"] {
      #expect(list?.rule(sparing: address(text)) != nil, "\(text)")
    }
    #expect(list?.rule(sparing: address("198.51.100.77")) != nil)
  }

  @Test func `a block of addresses is spared when any line lies in it or around it`() {
    #expect(list?.rule(sparing: prefix("192.0.2.0/24")) != nil)
    #expect(list?.rule(sparing: prefix("10.0.0.128/25")) != nil)
    #expect(list?.rule(sparing: prefix("10.0.1.0/24")) == nil)
    #expect(list?.rule(sparing: prefix("2001:db8:12:0:1::/80")) != nil)
  }

  @Test(arguments: [
    "10.0.0.256", "10.0.0.0/33", "2001:db8::/129", "nurse", "10.0.0.1 10.0.0.2", "010.0.0.1",
    "10.0.0.1/", "10.0.0.1/+8", "10.0.0.1-10.0.0.9", "fe80::1%eth0", "1.2.3.4:80", "\u{FFFD}",
  ])
  func `a broken line is an error that names file, number and text`(_ line: String) {
    #expect {
      try Whitelist(text: "# first\n192.0.2.1\n\(line)\n", file: "w.txt")
    } throws: { error in
      "\(error)"
        == "unable to read w.txt line 3: '\(line)' is no address or CIDR block"
    }
  }

  @Test func `an empty list and one of comments spare nobody`() throws {
    #expect(try Whitelist(text: "", file: "w").entries.isEmpty)
    #expect(try Whitelist(text: "# a\n\n  # b", file: "w").entries.isEmpty)
  }

  @Test func `a block of 6to4 addresses does not spare all of IPv4`() throws {
    let list = try Whitelist(text: "2002::/16\n64:ff9b::/96\n", file: "w")
    #expect(list.rule(sparing: address("192.0.2.1")) == nil)
  }
}
