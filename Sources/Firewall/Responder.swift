public import Addresses
import Tables
public import Time

/// From verdicts to blocks: evidence, policy, block list, journal and backend, wired together.
///
/// It reads no clock: `now` is wall time, handed in. Decisions take effect at ``commit(_:)``, all of
/// a segment in one transaction.
public struct Responder {
  /// How rows become actions.
  public let policy: Policy
  /// Who is never blocked.
  public internal(set) var rules: SpareRules
  /// Who is blocked.
  public internal(set) var list: BlockList
  /// Why blocks are not in force, if so; mended as soon as the backend allows.
  public private(set) var fault: FirewallError?

  var evidence: Evidence
  var brake: Brake
  var entries: [JournalEntry] = []
  var changes: [Prefix: Change] = [:]
  private var backend: any Backend
  private let journal: Journal?
  private var compactAt: Int

  /// The name of the backend.
  public var backendName: String { backend.name }

  /// Sources whose evidence was pushed out of the full table.
  public var evicted: Int { evidence.evicted }

  /// A responder that is not yet in force: ``start(_:)`` does that.
  ///
  /// - Parameters:
  ///   - list: what the journal says.
  ///   - journal: where changes are kept; nil for nowhere.
  public init(
    policy: Policy = Policy(), rules: SpareRules = SpareRules(), list: BlockList = BlockList(),
    brake: Brake = Brake(), backend: any Backend, journal: Journal? = nil
  ) {
    self.policy = policy
    self.rules = rules
    self.list = list
    self.brake = brake
    self.backend = backend
    self.journal = journal
    evidence = Evidence(bar: policy.bar)
    compactAt = (journal?.count ?? 0) * 2 + 10_000
  }

  /// What `start` did.
  public struct Started: Sendable {
    /// What the backend found and mended.
    public var reconciliation: Reconciliation
    /// Blocks of the list that a rule spares by now, with the rule.
    public var lifted: [(block: Block, rule: String)]
  }

  /// Lifts what is spared by now, and brings the backend in line with the list.
  ///
  /// - Throws: ``FirewallError`` of the backend or the journal.
  public mutating func start(_ now: Timestamp) throws(FirewallError) -> Started {
    let lifted = liftSpared(now)
    if !entries.isEmpty { try journal?.append(entries) }
    entries = []
    changes = [:]
    let found = try backend.start(protected: rules.prefixes, blocks: installations(now))
    giveUp(found.refused, now)
    return Started(reconciliation: found, lifted: lifted)
  }

  /// Decides about one row; a block begins at the next ``commit(_:)``.
  ///
  /// - Parameter segment: the name of the segment that the row is of.
  public mutating func decide(_ verdict: Verdict, segment: String, _ now: Timestamp) -> Decision {
    if let decision = policy.decideAlone(verdict) { return decision }
    let source = verdict.identity.source
    let place = Place(segment: segment, row: verdict.identity.row)
    let block = list.holding(source, now)
    let tally =
      block == nil
      ? evidence.add(verdict, byModel: policy.modelNamesAttack(verdict)) : Tally()
    let decision = policy.decide(
      Policy.Facts(
        sparedBy: rule(sparing: source, now), block: block, place: place, tally: tally,
        braked: brake.isOn(now) || list.count >= BlockList.capacity,
        until: list.end(of: Prefix(source), from: now)))
    guard decision.action == .blocked, block == nil, let until = decision.expires
    else { return decision }
    brake.count(now)
    evidence.forget(source)
    let reason = "\(verdict.attack.rawValue): \(decision.reason)"
    begin(
      Block(
        prefix: Prefix(source), since: now, until: until,
        returns: list.returns(Prefix(source), now), by: "ward", place: place, reason: reason))
    return decision
  }

  /// What went wrong in a commit; what did not reach the journal or the backend stays to be tried
  /// again.
  public struct Committed: Sendable {
    /// The journal could not be written: blocks are in force but would not survive a reboot.
    public var journalError: FirewallError?
    /// The backend had lost its table, which was made anew.
    public var mended: Reconciliation?
  }

  /// Writes what was decided to the journal, then puts it in force in one transaction.
  public mutating func commit(_ now: Timestamp) -> Committed {
    var result = Committed()
    do {
      try keep(now)
    } catch {
      result.journalError = error
    }
    guard fault != nil || !changes.isEmpty else { return result }
    if fault != nil || !applies() { result.mended = restart(now) }
    changes = [:]
    return result
  }

  /// Tells whoever gave `order` what became of it, once it is in force: through the journal.
  ///
  /// - Throws: ``FirewallError`` if the journal cannot be written.
  public mutating func answer(
    _ order: Place, _ outcomes: [Outcome], _ now: Timestamp
  ) throws(FirewallError) {
    entries += outcomes.map { outcome in
      let isLost = fault != nil && outcome.kind == .blocked
      let answer = JournalEntry.Answer(
        order: order, time: now, kind: isLost ? "failed" : outcome.kind.rawValue,
        text: isLost ? fault?.description ?? "-" : outcome.text)
      return .answer(answer)
    }
    try keep(now)
  }

  /// Looks whether the backend still has its table; makes it anew if not.
  public mutating func mend(_ now: Timestamp) -> Reconciliation? {
    guard fault != nil || !backend.isIntact() else { return nil }
    return restart(now)
  }

  /// What to say of a decision after the commit: a block that is not in force is none.
  ///
  /// - Parameter source: the row's source.
  public func inForce(_ decision: Decision, _ source: IPAddress, _ now: Timestamp) -> Decision {
    guard decision.action == .blocked || decision.action == .alreadyBlocked else { return decision }
    if let fault { return Decision(.failed, "\(fault)", expires: decision.expires) }
    return list.holding(source, now) == nil
      ? Decision(.failed, "\(backend.name) does not take it") : decision
  }

  /// Protects what `rules` says; blocks that it covers are lifted at the next ``commit(_:)``.
  ///
  /// - Returns: the blocks that are lifted, with the rule.
  /// - Throws: ``FirewallError`` if the backend cannot protect them; the rules hold in here.
  public mutating func protect(
    _ rules: SpareRules, _ now: Timestamp
  ) throws(FirewallError) -> [(block: Block, rule: String)] {
    self.rules = rules
    let lifted = liftSpared(now)
    do {
      try backend.protect(rules.prefixes)
    } catch {
      if restart(now) == nil { throw error }
    }
    return lifted
  }

  /// Takes out the blocks that are over; the backend dropped them by itself.
  ///
  /// - Returns: the blocks that ended.
  public mutating func expire(_ now: Timestamp) -> [Block] { list.expire(now) }

  /// Every block that is left, as a backend needs it.
  public func installations(_ now: Timestamp) -> [Installation] {
    list.blocks.filter { $0.until > now }.map { $0.installation(now) }
  }

  private mutating func restart(_ now: Timestamp) -> Reconciliation? {
    do {
      let result = try backend.start(protected: rules.prefixes, blocks: installations(now))
      fault = nil
      giveUp(result.refused, now)
      return result
    } catch {
      fault = error
      return nil
    }
  }

  private mutating func applies() -> Bool {
    do {
      try backend.apply(Array(changes.values))
      return true
    } catch {
      return false
    }
  }

  private mutating func keep(_ now: Timestamp) throws(FirewallError) {
    guard let journal, !entries.isEmpty else { return entries = [] }
    try journal.append(entries)
    entries = []
    guard journal.count > compactAt else { return }
    // The old file goes on if the folder is out of reach by now; it is only longer than need be.
    try? journal.rewrite(list.compacted(now))
    compactAt = journal.count * 2 + 10_000
  }
}

extension Block {
  /// This block as a backend needs it at `now`.
  public func installation(_ now: Timestamp) -> Installation {
    Installation(
      prefix: prefix, seconds: secondsLeft(now),
      comment: "\(by):\(reason.prefix { $0 != ":" && $0 != " " })")
  }
}
