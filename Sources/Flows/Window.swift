/// Counts over a sliding window of packet time, from two fixed cells: what the current cell holds,
/// and the share of the previous one that the window still covers.
///
/// The usual estimate of rate limiters; exact for steady traffic, constant memory.
struct Window: BitwiseCopyable {
  typealias Counts = SIMD8<Double>

  private var cell: Int64 = .min
  private var current = Counts()
  private var previous = Counts()

  /// Adds to the cell that holds the moment before `time`.
  mutating func add(_ counts: Counts, at time: Int64, width: Int64) {
    roll(to: time, width)
    current += counts
  }

  /// The counts of the window of `width` µs that ends at `time`.
  func sum(at time: Int64, width: Int64) -> Counts {
    var copy = self
    copy.roll(to: time, width)
    let into = Double(time - copy.cell * width) / Double(width)
    return copy.current + copy.previous * max(0, 1 - into)
  }

  /// A tick's boundary belongs to the cell it ends.
  private mutating func roll(to time: Int64, _ width: Int64) {
    let newCell = (time - 1) / width
    guard newCell != cell else { return }
    previous = newCell == cell &+ 1 ? current : Counts()
    current = Counts()
    cell = newCell
  }
}

/// An estimate of how many distinct things were seen: HyperLogLog with 64 registers, standard error
/// 13 %, linear counting while few (Flajolet et al., 2007).
struct DistinctSketch: BitwiseCopyable {
  private var registers = SIMD64<UInt8>()

  mutating func add(_ hash: UInt64) {
    let register = Int(hash & 63)
    let rank = UInt8((hash >> 6 | 1 << 58).trailingZeroBitCount + 1)
    if rank > registers[register] { registers[register] = rank }
  }

  func merged(_ other: DistinctSketch) -> DistinctSketch {
    var both = self
    // Byte by byte in memory, which the compiler turns into vectors; SIMD64's own operators are not.
    withUnsafeMutableBytes(of: &both.registers) { mine in
      withUnsafeBytes(of: other.registers) { theirs in
        for index in 0..<64 { mine[index] = max(mine[index], theirs[index]) }
      }
    }
    return both
  }

  var estimate: Double {
    var sum = 0.0
    var empty = 0
    withUnsafeBytes(of: registers) { ranks in
      // 2⁻ʳ, whose significand is 1, by its exponent's bits (IEEE 754).
      for rank in ranks { sum += Double(bitPattern: (1_023 &- UInt64(rank)) &<< 52) }
      empty = ranks.count { $0 == 0 }
    }
    let raw = 0.709 * 64 * 64 / sum
    let estimate = raw <= 160 && empty > 0 ? 64 * Self.logarithms[empty] : raw
    return estimate.rounded()
  }

  /// ln(64 / n): linear counting without a call to libm, so that rows are the same everywhere.
  private static let logarithms: [Double] = (0...64).map { empty in
    guard empty > 0 else { return 0 }
    // ln(x) = 2 artanh((x − 1) / (x + 1)), summed after taking out powers of two.
    var x = 64 / Double(empty)
    var doublings = 0.0
    while x > 1.5 {
      x /= 2
      doublings += 1
    }
    let y = (x - 1) / (x + 1)
    var (term, series) = (y, 0.0)
    for odd in stride(from: 1.0, through: 41, by: 2) {
      series += term / odd
      term *= y * y
    }
    return 2 * series + doublings * 0.693_147_180_559_945_3
  }
}

/// A ``DistinctSketch`` over the current and the previous cell: one to two windows.
struct DistinctWindow: BitwiseCopyable {
  private var cell: Int64 = .min
  private var current = DistinctSketch()
  private var previous = DistinctSketch()

  mutating func add(_ hash: UInt64, at time: Int64, width: Int64) {
    roll(to: time, width)
    current.add(hash)
  }

  func estimate(at time: Int64, width: Int64) -> Double {
    var copy = self
    copy.roll(to: time, width)
    return copy.current.merged(copy.previous).estimate
  }

  private mutating func roll(to time: Int64, _ width: Int64) {
    let newCell = (time - 1) / width
    guard newCell != cell else { return }
    previous = newCell == cell &+ 1 ? current : DistinctSketch()
    current = DistinctSketch()
    cell = newCell
  }
}
