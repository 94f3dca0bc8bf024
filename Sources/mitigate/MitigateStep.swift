import Addresses
import Firewall
import Logging
import Spool
import Stage
import Tables
import Time

/// One segment of verdicts in, the same rows and what was done about them out.
struct MitigateStep: Step {
  private static let hostAge: Int64 = 60_000_000

  var responder: Responder
  var notices = Notices()
  let logger: Logger
  let clock: () -> Timestamp
  private let whitelist: WhitelistFile
  private let configured: [Prefix]
  private let host: () -> HostAddresses
  private var hostAsked: Timestamp
  private var evicted = 0

  /// A step over a responder that was started at `now`.
  init(
    _ responder: Responder, whitelist: WhitelistFile, configured: [Prefix], started now: Timestamp,
    logger: Logger, clock: @escaping () -> Timestamp = wallClock,
    host: @escaping () -> HostAddresses = Host.addresses
  ) {
    self.responder = responder
    self.whitelist = whitelist
    self.configured = configured
    self.logger = logger
    self.clock = clock
    self.host = host
    hostAsked = now
  }

  mutating func process(_ input: Input, to output: inout Output) throws {
    let now = clock()
    askHost(now)
    if Self.holdsOrders(input.bytes) {
      try obey(input, now)
    } else {
      try respond(to: input, now, &output)
    }
    try notices.write(now, to: &output)
  }

  var watchedFiles: [String] { [whitelist.path] }

  mutating func fileChanged(_ path: String, to output: inout Output) throws {
    let now = clock()
    var rules = responder.rules
    rules.whitelist = try whitelist.load()
    try adopt(rules, now)
    try notices.write(now, to: &output)
  }

  mutating func wake(now: Timestamp, to output: inout Output) throws -> Timestamp? {
    for block in responder.expire(now) {
      logger.notice("expired", metadata: ["address": "\(block.prefix)"])
      notices.add("expired", "\(block.prefix)", "blocked since \(block.since): \(block.reason)")
    }
    if askHost(now), let found = responder.mend(now) { tell(mended: found) }
    try notices.write(now, to: &output)
    let next = hostAsked.advanced(by: Self.hostAge)
    return responder.list.firstEnd.map { min($0, next) } ?? next
  }

  private mutating func respond(
    to input: Input, _ now: Timestamp, _ output: inout Output
  ) throws {
    var rows: [(row: KeptRow, isBenign: Bool)] = []
    var verdicts: [Verdict] = []
    try Table.verdict.read(input.bytes) { record in
      let verdict = try Verdict(record)
      rows.append((record.kept(), verdict.attack == .benign))
      if verdict.attack != .benign { verdicts.append(verdict) }
    }
    var decisions = verdicts.map { responder.decide($0, segment: input.base, now) }
    settle(now)
    for (index, verdict) in verdicts.enumerated() {
      decisions[index] = responder.inForce(decisions[index], verdict.identity.source, now)
    }
    try ActionRows(backend: responder.backendName).write(
      rows, of: input.bytes, decisions, to: &output)
    tell(verdicts, decisions)
  }

  /// Puts in force what was decided, and tells what went wrong.
  mutating func settle(_ now: Timestamp) {
    let committed = responder.commit(now)
    if let error = committed.journalError {
      logger.error("blocks would not survive a reboot", metadata: ["cause": "\(error)"])
      notices.add("fault", "journal", "\(error)")
    }
    if let found = committed.mended { tell(mended: found) }
    if let fault = responder.fault {
      logger.error("blocks are not in force", metadata: ["cause": "\(fault)"])
      notices.add("fault", responder.backendName, "\(fault)")
    }
  }

  /// Asks the host for its addresses if the last answer is old.
  ///
  /// - Returns: whether it was asked.
  @discardableResult
  private mutating func askHost(_ now: Timestamp) -> Bool {
    guard now.microseconds(since: hostAsked).magnitude >= Self.hostAge.magnitude
    else { return false }
    hostAsked = now
    var rules = responder.rules
    rules.protected = ProtectedSet(host(), configured: configured)
    guard rules != responder.rules else { return true }
    logger.notice("protected addresses changed")
    do {
      try adopt(rules, now)
    } catch {
      logger.error("unable to protect in the kernel", metadata: ["cause": "\(error)"])
    }
    return true
  }

  private mutating func adopt(_ rules: SpareRules, _ now: Timestamp) throws {
    defer { settle(now) }
    for (block, rule) in try responder.protect(rules, now) {
      logger.notice("lifted", metadata: ["address": "\(block.prefix)", "rule": "\(rule)"])
      notices.add("lifted", "\(block.prefix)", "spared by \(rule)")
    }
  }

  private mutating func tell(mended found: Reconciliation) {
    logger.warning(
      "nftables table was gone or changed, made anew",
      metadata: ["added": "\(found.added.count)", "refused": "\(found.refused)"])
    notices.add("mended", responder.backendName, count: found.added.count, "table was gone")
  }

  private mutating func tell(_ verdicts: [Verdict], _ decisions: [Decision]) {
    for (verdict, decision) in zip(verdicts, decisions) where decision.action == .blocked {
      logger.notice(
        "blocked",
        metadata: [
          "address": "\(verdict.identity.source)", "attack": "\(verdict.attack.rawValue)",
          "until": "\(decision.expires?.formatted() ?? "-")", "backend": "\(responder.backendName)",
          "evidence": "\(decision.reason)",
        ])
    }
    let braked = decisions.count { $0.action == .braked }
    if braked > 0 {
      logger.critical("too many new blocks in a minute", metadata: ["rows": "\(braked)"])
      notices.add("braked", "rows", count: braked, "too many new blocks in one minute")
    }
    let pushed = responder.evicted - evicted
    if pushed > 0 {
      evicted += pushed
      notices.add("evicted", "sources", count: pushed, "evidence pushed out of the full table")
    }
  }
}
