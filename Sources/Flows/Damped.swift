/// Count, mean and spread of packet sizes, each packet weighing 2^(−λΔt): Kitsune's damped incremental
/// statistics (Mirsky et al., NDSS 2018, AfterImage) with λ = 0.1 a second, so that a packet ten
/// seconds old weighs half. Damped at ticks, not at packets.
struct Damped: BitwiseCopyable {
  private var weight = 0.0
  private var linear = 0.0
  private var squared = 0.0
  private var time: Int64 = 0

  /// Adds numbers by their count, sum and sum of squares.
  mutating func add(_ count: Double, _ sum: Double, _ squares: Double, at now: Int64) {
    let decay = Self.decay(now - time)
    time = now
    weight = weight * decay + count
    linear = linear * decay + sum
    squared = squared * decay + squares
  }

  var mean: Double { weight > 0 ? linear / weight : 0 }

  var deviation: Double {
    guard weight > 0 else { return 0 }
    return max(0, squared / weight - mean * mean).squareRoot()
  }

  /// 2^(−Δt / 10 s), by whole halvings and a table of 1/256 of them.
  private static func decay(_ microseconds: Int64) -> Double {
    let steps = max(0, microseconds) / 39_062  // 10 s ÷ 256
    guard steps < 64 * 256 else { return 0 }
    return fractions[Int(steps & 255)] / Double(UInt64(1) << UInt64(steps >> 8))
  }

  /// 2^(−n / 256), from the one root by multiplication.
  private static let fractions: [Double] = {
    let root = 0.997_296_056_085_470_1  // 2^(−1/256)
    var values = [1.0]
    while values.count < 256 { values.append(values[values.count - 1] * root) }
    return values
  }()
}

/// The share of something among the last hundred or so of a kind: NSL-KDD's connection windows, with
/// old ones fading instead of a list. They hold against attacks that are slow on any clock.
struct RecentShare: BitwiseCopyable {
  private var share: Float = 0
  private var count: Float = 0

  mutating func add(_ isSo: Bool) {
    count = min(count + 1, 100)
    share += ((isSo ? 1 : 0) - share) / count
  }

  /// 0 to 1; 0 before the first.
  var value: Double { Double(share) }
}
