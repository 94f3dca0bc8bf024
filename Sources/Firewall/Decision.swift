public import Time

/// What was decided about one row: the cells that `mitigate` adds to it.
public struct Decision: Hashable, Sendable {
  /// What was done.
  public var action: Action
  /// Why, for a person; never empty.
  public var reason: String
  /// The rule that spared the source, with file and line where it has one; nil if none did.
  public var sparedBy: String?
  /// When the block ends, wall time; nil if there is none.
  public var expires: Timestamp?

  /// Makes a decision from its parts.
  public init(
    _ action: Action, _ reason: String, sparedBy: String? = nil, expires: Timestamp? = nil
  ) {
    self.action = action
    self.reason = reason
    self.sparedBy = sparedBy
    self.expires = expires
  }
}
