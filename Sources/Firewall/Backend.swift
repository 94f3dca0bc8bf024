public import Addresses

/// A block as a backend needs it.
public struct Installation: Hashable, Sendable {
  /// Whose packets to drop.
  public var prefix: Prefix
  /// For how long from now. s, at least 1.
  public var seconds: Int
  /// A word for whoever looks at the kernel's table.
  public var comment: String

  /// Makes an installation from its parts.
  public init(prefix: Prefix, seconds: Int, comment: String) {
    self.prefix = prefix
    self.seconds = seconds
    self.comment = comment
  }
}

/// One change of what a backend drops.
public enum Change: Hashable, Sendable {
  /// Drop, from now on; if it is dropped already, until the new end.
  case block(Installation)
  /// Drop no longer; nothing happens if it was not dropped.
  case unblock(Prefix)

  /// Whom the change is about.
  public var prefix: Prefix {
    switch self {
    case .block(let installation): installation.prefix
    case .unblock(let prefix): prefix
    }
  }
}

/// What a backend found and mended when it started.
public struct Reconciliation: Hashable, Sendable {
  /// Blocks that it had already, with the right end.
  public var kept = 0
  /// Blocks that were missing, or had another end.
  public var added: [Prefix] = []
  /// Blocks that it had and the list has not.
  public var removed: [Prefix] = []
  /// Blocks of the list that it would not take; all others are in force.
  public var refused: [Prefix] = []
  /// Whether its table had another shape and was made anew.
  public var rebuilt = false

  /// Nothing found, nothing mended.
  public init() {}
}

/// Something that drops packets by their source.
///
/// To add one: a file in this folder, a case in `mitigate`'s option. A backend keeps blocks in force
/// until their end even if this process dies, and never drops what it was told to protect.
public protocol Backend {
  /// What the column `backend` says.
  var name: String { get }

  /// Makes its tables, protects `protected`, and brings what it drops in line with `blocks`.
  mutating func start(
    protected: [Prefix], blocks: [Installation]
  ) throws(FirewallError) -> Reconciliation

  /// Makes all `changes`, or none.
  mutating func apply(_ changes: [Change]) throws(FirewallError)

  /// Protects `prefixes`, none within another, in place of those before.
  mutating func protect(_ prefixes: [Prefix]) throws(FirewallError)

  /// Whether its tables are still as it made them; false if somebody else flushed them.
  mutating func isIntact() -> Bool
}
