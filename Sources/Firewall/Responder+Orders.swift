public import Addresses
public import Time

/// What became of a person's order.
public struct Outcome: Hashable, Sendable {
  /// What was done.
  public enum Kind: String, Sendable {
    /// The block is made.
    case blocked
    /// A rule forbids it.
    case refused
    /// The block is lifted.
    case unblocked
    /// There was no block to lift.
    case notBlocked = "not_blocked"
  }

  /// What was done.
  public let kind: Kind
  /// To whom.
  public let prefix: Prefix
  /// The whole story, for a person.
  public let text: String
}

extension Responder {
  /// Blocks `prefix` because a person says so; takes the place of an automatic block. The brake does
  /// not hold a person.
  ///
  /// - Parameter seconds: for how long; nil for as long as an automatic block.
  public mutating func block(
    _ prefix: Prefix, seconds: Int?, by person: String, why: String, _ now: Timestamp
  ) -> Outcome {
    if let rule = rules.rule(sparing: prefix) {
      return Outcome(kind: .refused, prefix: prefix, text: "\(prefix) is never blocked: \(rule)")
    }
    let others = list.blocks.filter { $0.prefix.overlaps(prefix) && $0.prefix != prefix }
    if let wider = others.first(where: { $0.prefix.length < prefix.length }), !prefix.isSingle {
      let text = "\(prefix) lies in \(wider.prefix), blocked until \(wider.until.formatted())"
      return Outcome(kind: .refused, prefix: prefix, text: text)
    }
    for inner in others where !inner.prefix.isSingle && inner.prefix.length > prefix.length {
      lift(inner, by: person, why: "now part of \(prefix)", pardonedUntil: now, now)
    }
    let until = seconds.map { now.advanced(by: Int64($0) * 1_000_000) }
    begin(
      Block(
        prefix: prefix, since: now, until: until ?? list.end(of: prefix, from: now),
        returns: list.returns(prefix, now), by: person.onOneLine, place: .order,
        reason: why.onOneLine))
    let end = list[prefix]?.until.formatted() ?? "-"
    return Outcome(
      kind: .blocked, prefix: prefix, text: "\(prefix) is blocked until \(end): \(why)")
  }

  /// Lifts every block within `prefix` because a person says so, and leaves it alone for
  /// ``BlockTimes/pardon``.
  public mutating func unblock(
    _ prefix: Prefix, by person: String, why: String, _ now: Timestamp
  ) -> [Outcome] {
    let held = list.blocks.filter {
      $0.prefix.overlaps(prefix) && $0.prefix.length >= prefix.length
    }
    guard !held.isEmpty else {
      let wider = list.holding(prefix.address, now)
      let hint = wider.map { "; it lies in \($0.prefix), which is blocked: unblock that" } ?? ""
      return [
        Outcome(kind: .notBlocked, prefix: prefix, text: "\(prefix) was not blocked\(hint)")
      ]
    }
    let pardon = now.advanced(by: Int64(list.times.pardon) * 1_000_000)
    return held.map { block in
      lift(block, by: person, why: why, pardonedUntil: pardon, now)
      return Outcome(
        kind: .unblocked, prefix: block.prefix, text: "\(block.prefix) is unblocked: \(why)")
    }
  }

  /// Lifts every block.
  public mutating func unblockAll(by person: String, why: String, _ now: Timestamp) -> [Outcome] {
    guard list.count > 0 else {
      let nobody = Prefix(.unspecified(.v4))
      return [Outcome(kind: .notBlocked, prefix: nobody, text: "nobody was blocked")]
    }
    return list.blocks.flatMap { unblock($0.prefix, by: person, why: why, now) }
  }

  /// The rule, or the person's pardon, that spares `address`; nil if it may be blocked.
  public func rule(sparing address: IPAddress, _ now: Timestamp) -> String? {
    if let rule = rules.rule(sparing: Prefix(address)) { return rule }
    return list.pardon(address, now).map {
      "unblocked by \($0.by) until \($0.pardonedUntil.formatted()): \($0.reason)"
    }
  }

  /// The last gate before anything is blocked.
  mutating func begin(_ block: Block) {
    guard rules.rule(sparing: block.prefix) == nil else { return }
    list.apply(.block(block))
    entries.append(.block(block))
    changes[block.prefix] = .block(block.installation(block.since))
  }

  /// Takes out what the backend would not take.
  mutating func giveUp(_ refused: [Prefix], _ now: Timestamp) {
    for block in refused.compactMap({ list[$0] }) {
      lift(block, by: "ward", why: "the backend does not take it", pardonedUntil: now, now)
      changes[block.prefix] = nil
    }
  }

  mutating func liftSpared(_ now: Timestamp) -> [(block: Block, rule: String)] {
    list.blocks.compactMap { block in
      guard let rule = rules.rule(sparing: block.prefix) else { return nil }
      lift(block, by: "whitelist", why: rule, pardonedUntil: now, now)
      return (block, rule)
    }
  }

  private mutating func lift(
    _ block: Block, by person: String, why: String, pardonedUntil: Timestamp, _ now: Timestamp
  ) {
    let entry = JournalEntry.unblock(
      JournalEntry.Lift(
        prefix: block.prefix, time: now, pardonedUntil: pardonedUntil, by: person.onOneLine,
        reason: why.onOneLine))
    list.apply(entry)
    entries.append(entry)
    changes[block.prefix] = .unblock(block.prefix)
    if block.prefix.isSingle { evidence.forget(block.prefix.address) }
  }
}
