import Addresses

/// A multiply-and-fold mix in the manner of wyhash: fast, and seeded per process only by the caller,
/// so that runs repeat.
@inline(__always)
func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = a.multipliedFullWidth(by: b)
  return product.high ^ product.low
}

extension IPAddress {
  /// 64 well-mixed bits.
  @inline(__always)
  var mixed: UInt64 {
    mix(high ^ 0x9E37_79B9_7F4A_7C15, low ^ 0xD6E8_FEB8_6659_FD93 ^ UInt64(family.rawValue))
  }
}

/// A key of a ``BoundedTable``: equality, and a hash that is the same in every run.
protocol TableKey: BitwiseCopyable, Equatable {
  var hash: UInt64 { get }
}
