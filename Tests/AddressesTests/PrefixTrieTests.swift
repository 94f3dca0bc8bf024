import Addresses
import Testing
import TestSupport

struct PrefixTrieTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `the longest match is the one a linear scan finds`(seed: UInt64) {
    var random = Seeded(state: seed)
    var trie = PrefixTrie<Int>()
    var list: [Prefix: Int] = [:]
    for value in 0..<300 {
      let prefix = block(&random)
      trie.insert(prefix, value)
      list[prefix] = value
    }
    #expect(trie.count == list.count)
    for _ in 0..<1_000 {
      let address = member(&random)
      let expected = list.filter { $0.key.contains(address) }.max { $0.key.length < $1.key.length }
      let found = trie.longestMatch(address)
      #expect(found?.prefix == expected?.key)
      #expect(found?.value == expected?.value)
    }
  }

  @Test func `an empty trie matches nothing`() {
    let trie = PrefixTrie<Int>()
    #expect(trie.isEmpty)
    #expect(trie.longestMatch(IPAddress(v4: 0)) == nil)
    #expect(trie.longestMatch(IPAddress(v6: 0, 0)) == nil)
  }

  @Test func `a second value takes the place of the first`() throws {
    var trie = PrefixTrie<String>()
    let prefix = try #require(Prefix("2001:db8::1"))
    trie.insert(prefix, "old")
    trie.insert(prefix, "new")
    #expect(trie.count == 1)
    #expect(trie.longestMatch(prefix.address)?.value == "new")
  }

  @Test func `the families do not meet`() throws {
    var trie = PrefixTrie<Int>()
    trie.insert(try #require(Prefix("0.0.0.0/0")), 4)
    #expect(trie.longestMatch(IPAddress(v6: 0, 0)) == nil)
    trie.insert(try #require(Prefix("::/0")), 6)
    #expect(trie.longestMatch(IPAddress(v6: 0, 0))?.value == 6)
    #expect(trie.longestMatch(IPAddress(v4: .max))?.value == 4)
  }
}
