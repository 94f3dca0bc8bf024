public import Addresses

/// Blocks through one nftables table of Ward's own, `inet ward`. Blocks end in the kernel by
/// themselves, whatever becomes of this process.
public struct NftablesBackend: Backend {
  /// What the column `backend` says.
  public var name: String { "nftables" }

  private let context: NftablesContext
  /// An end in the kernel may differ this much from the list's. s.
  private static let slack = 2

  /// A backend over an open context.
  ///
  /// - Throws: ``FirewallError`` if nftables cannot be used: no `CAP_NET_ADMIN`, no kernel support.
  public init(context: NftablesContext) throws(FirewallError) {
    self.context = context
    try context.run("list tables inet\n")
  }

  /// Loads the table, keeps the blocks that are right, mends the rest.
  public mutating func start(
    protected: [Prefix], blocks: [Installation]
  ) throws(FirewallError) -> Reconciliation {
    let text = NftablesText.table(protected: protected)
    do {
      try context.run(text)
    } catch {
      try context.run("add table inet ward\ndelete table inet ward\n" + text)
      var made = Reconciliation()
      made.rebuilt = true
      made.added = blocks.map(\.prefix)
      made.refused = try add(blocks)
      return made
    }
    return try reconcile(blocks)
  }

  /// Loads `changes` as one transaction.
  public mutating func apply(_ changes: [Change]) throws(FirewallError) {
    guard !changes.isEmpty else { return }
    try context.run(NftablesText.changes(changes))
  }

  /// Fills the protected sets anew, as one transaction.
  public mutating func protect(_ prefixes: [Prefix]) throws(FirewallError) {
    try context.run(NftablesText.protect(prefixes))
  }

  /// Whether both chains still hold the rules.
  public mutating func isIntact() -> Bool {
    guard let input = try? context.run("list chain inet ward input\n"),
      let forward = try? context.run("list chain inet ward forward\n")
    else { return false }
    return [input, forward].allSatisfy {
      $0.contains("@protected4") && $0.contains("@blocked4_nets") && $0.contains("drop")
    }
  }

  /// What the kernel drops now, with its counters.
  ///
  /// - Throws: ``FirewallError`` if there is no table.
  public func elements() throws(FirewallError) -> [NftablesListing.Element] {
    var elements: [NftablesListing.Element] = []
    for set in NftablesSet.blocked {
      elements += NftablesListing.elements(try context.run("list set inet ward \(set.rawValue)\n"))
    }
    return elements
  }

  private mutating func reconcile(_ blocks: [Installation]) throws(FirewallError) -> Reconciliation
  {
    var found: [Prefix: Int] = [:]
    for element in try elements() { found[element.prefix] = element.secondsLeft ?? Int.max }
    var result = Reconciliation()
    var stale: [Change] = []
    var missing: [Installation] = []
    for block in blocks {
      guard let left = found.removeValue(forKey: block.prefix) else {
        missing.append(block)
        continue
      }
      if (block.seconds - Self.slack...block.seconds + Self.slack).contains(left) {
        result.kept += 1
      } else {
        stale.append(.block(block))
      }
    }
    result.removed = found.keys.sorted { ($0.address, $0.length) < ($1.address, $1.length) }
    result.added = missing.map(\.prefix) + stale.map(\.prefix)
    try apply(stale + result.removed.map(Change.unblock))
    result.refused = try add(missing)
    return result
  }

  /// Adds all in one transaction; if that fails, one by one, so that one that nft does not read
  /// costs no other.
  ///
  /// - Returns: those that were refused.
  private func add(_ blocks: [Installation]) throws(FirewallError) -> [Prefix] {
    guard !blocks.isEmpty else { return [] }
    do {
      try context.run(NftablesText.additions(blocks))
      return []
    } catch {
      var refused: [Prefix] = []
      for block in blocks {
        do throws(FirewallError) {
          try context.run(NftablesText.additions([block]))
        } catch {
          refused.append(block.prefix)
        }
      }
      guard refused.count < blocks.count || blocks.count == 1 else { throw error }
      return refused
    }
  }
}
