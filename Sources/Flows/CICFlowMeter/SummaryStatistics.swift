/// Count, sum, mean, spread and range of a stream of numbers, with the very additions that Apache
/// Commons Math 3 makes (`SummaryStatistics`), so that the last digit is the same.
///
/// ``Moments`` is the one to use where no other tool's digits matter.
struct SummaryStatistics: BitwiseCopyable {
  private(set) var count = 0
  private(set) var sum = 0.0
  private var first = 0.0
  private var second = 0.0
  /// NaN before the first number.
  private(set) var min = Double.nan
  /// NaN before the first number.
  private(set) var max = Double.nan

  mutating func add(_ value: Double) {
    count += 1
    sum += value
    let deviation = value - first
    let share = deviation / Double(count)
    first += share
    second += (Double(count) - 1) * deviation * share
    if !(min <= value) { min = value }
    if !(max >= value) { max = value }
  }

  /// NaN before the first number.
  var mean: Double { count == 0 ? .nan : first }

  /// Sample variance (n − 1); 0 for one number, NaN before it.
  var variance: Double { count == 0 ? .nan : count == 1 ? 0 : second / (Double(count) - 1) }

  /// Sample standard deviation; 0 for one number, NaN before it.
  var deviation: Double { variance.squareRoot() }
}
