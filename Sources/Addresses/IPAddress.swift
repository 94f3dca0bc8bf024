/// An IPv4 or IPv6 address.
///
/// An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) is an IPv6 address here: on the wire it is one.
/// IPv4 addresses sort before IPv6 addresses.
public struct IPAddress: Hashable, Sendable, BitwiseCopyable {
  /// The version of the Internet Protocol an address belongs to.
  public enum Family: UInt8, Sendable, BitwiseCopyable {
    case v4 = 4
    case v6 = 6

    /// The number of bits in an address: 32 or 128.
    public var bits: Int { self == .v4 ? 32 : 128 }
  }

  /// The upper 64 bits of an IPv6 address; 0 for IPv4.
  public let high: UInt64
  /// The lower 64 bits of an IPv6 address; an IPv4 address in the lowest 32.
  public let low: UInt64
  /// Which protocol the address belongs to.
  public let family: Family

  /// An IPv4 address from its 32 bits in host order (`0xC000_0201` is 192.0.2.1).
  @inlinable public init(v4 bits: UInt32) {
    high = 0
    low = UInt64(bits)
    family = .v4
  }

  /// An IPv6 address from its two halves in host order.
  @inlinable public init(v6 high: UInt64, _ low: UInt64) {
    self.high = high
    self.low = low
    family = .v6
  }

  /// `0.0.0.0` or `::`.
  public static func unspecified(_ family: Family) -> IPAddress {
    family == .v4 ? IPAddress(v4: 0) : IPAddress(v6: 0, 0)
  }

  /// The address as one number; an IPv4 address in the lowest 32 bits.
  @inlinable public var number: UInt128 { UInt128(high) << 64 | UInt128(low) }

  /// The address with all but its first `length` bits cleared.
  public func masked(to length: Int) -> IPAddress {
    let kept = number & IPAddress.mask(family, length)
    return family == .v4
      ? IPAddress(v4: UInt32(truncatingIfNeeded: kept))
      : IPAddress(v6: UInt64(truncatingIfNeeded: kept >> 64), UInt64(truncatingIfNeeded: kept))
  }

  static func mask(_ family: Family, _ length: Int) -> UInt128 {
    let free = family.bits - length
    let all: UInt128 = family == .v4 ? UInt128(UInt32.max) : .max
    return free >= 128 ? 0 : (all >> UInt128(free)) << UInt128(free)
  }

  /// Addresses that name no single host: `0.0.0.0`, `::`.
  public var isUnspecified: Bool { high == 0 && low == 0 }

  /// 127.0.0.0/8 or ::1.
  public var isLoopback: Bool {
    family == .v4 ? low >> 24 == 127 : high == 0 && low == 1
  }

  /// 224.0.0.0/4 or ff00::/8 (RFC 5771, RFC 4291).
  public var isMulticast: Bool {
    family == .v4 ? low >> 28 == 0xE : high >> 56 == 0xFF
  }

  /// The limited broadcast address 255.255.255.255.
  public var isBroadcast: Bool { family == .v4 && low == 0xFFFF_FFFF }

  /// 169.254.0.0/16 or fe80::/10 (RFC 3927, RFC 4291).
  public var isLinkLocal: Bool {
    family == .v4 ? low >> 16 == 0xA9FE : high >> 54 == 0x3FA
  }
}

extension IPAddress: Comparable {
  /// By version, then by number.
  @inlinable public static func < (left: IPAddress, right: IPAddress) -> Bool {
    left.family == right.family
      ? left.number < right.number : left.family.rawValue < right.family.rawValue
  }
}
