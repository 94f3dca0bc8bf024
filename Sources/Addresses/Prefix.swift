/// A CIDR block: an address whose bits beyond `length` are zero (RFC 4632).
public struct Prefix: Hashable, Sendable {
  /// The first address of the block.
  public let address: IPAddress
  /// The number of leading bits that all members share: 0 to 32 or 0 to 128.
  public let length: Int

  /// The block of `length` leading bits that holds `address`; nil if `length` is out of range.
  public init?(_ address: IPAddress, length: Int) {
    guard (0...address.family.bits).contains(length) else { return nil }
    self.address = address.masked(to: length)
    self.length = length
  }

  /// The block of one address.
  public init(_ address: IPAddress) {
    self.address = address
    length = address.family.bits
  }

  /// Whether the block is one single address.
  public var isSingle: Bool { length == address.family.bits }

  /// Whether `other` lies in the block.
  public func contains(_ other: IPAddress) -> Bool {
    other.family == address.family && other.masked(to: length) == address
  }

  /// Whether the two blocks share an address.
  public func overlaps(_ other: Prefix) -> Bool {
    length <= other.length ? contains(other.address) : other.contains(address)
  }

  /// The last address of the block: in IPv4 its broadcast address.
  public var last: IPAddress {
    let all = IPAddress.mask(address.family, address.family.bits)
    let number = address.number | (all & ~IPAddress.mask(address.family, length))
    return address.family == .v4
      ? IPAddress(v4: UInt32(truncatingIfNeeded: number))
      : IPAddress(v6: UInt64(truncatingIfNeeded: number >> 64), UInt64(truncatingIfNeeded: number))
  }
}

extension Prefix: LosslessStringConvertible, CustomStringConvertible {
  /// Reads `192.0.2.0/24`, `2001:db8::/32` or a bare address; nil for anything else. Bits beyond
  /// the length are cleared, as `ip route` and `nft` do.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])) else { return nil }
    guard parts.count == 2 else {
      self.init(address)
      return
    }
    guard (1...3).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
      let length = Int(parts[1])
    else { return nil }
    self.init(address, length: length)
  }

  /// `address/length`; the bare address when the block holds only one.
  public var description: String { isSingle ? "\(address)" : "\(address)/\(length)" }
}
