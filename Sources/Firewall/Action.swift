/// What was done about a row, as the column `action` says it.
public enum Action: String, CaseIterable, Sendable {
  /// Nothing: the row is no attack, or `UNKNOWN`, which never acts alone.
  case none
  /// The evidence is there; mode `observe` only records.
  case observed
  /// The evidence is there; mode `advise`, or a source that no block can name: a person should look.
  case advised
  /// The row counts, or is too unsure to count; the evidence is below the bar.
  case counted
  /// The source is blocked from now on, because of this row.
  case blocked
  /// The source was blocked before; traffic that is dropped is no evidence.
  case alreadyBlocked = "already_blocked"
  /// A rule says that this address is never blocked.
  case spared
  /// The evidence is there, but the source may be forged.
  case unverified
  /// The evidence is there, but too many blocks were made in the last minute.
  case braked
  /// The block could not be put in force; it will be tried again.
  case failed
}

/// How far `mitigate` may go.
public enum Mode: String, CaseIterable, Sendable {
  /// Record.
  case observe
  /// Record and tell people.
  case advise
  /// Block.
  case enforce
}
