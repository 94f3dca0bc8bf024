public import Addresses

/// What the host said of itself: the addresses without which it, or the way to it, is lost.
public struct HostAddresses: Hashable, Sendable {
  /// The addresses of its own interfaces.
  public var own: [IPAddress]
  /// The broadcast addresses of its networks.
  public var broadcasts: [IPAddress]
  /// The routers it sends through.
  public var gateways: [IPAddress]
  /// The name servers it asks.
  public var resolvers: [IPAddress]

  /// Makes a host from its parts.
  public init(
    own: [IPAddress] = [], broadcasts: [IPAddress] = [], gateways: [IPAddress] = [],
    resolvers: [IPAddress] = []
  ) {
    self.own = own
    self.broadcasts = broadcasts
    self.gateways = gateways
    self.resolvers = resolvers
  }
}

/// The addresses that are never blocked, whatever anybody says: checked last before acting, and
/// accepted above the drop in the kernel's table.
public struct ProtectedSet: Hashable, Sendable {
  /// The shortest block that may be blocked.
  public static let shortest: [IPAddress.Family: Int] = [.v4: 24, .v6: 56]

  private let entries: [(prefix: Prefix, rule: String)]
  private let trie: PrefixTrie<Int>

  /// The set of a host and of what its configuration adds.
  public init(_ host: HostAddresses = HostAddresses(), configured: [Prefix] = []) {
    var entries = Self.always
    entries += host.own.map { (Prefix($0), "protected: this host's own \($0)") }
    entries += host.broadcasts.map { (Prefix($0), "protected: broadcast \($0)") }
    entries += host.gateways.map { (Prefix($0), "protected: gateway \($0)") }
    entries += host.resolvers.map { (Prefix($0), "protected: resolver \($0)") }
    entries += configured.map { ($0, "protected: configured \($0)") }
    for (prefix, rule) in entries {
      if let inner = prefix.mappedV4 { entries.append((inner, rule)) }
    }
    var trie = PrefixTrie<Int>()
    // The first reason given for an address is the one that is told.
    for (index, entry) in entries.enumerated().reversed() { trie.insert(entry.prefix, index) }
    self.entries = entries
    self.trie = trie
  }

  /// The blocks, none within another: what the kernel's sets hold.
  public var prefixes: [Prefix] { Prefix.disjoint(entries.lazy.map(\.prefix)) }

  /// Why `prefix` is never blocked; nil if it may be.
  public func rule(sparing prefix: Prefix) -> String? {
    if prefix.length < Self.shortest[prefix.address.family, default: 0] {
      return "protected: \(prefix) is wider than /24 or /56"
    }
    if let match = trie.longestMatch(prefix.address) { return entries[match.value].rule }
    let inner = prefix.embeddedV4
    if prefix.isSingle {
      return inner.flatMap { trie.longestMatch($0.address) }.map { entries[$0.value].rule }
    }
    return entries.first { entry in
      entry.prefix.overlaps(prefix) || inner.map { entry.prefix.overlaps($0) } ?? false
    }?.rule
  }

  private static let always: [(prefix: Prefix, rule: String)] = [
    ("0.0.0.0/8", "unspecified"), ("::/128", "unspecified"),
    ("127.0.0.0/8", "loopback"), ("::1/128", "loopback"),
    ("169.254.0.0/16", "link-local"), ("fe80::/10", "link-local"),
    ("224.0.0.0/4", "multicast"), ("ff00::/8", "multicast"),
    ("255.255.255.255/32", "broadcast"),
  ].compactMap { text, kind in Prefix(text).map { ($0, "protected: \(kind) \(text)") } }

  /// Equal entries make an equal list.
  public static func == (left: ProtectedSet, right: ProtectedSet) -> Bool {
    left.entries.elementsEqual(right.entries, by: ==)
  }

  /// Hashes the entries.
  public func hash(into hasher: inout Hasher) {
    for entry in entries { hasher.combine(entry.prefix) }
  }
}
