/// Count, sum, sum of squares and range of a stream of whole numbers in constant memory, exactly: the
/// order in which numbers come, or parts are merged, changes nothing.
///
/// The sum of squares saturates at 2⁶⁴. Gaps cannot reach it: their sum is at most the active time-out,
/// an hour or 3.6 × 10⁹ µs, and the squares' sum at most the square of that. Lengths would need 2²⁸
/// packets of 256 KiB.
struct Moments: BitwiseCopyable {
  private var total: UInt64 = 0
  private(set) var squares: UInt64 = 0
  private(set) var count: UInt32 = 0
  private var least: UInt32 = 0
  private var most: UInt32 = 0

  var sum: Double { Double(total) }
  /// The sum as it was added up.
  var wholeSum: UInt64 { total }
  var min: Double { Double(least) }
  var max: Double { Double(most) }

  /// 0 if there is no number.
  var mean: Double { count > 0 ? Double(total) / Double(count) : 0 }

  /// Sample variance (n − 1); 0 for fewer than two numbers.
  var variance: Double {
    guard count > 1 else { return 0 }
    // n Σx² − (Σx)², whole until the one division.
    let weighted = squares.multipliedFullWidth(by: UInt64(count))
    let square = total.multipliedFullWidth(by: total)
    let (low, borrow) = weighted.low.subtractingReportingOverflow(square.low)
    let (high, isNegative) = weighted.high.subtractingReportingOverflow(
      square.high &+ (borrow ? 1 : 0))
    guard !isNegative else { return 0 }
    return (Double(high) * 0x1p64 + Double(low)) / (Double(count) * Double(count - 1))
  }

  /// Sample standard deviation.
  var deviation: Double { variance.squareRoot() }

  /// Takes a number; what is below 0 or above 2³² − 1 is taken as that bound.
  @inline(__always) mutating func add(_ value: Int) {
    let value = UInt32(clamping: value)
    least = count == 0 ? value : Swift.min(least, value)
    most = Swift.max(most, value)
    count &+= 1
    total &+= UInt64(value)
    add(squares: UInt64(value) &* UInt64(value))
  }

  @inline(__always) private mutating func add(squares more: UInt64) {
    let (sum, overflow) = squares.addingReportingOverflow(more)
    squares = overflow ? .max : sum
  }

  mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    least = count == 0 ? other.least : Swift.min(least, other.least)
    most = Swift.max(most, other.most)
    count &+= other.count
    total &+= other.total
    add(squares: other.squares)
  }

  func merged(_ other: Moments) -> Moments {
    var both = self
    both.merge(other)
    return both
  }
}
