/// An estimate of how many distinct things were seen: HyperLogLog with 64 registers, standard error
/// 13 %, linear counting while few (Flajolet et al., 2007).
struct DistinctSketch: BitwiseCopyable {
  private var registers = InlineArray<64, UInt8>(repeating: 0)
  /// The harmonic sum of 2⁻ʳ over the registers, as a whole number of 2⁻⁵⁷: exact.
  private var sum: UInt64 = 64 << 57
  private var empty: UInt8 = 64

  @inline(__always) mutating func add(_ hash: UInt64) {
    let register = Int(hash & 63)
    let rank = UInt8(truncatingIfNeeded: (hash >> 6 | 1 << 56).trailingZeroBitCount + 1)
    let old = registers[register]
    guard rank > old else { return }
    registers[register] = rank
    sum = sum &- 1 &<< (57 &- UInt64(old)) &+ 1 &<< (57 &- UInt64(rank))
    if old == 0 { empty &-= 1 }
  }

  /// How many distinct things were added.
  var estimate: Double {
    let raw = 0.709 * 64 * 64 / (Double(sum) * 0x1p-57)
    let estimate = raw <= 160 && empty > 0 ? 64 * Self.logarithms[Int(empty)] : raw
    return estimate.rounded()
  }

  /// ln(64 / n): linear counting.
  private static let logarithms: [Double] = (0...64).map { empty in
    empty > 0 ? (6 - binaryLogarithm(Double(empty))) * 0.693_147_180_559_945_3 : 0
  }
}

/// A ``DistinctSketch`` over the current and the previous cell: one to two windows.
struct DistinctWindow: BitwiseCopyable {
  private var current = DistinctSketch()
  private var both = DistinctSketch()
  private var number: Int64 = .min

  @inline(__always) mutating func add(_ hash: UInt64, at time: Int64, _ width: Int64) {
    roll(to: time, width)
    current.add(hash)
    both.add(hash)
  }

  /// How many distinct things the two cells saw.
  mutating func estimate(at time: Int64, _ width: Int64) -> Double {
    roll(to: time, width)
    return both.estimate
  }

  @inline(__always) private mutating func roll(to time: Int64, _ width: Int64) {
    let now = cellNumber(time, width)
    if now != number { begin(now) }
  }

  private mutating func begin(_ now: Int64) {
    both = now == number &+ 1 ? current : DistinctSketch()
    current = DistinctSketch()
    number = now
  }
}

/// log₂ of a finite number ≥ 1, within 10⁻¹⁵, without a call to libm, so that rows are the same everywhere.
func binaryLogarithm(_ value: Double) -> Double {
  // ln(x) = 2 artanh((x − 1) / (x + 1)), the significand first brought to √½ ... √2.
  var exponent = Double(value.exponent)
  var x = value.significand
  if x > 1.414_213_562_373_095 {
    x /= 2
    exponent += 1
  }
  let y = (x - 1) / (x + 1)
  let square = y * y
  var series = 0.0
  var odd = 27.0
  while odd >= 1 {
    series = series * square + 1 / odd
    odd -= 2
  }
  return exponent + 2 * y * series * 1.442_695_040_888_963_4
}
