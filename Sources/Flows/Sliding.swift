/// The number of the cell that holds the moment before `time`; times before 1970 are negative.
@inline(__always) func cellNumber(_ time: Int64, _ width: Int64) -> Int64 {
  (time > 0 ? time - 1 : time - width) / width
}

/// What a cell of a ``Sliding`` window holds.
protocol WindowCell: BitwiseCopyable {
  init()
}

/// A sliding window of packet time from two fixed cells: the current one, and the share of the
/// previous one that the window still covers.
///
/// The usual estimate of rate limiters; exact for steady traffic, constant memory.
struct Sliding<Cell: WindowCell>: BitwiseCopyable {
  private(set) var current = Cell()
  private(set) var previous = Cell()
  private var number: Int64 = .min

  /// The cell that holds the moment before `time`, to be added to.
  @inline(__always) mutating func change(
    at time: Int64, width: Int64, _ body: (inout Cell) -> Void
  ) {
    roll(to: time, width)
    body(&current)
  }

  /// Moves on to `time`. A tick's boundary belongs to the cell it ends.
  @inline(__always) mutating func roll(to time: Int64, _ width: Int64) {
    let now = cellNumber(time, width)
    if now != number { begin(now) }
  }

  private mutating func begin(_ now: Int64) {
    previous = now == number &+ 1 ? current : Cell()
    current = Cell()
    number = now
  }

  /// How much of the previous cell the window of `width` µs that ends at `time` covers, 0 to 1. The
  /// window must have been rolled to `time`.
  func coverage(at time: Int64, _ width: Int64) -> Float {
    max(0, 1 - Float(time - number * width) / Float(width))
  }
}

/// Counts side by side, one a ``Lane``; whole up to 2²⁴, then to seven digits.
typealias Lanes = SIMD16<Float>

extension Lanes: WindowCell {}
extension Float: WindowCell {}

extension Sliding<Float> {
  /// Adds to the current cell.
  @inline(__always) mutating func add(_ number: Float, at time: Int64, _ width: Int64) {
    if number > 0 { change(at: time, width: width) { $0 += number } }
  }

  /// The count of the window that ends at `time`.
  mutating func total(at time: Int64, _ width: Int64) -> Double {
    roll(to: time, width)
    return Double(current + previous * coverage(at: time, width))
  }
}

extension Sliding<Lanes> {
  /// The counts of the window that ends at `time`.
  func sum(at time: Int64, _ width: Int64) -> Lanes {
    current + previous * coverage(at: time, width)
  }
}
