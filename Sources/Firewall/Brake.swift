public import Time

/// A cap on new automatic blocks within any minute: what a wrong model, or a forger, can do at most.
public struct Brake: Hashable, Sendable {
  /// The most new blocks in 60 s; 0 allows none.
  public let perMinute: Int
  private var recent: [Timestamp] = []

  /// A brake that allows `perMinute` new blocks in any 60 s.
  public init(perMinute: Int = 60) { self.perMinute = perMinute }

  /// Whether no new block may be made at `now`.
  public mutating func isOn(_ now: Timestamp) -> Bool {
    recent.removeAll { now.microseconds(since: $0).magnitude >= 60_000_000 }
    return recent.count >= perMinute
  }

  /// Counts a new block.
  public mutating func count(_ now: Timestamp) { recent.append(now) }
}
