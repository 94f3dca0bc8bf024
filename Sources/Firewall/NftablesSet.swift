public import Addresses

/// The sets of `table inet ward`.
public enum NftablesSet: String, CaseIterable, Sendable {
  /// Never dropped; accepted above the drop.
  case protected4
  /// The same, IPv6.
  case protected6
  /// Single sources that are dropped: a hash, so that the number does not matter.
  case blocked4
  /// The same, IPv6.
  case blocked6
  /// Blocks of sources that are dropped: intervals.
  case blocked4_nets
  /// The same, IPv6.
  case blocked6_nets

  /// The sets that hold what is dropped.
  public static let blocked: [NftablesSet] = [.blocked4, .blocked6, .blocked4_nets, .blocked6_nets]

  /// The set in which `prefix` is blocked.
  public init(_ prefix: Prefix) {
    self =
      switch (prefix.address.family, prefix.isSingle) {
      case (.v4, true): .blocked4
      case (.v6, true): .blocked6
      case (.v4, false): .blocked4_nets
      case (.v6, false): .blocked6_nets
      }
  }

  /// What its elements are.
  public var family: IPAddress.Family {
    switch self {
    case .protected4, .blocked4, .blocked4_nets: .v4
    case .protected6, .blocked6, .blocked6_nets: .v6
    }
  }

  /// What stands between the braces of `add set`.
  public var definition: String {
    let type = "type \(family == .v4 ? "ipv4_addr" : "ipv6_addr");"
    return switch self {
    case .protected4, .protected6: "\(type) flags interval;"
    case .blocked4, .blocked6:
      "\(type) size \(BlockList.capacity); flags timeout; counter;"
    case .blocked4_nets, .blocked6_nets:
      "\(type) size 4096; flags interval, timeout; counter;"
    }
  }
}
