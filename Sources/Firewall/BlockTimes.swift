/// How long a block lasts: fail2ban's words. All in seconds.
public struct BlockTimes: Hashable, Sendable {
  /// The first block.
  public var bantime = 600
  /// By how much each return of an address that is not forgotten lengthens the next one.
  public var factor = 2.0
  /// The longest block, and how long after its end an address is forgotten.
  public var maxtime = 604_800
  /// How long an address that a person unblocked is left alone.
  public var pardon = 600

  /// 10 minutes, doubled each time, a week at most.
  public init() {}

  /// The length of a block after `returns` earlier ones.
  public func length(returns: Int) -> Int {
    var length = Double(bantime)
    for _ in 0..<min(max(returns, 0), 64) where length < Double(maxtime) { length *= factor }
    return max(1, Int(min(length, Double(maxtime))))
  }
}
