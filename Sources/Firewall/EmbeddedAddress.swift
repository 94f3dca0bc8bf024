public import Addresses

extension IPAddress {
  /// The IPv4 address inside an IPv6 address: mapped `::ffff:0:0/96`, compatible `::/96` (RFC 4291),
  /// NAT64 `64:ff9b::/96` (RFC 6052), 6to4 `2002::/16` (RFC 3056); nil if there is none.
  public var embeddedV4: IPAddress? {
    guard family == .v6 else { return nil }
    if high >> 48 == 0x2002 {
      return IPAddress(v4: UInt32(truncatingIfNeeded: high >> 16))
    }
    let isMapped = high == 0 && low >> 32 == 0xFFFF
    let isCompatible = high == 0 && low >> 32 == 0 && low > 1
    let isTranslated = high == 0x0064_FF9B_0000_0000 && low >> 32 == 0
    guard isMapped || isCompatible || isTranslated else { return nil }
    return IPAddress(v4: UInt32(truncatingIfNeeded: low))
  }
}

extension Prefix {
  /// The IPv4 block inside an IPv6 block; nil if there is none, or the block holds more than that.
  public var embeddedV4: Prefix? {
    guard let inner = address.embeddedV4 ?? last.embeddedV4 else { return nil }
    let offset = address.high >> 48 == 0x2002 ? 16 : 96
    return length < offset ? nil : Prefix(inner, length: min(32, length - offset))
  }

  /// The IPv4 block that people mean when they write it mapped: `::ffff:192.0.2.0/120` is
  /// 192.0.2.0/24; nil for all else.
  public var mappedV4: Prefix? {
    guard address.family == .v6, address.high == 0, address.low >> 32 == 0xFFFF, length >= 96
    else { return nil }
    return Prefix(IPAddress(v4: UInt32(truncatingIfNeeded: address.low)), length: length - 96)
  }

  /// The blocks of `prefixes` that lie in no other one, in order: what an interval set can hold.
  public static func disjoint(_ prefixes: some Sequence<Prefix>) -> [Prefix] {
    let sorted = prefixes.sorted { ($0.address, $0.length) < ($1.address, $1.length) }
    return sorted.reduce(into: []) { kept, prefix in
      if let last = kept.last, last.overlaps(prefix), last.address.family == prefix.address.family {
        return
      }
      kept.append(prefix)
    }
  }
}
