public import Addresses

/// The addresses and blocks that people said are never blocked.
///
/// One address or CIDR block a line; `#` begins a comment, blank lines are nothing.
public struct Whitelist: Hashable, Sendable {
  /// One line of the file.
  public struct Entry: Hashable, Sendable {
    /// What it covers.
    public let prefix: Prefix
    /// Where it stands and what it says: `whitelist.txt:7 10.0.0.0/24 # nurse station`.
    public let rule: String
  }

  /// The entries, in the order of the file.
  public let entries: [Entry]
  private let trie: PrefixTrie<Int>

  /// A list without entries.
  public init() { self.init(entries: []) }

  /// Reads the text of a list.
  ///
  /// - Parameters:
  ///   - text: the whole file.
  ///   - file: its name, for rules and errors.
  /// - Throws: ``FirewallError`` naming file, line number and text of the first broken line.
  public init(text: String, file: String) throws(FirewallError) {
    var entries: [Entry] = []
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let parts = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let words = parts[0].split(whereSeparator: \.isWhitespace)
      guard let word = words.first else { continue }
      let rule = "\(file):\(number) \(Self.trimmed(line))"
      guard words.count == 1, let prefix = Prefix(String(word)) else {
        throw FirewallError(
          "unable to read \(file) line \(number): '\(Self.trimmed(line))' is no address or CIDR block"
        )
      }
      entries.append(Entry(prefix: prefix, rule: rule))
      if let inner = prefix.mappedV4 { entries.append(Entry(prefix: inner, rule: rule)) }
    }
    self.init(entries: entries)
  }

  private init(entries: [Entry]) {
    self.entries = entries
    var trie = PrefixTrie<Int>()
    for (index, entry) in entries.enumerated().reversed() { trie.insert(entry.prefix, index) }
    self.trie = trie
  }

  /// The line that covers `address`, the longest block first; nil if none does.
  public func rule(sparing address: IPAddress) -> String? {
    if let match = trie.longestMatch(address) { return entries[match.value].rule }
    guard let inner = address.embeddedV4, let match = trie.longestMatch(inner) else { return nil }
    return entries[match.value].rule
  }

  /// The first line that covers a part of `prefix`; nil if none does.
  public func rule(sparing prefix: Prefix) -> String? {
    if prefix.isSingle { return rule(sparing: prefix.address) }
    let inner = prefix.embeddedV4
    return entries.first { entry in
      entry.prefix.overlaps(prefix) || inner.map { entry.prefix.overlaps($0) } ?? false
    }?.rule
  }

  private static func trimmed(_ line: Substring) -> String {
    let kept = line.drop(while: \.isWhitespace).unicodeScalars.prefix(160)
    var text = String(kept.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// Equal entries make an equal list.
  public static func == (left: Whitelist, right: Whitelist) -> Bool {
    left.entries == right.entries
  }

  /// Hashes the entries.
  public func hash(into hasher: inout Hasher) { hasher.combine(entries) }
}
