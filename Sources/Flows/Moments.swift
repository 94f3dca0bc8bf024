/// Count, mean, spread and range of a stream of numbers in constant memory.
///
/// Mean and sum of squares by Welford's method, merged by Chan's (Knuth, TAOCP 2, 4.2.2).
struct Moments: BitwiseCopyable {
  private(set) var count = 0.0
  private(set) var mean = 0.0
  private var squares = 0.0
  private(set) var min = 0.0
  private(set) var max = 0.0

  /// Mean × count.
  var sum: Double { mean * count }

  /// Sample variance (n − 1); 0 for fewer than two numbers.
  var variance: Double { count > 1 ? Swift.max(0, squares / (count - 1)) : 0 }

  /// Sample standard deviation.
  var deviation: Double { variance.squareRoot() }

  mutating func add(_ value: Double) {
    count += 1
    let delta = value - mean
    mean += delta / count
    squares += delta * (value - mean)
    if count == 1 {
      (min, max) = (value, value)
    } else {
      min = Swift.min(min, value)
      max = Swift.max(max, value)
    }
  }

  mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let total = count + other.count
    let delta = other.mean - mean
    squares += other.squares + delta * delta * count * other.count / total
    mean += delta * other.count / total
    count = total
    min = Swift.min(min, other.min)
    max = Swift.max(max, other.max)
  }

  func merged(_ other: Moments) -> Moments {
    var both = self
    both.merge(other)
    return both
  }
}
