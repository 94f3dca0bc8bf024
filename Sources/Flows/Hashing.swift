import Addresses

/// A multiply-and-fold mix in the manner of wyhash.
@inline(__always)
func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = a.multipliedFullWidth(by: b)
  return product.high ^ product.low
}

extension IPAddress {
  /// 64 well-mixed bits, the same in every run: for sketches, whose estimates stand in rows. Two
  /// rounds, since one factor that an attacker makes 0 would hide the other.
  @inline(__always)
  var mixed: UInt64 {
    let first = mix(
      high ^ 0x9E37_79B9_7F4A_7C15, low ^ 0xD6E8_FEB8_6659_FD93 ^ UInt64(family.rawValue))
    return mix(first ^ low ^ 0xA076_1D64_78BD_642F, high ^ 0xE703_7ED1_A0B4_28DB)
  }

  /// 64 bits that depend on a secret.
  @inline(__always)
  func hash(_ seed: UInt64) -> UInt64 {
    mix(high ^ seed, low ^ UInt64(family.rawValue) << 56 ^ 0x9E37_79B9_7F4A_7C15 &* (seed | 1))
  }
}

/// A key of a ``BoundedTable``.
protocol TableKey: BitwiseCopyable, Equatable {
  /// 64 bits that depend on the table's secret, so that nobody can send keys that collide; nothing
  /// but the place in the table may depend on them.
  func hash(_ seed: UInt64) -> UInt64
}
