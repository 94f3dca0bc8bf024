import Addresses
import Firewall
import Tables
import Testing
import Time

struct BlockListTests {
  private func block(
    _ text: String, from start: Double = 0, for length: Double = 600, returns: Int = 0
  ) -> JournalEntry {
    .block(
      Block(
        prefix: prefix(text), since: seconds(start), until: seconds(start + length),
        returns: returns, by: "ward", place: Place(segment: "s", row: 3),
        reason: "PORT_SCAN: \"three\", two\nlines"))
  }

  private func lift(_ text: String, at time: Double, pardon: Double = 0) -> JournalEntry {
    .unblock(
      JournalEntry.Lift(
        prefix: prefix(text), time: seconds(time), pardonedUntil: seconds(time + pardon),
        by: "ann", reason: "a mistake"))
  }

  @Test func `a block holds until its end`() {
    let list = BlockList(replaying: [block("192.0.2.7"), block("198.51.100.0/24")], noon)
    #expect(list.holding(address("192.0.2.7"), seconds(599))?.by == "ward")
    #expect(list.holding(address("192.0.2.7"), seconds(600)) == nil)
    #expect(list.holding(address("198.51.100.9"), noon)?.prefix == prefix("198.51.100.0/24"))
    #expect(list.holding(address("192.0.2.8"), noon) == nil)
  }

  @Test func `blocks that are over are told once`() {
    var list = BlockList()
    list.apply(block("192.0.2.7", for: 10))
    list.apply(block("192.0.2.8", for: 20))
    #expect(list.firstEnd == seconds(10))
    #expect(list.expire(seconds(5)).isEmpty)
    #expect(list.expire(seconds(15)).map(\.prefix) == [prefix("192.0.2.7")])
    #expect(list.expire(seconds(15)).isEmpty)
    #expect(list.firstEnd == seconds(20) && list.count == 1)
  }

  @Test func `an address that returns is blocked for longer, until it is forgotten`() {
    var list = BlockList()
    #expect(list.end(of: prefix("192.0.2.7"), from: noon) == seconds(600))
    list.apply(block("192.0.2.7"))
    _ = list.expire(seconds(700))
    #expect(list.returns(prefix("192.0.2.7"), seconds(700)) == 1)
    #expect(list.end(of: prefix("192.0.2.7"), from: seconds(700)) == seconds(1_900))
    #expect(list.returns(prefix("192.0.2.7"), seconds(600 + 604_801)) == 0)
  }

  @Test func `a person's lift ends the block, forgets it and pardons for a while`() {
    let list = BlockList(
      replaying: [block("192.0.2.7"), lift("192.0.2.7", at: 5, pardon: 60)], seconds(6))
    #expect(list.holding(address("192.0.2.7"), seconds(6)) == nil)
    #expect(list.returns(prefix("192.0.2.7"), seconds(6)) == 0)
    #expect(list.pardon(address("192.0.2.7"), seconds(64))?.by == "ann")
    #expect(list.pardon(address("192.0.2.7"), seconds(65)) == nil)
  }

  @Test func `a clock that was set back does not lengthen a block`() {
    let list = BlockList(replaying: [block("192.0.2.7")], noon)
    #expect(list[prefix("192.0.2.7")]?.secondsLeft(seconds(-9_999)) == 600)
    #expect(list[prefix("192.0.2.7")]?.secondsLeft(seconds(599.5)) == 1)
  }

  @Test func `compacting keeps what matters`() {
    let entries = [
      block("192.0.2.7", for: 10), block("192.0.2.8"), block("198.51.100.0/24"),
      lift("192.0.2.8", at: 1, pardon: 600), block("192.0.2.9", from: -700_000, for: 10),
    ]
    let list = BlockList(replaying: entries, seconds(20))
    let again = BlockList(replaying: list.compacted(seconds(20)), seconds(20))
    #expect(again.blocks == list.blocks && again.blocks.count == 1)
    #expect(again.returns(prefix("192.0.2.7"), seconds(20)) == 1)
    #expect(again.pardon(address("192.0.2.8"), seconds(20)) != nil)
    #expect(list.compacted(seconds(20)).count == 3)
  }

  @Test func `every entry is read back as it was written`() throws {
    let answer = JournalEntry.Answer(
      order: Place(segment: "o", row: 1), time: noon, kind: "blocked", text: "done, \"well\"")
    let entries = [
      block("2001:db8::/64", returns: 4), lift("192.0.2.7", at: 1),
      .past(prefix("192.0.2.7"), blocks: 3, until: noon), .answer(answer),
    ]
    for entry in entries {
      var writer = RowWriter()
      entry.write(to: &writer)
      let read = try writer.bytes.withUnsafeBytes { try JournalEntry(line: $0) }
      var again = RowWriter()
      read.write(to: &again)
      #expect(again.bytes == writer.bytes)
      #expect(writer.bytes.count { $0 == UInt8(ascii: "\n") } == 1)
    }
  }
}
