/// The gaps between the starts of a pair's flows, for who calls home by the clock: their mean and
/// spread over about the last ``memory``, older ones fading.
///
/// Starts less than a second apart are one start: a page and its pictures, a question and its
/// repetition.
struct StartGaps: BitwiseCopyable {
  private var last: Int64 = .min
  /// How many gaps weigh, at most ``memory``.
  private(set) var count: Float = 0
  private var average: Double = 0
  private var spread: Double = 0

  /// How many gaps weigh.
  static let memory: Float = 32
  /// Shorter gaps are none. µs.
  static let shortest: Int64 = 1_000_000

  /// Takes a flow's start. µs.
  mutating func add(_ start: Int64) {
    let before = last
    last = max(last, start)
    guard before != .min, start - before >= Self.shortest else { return }
    take(Double(start - before) / 1e6)
  }

  /// Welford's recurrence, which becomes the exponentially weighted one (T. Finch, "Incremental
  /// calculation of weighted mean and variance", 2009) when the weight of a new gap no longer falls.
  private mutating func take(_ gap: Double) {
    count = min(count + 1, Self.memory)
    let weight = 1 / Double(count)
    let step = gap - average
    average += step * weight
    spread = (1 - weight) * (spread + step * step * weight)
  }

  /// Mean gap. s.
  var mean: Double { average }

  /// Standard deviation ÷ mean; 0 before there are gaps.
  var variation: Double { average > 0 ? spread.squareRoot() / average : 0 }
}
