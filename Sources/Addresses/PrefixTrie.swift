/// Values by CIDR block, found by the longest block that holds an address.
///
/// A binary trie: a look-up walks at most 32 or 128 nodes, whatever the number of blocks.
public struct PrefixTrie<Value> {
  fileprivate struct Node {
    var children: (Int32, Int32) = (0, 0)
    var value: Value?
  }

  private var nodes: [Node] = [Node(), Node()]  // roots: IPv4, IPv6
  /// The number of blocks with a value.
  public private(set) var count = 0

  /// An empty trie.
  public init() {}

  /// Whether there is no block.
  public var isEmpty: Bool { count == 0 }

  /// Gives `prefix` a value, in place of any it had.
  public mutating func insert(_ prefix: Prefix, _ value: Value) {
    var node = prefix.address.family == .v4 ? 0 : 1
    let number = Self.aligned(prefix.address)
    for depth in 0..<prefix.length {
      let one = number >> UInt128(127 - depth) & 1 == 1
      var next = Int(one ? nodes[node].children.1 : nodes[node].children.0)
      if next == 0 {
        next = nodes.count
        nodes.append(Node())
        if one {
          nodes[node].children.1 = Int32(next)
        } else {
          nodes[node].children.0 = Int32(next)
        }
      }
      node = next
    }
    if nodes[node].value == nil { count += 1 }
    nodes[node].value = value
  }

  /// The longest block that holds `address`, and its value.
  public func longestMatch(_ address: IPAddress) -> (prefix: Prefix, value: Value)? {
    var node = address.family == .v4 ? 0 : 1
    let number = Self.aligned(address)
    var best: (Int, Value)?
    for depth in 0...address.family.bits {
      if let value = nodes[node].value { best = (depth, value) }
      guard depth < address.family.bits else { break }
      let one = number >> UInt128(127 - depth) & 1 == 1
      node = Int(one ? nodes[node].children.1 : nodes[node].children.0)
      if node == 0 { break }
    }
    guard let best, let prefix = Prefix(address, length: best.0) else { return nil }
    return (prefix, best.1)
  }

  private static func aligned(_ address: IPAddress) -> UInt128 {
    address.family == .v4 ? address.number << 96 : address.number
  }
}

extension PrefixTrie.Node: Sendable where Value: Sendable {}
extension PrefixTrie: Sendable where Value: Sendable {}
