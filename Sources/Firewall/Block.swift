public import Addresses
public import Time

/// Which row of which segment.
public struct Place: Hashable, Sendable {
  /// The segment's name without extension; `-` for a person's order.
  public var segment: String
  /// Its row, from 1; 0 for a person's order.
  public var row: Int

  /// Row `row` of `segment`.
  public init(segment: String, row: Int) {
    self.segment = segment
    self.row = row
  }

  /// No row: somebody said so.
  public static let order = Place(segment: "-", row: 0)
}

/// A block in force.
public struct Block: Hashable, Sendable {
  /// Who.
  public var prefix: Prefix
  /// Wall time of its begin.
  public var since: Timestamp
  /// Wall time of its end.
  public var until: Timestamp
  /// Blocks of the same address before this one that are not forgotten.
  public var returns: Int
  /// `ward`, or the person who ordered it.
  public var by: String
  /// The row that tipped the scale.
  public var place: Place
  /// Why, for a person.
  public var reason: String

  /// Makes a block from its parts.
  public init(
    prefix: Prefix, since: Timestamp, until: Timestamp, returns: Int, by: String, place: Place,
    reason: String
  ) {
    self.prefix = prefix
    self.since = since
    self.until = until
    self.returns = returns
    self.by = by
    self.place = place
    self.reason = reason
  }

  /// Seconds that are left at `now`, rounded up, at least 1; never more than the whole block, though
  /// the clock was set back since.
  public func secondsLeft(_ now: Timestamp) -> Int {
    let whole = until.microseconds(since: since)
    let left = min(until.microseconds(since: now), whole)
    return Int(max(1, left / 1_000_000 + (left % 1_000_000 > 0 ? 1 : 0)))
  }
}
