import Time

/// Packet time made steady: it never goes back, so that windows and time-outs hold.
///
/// A packet slightly older than the newest one (reordering, several queues of a network card) is
/// taken as it is by its flow and changes nothing here. When the capture's clock was set back by
/// more than ``tolerance``, the difference is added to all that follows.
struct PacketClock {
  /// How far back a packet may lie before it counts as a step of the clock. µs.
  static let tolerance: Int64 = 2_000_000

  /// The newest steady time; nil before the first.
  private(set) var now: Int64?
  /// Steady time − packet time. µs.
  private var offset: Int64 = 0
  /// How often the capture's clock was set back.
  private(set) var steps = 0

  /// The steady time of a packet or a segment's clock.
  mutating func take(_ time: Timestamp) -> Int64 {
    let clamped = min(max(time.microseconds, -(1 << 60)), 1 << 60)
    guard let now else {
      self.now = clamped
      return clamped
    }
    var steady = clamped + offset
    if steady < now - Self.tolerance {
      // However often a forged capture goes to and fro, time stands still rather than overflow.
      offset = min(offset + (now - steady), 1 << 61)
      steps += 1
      steady = now
    }
    self.now = max(now, steady)
    return steady
  }
}
