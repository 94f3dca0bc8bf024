import Addresses

extension IPAddress {
  /// The address as octets that sort as addresses do: family, then 4 or 16 octets.
  var key: [UInt8] {
    let octets = family.bits / 8
    return [family.rawValue]
      + (0..<octets).map { UInt8(truncatingIfNeeded: number >> UInt128(8 * (octets - 1 - $0))) }
  }
}
