public import Addresses

/// Everything that says "never block this": asked before a row is counted, and once more, last,
/// before anything is handed to a backend.
public struct SpareRules: Hashable, Sendable {
  /// What people wrote.
  public var whitelist: Whitelist
  /// What the host needs.
  public var protected: ProtectedSet

  /// Both lists.
  public init(whitelist: Whitelist = Whitelist(), protected: ProtectedSet = ProtectedSet()) {
    self.whitelist = whitelist
    self.protected = protected
  }

  /// The rule that spares `prefix` or a part of it; nil if it may be blocked.
  public func rule(sparing prefix: Prefix) -> String? {
    whitelist.rule(sparing: prefix) ?? protected.rule(sparing: prefix)
  }

  /// What the kernel accepts above the drop: both lists, none within another.
  public var prefixes: [Prefix] {
    Prefix.disjoint(whitelist.entries.map(\.prefix) + protected.prefixes)
  }
}
