public import Addresses
public import Time

/// Who is blocked, who was, and who was pardoned: the state that the journal's entries make.
///
/// A value: it writes nothing. What changes it is a ``JournalEntry``, applied here and appended to
/// the journal by the owner of both.
public struct BlockList: Sendable {
  /// The most blocks at one time; the kernel's sets are as large.
  public static let capacity = 65_536

  /// How long blocks last.
  public let times: BlockTimes
  private var active: [Prefix: Block] = [:]
  private var wide: [Prefix] = []
  private var history: [Prefix: (blocks: Int, until: Timestamp)] = [:]
  private var pardons: [Prefix: JournalEntry.Lift] = [:]
  private var hasWidePardons = false
  private var nextEnd: Timestamp?

  /// A list without blocks.
  public init(times: BlockTimes = BlockTimes()) { self.times = times }

  /// The list that `entries` make, as far as it matters at `now`.
  public init(replaying entries: [JournalEntry], times: BlockTimes = BlockTimes(), _ now: Timestamp)
  {
    self.init(times: times)
    for entry in entries { apply(entry) }
    _ = expire(now)
  }

  /// The blocks, by address.
  public var blocks: [Block] {
    active.values.sorted {
      ($0.prefix.address, $0.prefix.length) < ($1.prefix.address, $1.prefix.length)
    }
  }

  /// How many blocks there are.
  public var count: Int { active.count }

  /// The end of the block that ends first; nil if there is none.
  public var firstEnd: Timestamp? { nextEnd }

  /// The block of exactly `prefix`.
  public subscript(prefix: Prefix) -> Block? { active[prefix] }

  /// The block that holds `address` at `now`.
  public func holding(_ address: IPAddress, _ now: Timestamp) -> Block? {
    if let block = active[Prefix(address)], block.until > now { return block }
    return wide.lazy.filter { $0.contains(address) }.compactMap { active[$0] }
      .first { $0.until > now }
  }

  /// Who pardoned `address`, if that still holds at `now`.
  public func pardon(_ address: IPAddress, _ now: Timestamp) -> JournalEntry.Lift? {
    guard !pardons.isEmpty else { return nil }
    if let lift = pardons[Prefix(address)], lift.pardonedUntil > now { return lift }
    guard hasWidePardons else { return nil }
    return pardons.values.first {
      !$0.prefix.isSingle && $0.pardonedUntil > now && $0.prefix.contains(address)
    }
  }

  /// How often `prefix` was blocked before `now`, as far as that is not forgotten.
  public func returns(_ prefix: Prefix, _ now: Timestamp) -> Int {
    guard let past = history[prefix], !isForgotten(past.until, now) else { return 0 }
    return past.blocks
  }

  /// The end of an automatic block of `prefix` that begins at `now`.
  public func end(of prefix: Prefix, from now: Timestamp) -> Timestamp {
    let seconds = times.length(returns: returns(prefix, now))
    return now.advanced(by: Int64(seconds) * 1_000_000)
  }

  /// Makes one change.
  public mutating func apply(_ entry: JournalEntry) {
    switch entry {
    case .block(let block):
      if active.updateValue(block, forKey: block.prefix) == nil, !block.prefix.isSingle {
        wide.append(block.prefix)
      }
      pardons[block.prefix] = nil
      remember(block.prefix, blocks: block.returns + 1, until: block.until)
      nextEnd = min(nextEnd ?? block.until, block.until)
    case .unblock(let lift):
      drop(lift.prefix)
      history[lift.prefix] = nil
      if lift.pardonedUntil > lift.time { pardon(lift) }
    case .past(let prefix, let blocks, let until):
      remember(prefix, blocks: blocks, until: until)
    case .answer: break
    }
  }

  /// Takes out the blocks that are over at `now`, and forgets what is to be forgotten.
  ///
  /// - Returns: the blocks that ended.
  public mutating func expire(_ now: Timestamp) -> [Block] {
    guard let nextEnd, nextEnd <= now else { return [] }
    let over = active.values.filter { $0.until <= now }
    for block in over { drop(block.prefix) }
    self.nextEnd = active.values.lazy.map(\.until).min()
    pardons = pardons.filter { $0.value.pardonedUntil > now }
    hasWidePardons = pardons.keys.contains { !$0.isSingle }
    return over.sorted { ($0.until, $0.prefix.address) < ($1.until, $1.prefix.address) }
  }

  /// The fewest entries that make this state again, as far as it matters at `now`.
  public func compacted(_ now: Timestamp) -> [JournalEntry] {
    let past = history.filter { active[$0.key] == nil && !isForgotten($0.value.until, now) }
    return past.map { JournalEntry.past($0.key, blocks: $0.value.blocks, until: $0.value.until) }
      + pardons.values.filter { $0.pardonedUntil > now }.map(JournalEntry.unblock)
      + blocks.filter { $0.until > now }.map(JournalEntry.block)
  }

  private mutating func drop(_ prefix: Prefix) {
    active[prefix] = nil
    if !prefix.isSingle { wide.removeAll { $0 == prefix } }
  }

  private mutating func pardon(_ lift: JournalEntry.Lift) {
    if pardons.count >= Self.capacity, pardons[lift.prefix] == nil,
      let first = pardons.min(by: { $0.value.pardonedUntil < $1.value.pardonedUntil })
    {
      pardons[first.key] = nil
    }
    pardons[lift.prefix] = lift
    if !lift.prefix.isSingle { hasWidePardons = true }
  }

  private mutating func remember(_ prefix: Prefix, blocks: Int, until: Timestamp) {
    if history.count >= Self.capacity, history[prefix] == nil {
      history = history.filter { !isForgotten($0.value.until, until) || active[$0.key] != nil }
      if history.count >= Self.capacity,
        let first = history.min(by: { $0.value.until < $1.value.until })
      {
        history[first.key] = nil
      }
    }
    history[prefix] = (blocks, until)
  }

  private func isForgotten(_ until: Timestamp, _ now: Timestamp) -> Bool {
    now.microseconds(since: until) > Int64(times.maxtime) * 1_000_000
  }
}
