import Addresses
import Firewall
import Testing

struct NftablesTextTests {
  @Test func `the table is loaded by exactly this text`() {
    let rules = { (hook: String) in
      """
      add chain inet ward \(hook) { type filter hook \(hook) priority -10; policy accept; }
      flush chain inet ward \(hook)
      add rule inet ward \(hook) ip saddr @protected4 counter accept
      add rule inet ward \(hook) ip6 saddr @protected6 counter accept
      add rule inet ward \(hook) ip saddr @blocked4 counter drop
      add rule inet ward \(hook) ip6 saddr @blocked6 counter drop
      add rule inet ward \(hook) ip saddr @blocked4_nets counter drop
      add rule inet ward \(hook) ip6 saddr @blocked6_nets counter drop

      """
    }
    let expected =
      """
      add table inet ward
      add set inet ward protected4 { type ipv4_addr; flags interval; }
      add set inet ward protected6 { type ipv6_addr; flags interval; }
      add set inet ward blocked4 { type ipv4_addr; size 65536; flags timeout; counter; }
      add set inet ward blocked6 { type ipv6_addr; size 65536; flags timeout; counter; }
      add set inet ward blocked4_nets { type ipv4_addr; size 4096; flags interval, timeout; counter; }
      add set inet ward blocked6_nets { type ipv6_addr; size 4096; flags interval, timeout; counter; }

      """ + rules("input") + rules("forward") + """
        flush set inet ward protected4
        add element inet ward protected4 { 127.0.0.0/8, 192.0.2.1 }
        flush set inet ward protected6
        add element inet ward protected6 { ::1 }

        """
    let protected = ["127.0.0.0/8", "192.0.2.1", "::1"].map(prefix)
    #expect(NftablesText.table(protected: protected) == expected)
  }

  @Test func `changes are one text, lifts first, blocks refreshed`() {
    let changes: [Change] = [
      .block(Installation(prefix: prefix("192.0.2.7"), seconds: 600, comment: "ward:PORT_SCAN")),
      .block(Installation(prefix: prefix("198.51.100.0/24"), seconds: 90, comment: "ann:scan")),
      .unblock(prefix("192.0.2.8")), .unblock(prefix("2001:db8::8")),
      .block(Installation(prefix: prefix("192.0.2.9"), seconds: 0, comment: "")),
    ]
    #expect(
      NftablesText.changes(changes) == """
        add element inet ward blocked4 { 192.0.2.8 }
        delete element inet ward blocked4 { 192.0.2.8 }
        add element inet ward blocked4 { 192.0.2.7, 192.0.2.9 }
        delete element inet ward blocked4 { 192.0.2.7, 192.0.2.9 }
        add element inet ward blocked4 { 192.0.2.7 timeout 600s comment "ward:PORT_SCAN", \
        192.0.2.9 timeout 1s comment "-" }
        add element inet ward blocked6 { 2001:db8::8 }
        delete element inet ward blocked6 { 2001:db8::8 }
        add element inet ward blocked4_nets { 198.51.100.0/24 }
        delete element inet ward blocked4_nets { 198.51.100.0/24 }
        add element inet ward blocked4_nets { 198.51.100.0/24 timeout 90s comment "ann:scan" }

        """)
  }

  @Test(arguments: [
    "\" }\nflush ruleset\n", "a\u{0}b", "é ; delete table", String(repeating: "x", count: 999),
  ])
  func `no comment can end its string`(_ text: String) {
    let made = NftablesText.additions([
      Installation(prefix: prefix("192.0.2.7"), seconds: 1, comment: text)
    ])
    #expect(made.split(separator: "\n").count == 1 && made.utf8.count < 200)
    #expect(made.utf8.count { $0 == UInt8(ascii: "\"") } == 2)
    #expect(!made.contains(";"))
  }

  @Test func `every command names the table inet ward`() {
    let text =
      NftablesText.table(protected: ProtectedSet().prefixes)
      + NftablesText.changes([.unblock(prefix("192.0.2.8"))])
    for line in text.split(separator: "\n") { #expect(line.contains(" inet ward"), "\(line)") }
  }

  @Test func `a listing is read back`() {
    let text = """
      table inet ward {
      \tset blocked4_nets {
      \t\ttype ipv4_addr
      \t\telements = { 10.0.0.0/24 counter packets 3 bytes 252 timeout 7d expires 6d23h59m59s980ms,
      \t\t\t     192.0.2.7 counter packets 0 bytes 0 timeout 10m expires 9m59s comment "a-b" }
      \t}
      }
      """
    let elements = NftablesListing.elements(text)
    #expect(elements.map(\.prefix) == [prefix("10.0.0.0/24"), prefix("192.0.2.7")])
    #expect(elements.map(\.secondsLeft) == [604_799, 599])
    #expect(elements.map(\.packets) == [3, 0] && elements.map(\.bytes) == [252, 0])
    #expect(NftablesListing.elements("table inet ward {\n}\n").isEmpty)
  }

  @Test func `a span of time that is none is refused`() {
    for text in ["", "5", "5x", "m", "99999999999999999999s"] {
      #expect(NftablesListing.seconds(text[...]) == nil, "\(text)")
    }
    #expect(NftablesListing.seconds("1h2m3s4ms") == 3_723)
  }
}
