import Addresses
import Firewall
import Glibc
import Tables
import Testing
import Time
import TestSupport

struct JournalTests {
  private func entries(_ count: Int) -> [JournalEntry] {
    (0..<count).map { index in
      .block(
        Block(
          prefix: Prefix(IPAddress(v4: 0xC000_0200 + UInt32(index))), since: noon,
          until: seconds(600), returns: 0, by: "ward", place: Place(segment: "s", row: index + 1),
          reason: "PORT_SCAN: 3 of 3, \"quoted\""))
    }
  }

  private func withFile(_ body: (String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    try body("\(folder.path)/blocklist.csv")
  }

  private func text(of entries: [JournalEntry]) -> [UInt8] {
    var writer = RowWriter()
    for column in JournalEntry.columns { writer.cell(column) }
    writer.endRow()
    for entry in entries { entry.write(to: &writer) }
    return writer.bytes
  }

  @Test func `what was appended is read again`() throws {
    try withFile { path in
      #expect(try Journal.read(path: path).entries.isEmpty)
      let journal = try Journal(path: path, entries: entries(2))
      try journal.append(Array(entries(5).dropFirst(2)))
      #expect(journal.count == 5)
      let contents = try Journal.read(path: path)
      #expect(contents.entries == entries(5) && contents.dropped.isEmpty)
      try journal.rewrite(entries(1))
      try journal.append(entries(1))
      #expect(try Journal.read(path: path).entries == entries(1) + entries(1))
      #expect(access(path + ".new", F_OK) != 0)
    }
  }

  @Test func `every prefix of a journal replays to whole entries`() throws {
    let text = text(of: entries(4))
    var ends = 0
    for length in 0...text.count {
      let contents = try Journal.parse(Array(text[..<length]))
      if length > 0, text[length - 1] == UInt8(ascii: "\n") { ends += 1 }
      #expect(contents.entries == entries(max(0, ends - 1)))
      let isWhole = length == 0 || text[length - 1] == UInt8(ascii: "\n")
      #expect(contents.dropped.isEmpty == isWhole)
    }
  }

  @Test func `a damaged line is dropped, told, and costs no other`() throws {
    var text = text(of: entries(3))
    let second = try #require(text.firstIndex(of: UInt8(ascii: "\n"))) + 1
    let third = try #require(text[second...].firstIndex(of: UInt8(ascii: "\n"))) + 1
    for index in third..<(third + 20) { text[index] = 0 }
    let contents = try Journal.parse(text)
    #expect(contents.entries == [entries(3)[0], entries(3)[2]])
    #expect(contents.dropped.count == 1 && contents.dropped[0].hasPrefix("line 3: "))
  }

  @Test func `a journal of another version is refused`() {
    #expect(throws: FirewallError.self) {
      try Journal.parse(Array("ward_block_2,address\n".utf8))
    }
  }

  @Test func `a torn journal is whole again once it is opened`() throws {
    try withFile { path in
      let text = text(of: entries(3)).dropLast(7)
      let file = try #require(fopen(path, "w"))
      _ = text.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
      fclose(file)
      let contents = try Journal.read(path: path)
      #expect(contents.entries.count == 2 && contents.dropped.count == 1)
      let list = BlockList(replaying: contents.entries, noon)
      let journal = try Journal(path: path, entries: list.compacted(noon))
      try journal.append([entries(3)[2]])
      #expect(try Journal.read(path: path).entries == entries(3))
    }
  }

  @Test func `a journal that cannot be made says why`() {
    #expect {
      try Journal(path: "/nonexistent/blocklist.csv", entries: [])
    } throws: { error in
      "\(error)" == "unable to create /nonexistent/blocklist.csv.new: No such file or directory"
    }
  }
}
