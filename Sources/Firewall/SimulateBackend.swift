public import Addresses

/// Blocks nobody: keeps the very text that ``NftablesBackend`` would load.
public struct SimulateBackend: Backend {
  /// What the column `backend` says.
  public var name: String { "simulate" }

  private let show: (String) -> Void

  /// A backend that hands each transaction's text to `show`.
  public init(show: @escaping (String) -> Void = { _ in }) { self.show = show }

  /// Shows the whole table.
  public mutating func start(
    protected: [Prefix], blocks: [Installation]
  ) throws(FirewallError) -> Reconciliation {
    show(NftablesText.table(protected: protected) + NftablesText.additions(blocks))
    var result = Reconciliation()
    result.added = blocks.map(\.prefix)
    return result
  }

  /// Shows the transaction.
  public mutating func apply(_ changes: [Change]) throws(FirewallError) {
    if !changes.isEmpty { show(NftablesText.changes(changes)) }
  }

  /// Shows the protected sets.
  public mutating func protect(_ prefixes: [Prefix]) throws(FirewallError) {
    show(NftablesText.protect(prefixes))
  }

  /// Always: there is nothing to lose.
  public mutating func isIntact() -> Bool { true }
}
