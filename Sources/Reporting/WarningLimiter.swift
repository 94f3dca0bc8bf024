public import Ledger
import Tables
import Time

/// Says which rows make a line of the warnings log, so that a flood of rows is no flood of lines.
///
/// * A flow's rows: the 1st, 10th, 100th, ... of those that name the same attack.
/// * The flows of one attack from one source to one destination: the first 20, then the 100th,
///   1,000th, ...; quiet for ten minutes of packet time, they count from 1 again.
/// * A row whose action is another than that pair's line before: always.
///
/// It remembers 65,536 flows and as many pairs and forgets all when there are more, and at a restart:
/// then lines come twice, and none is lost.
public struct WarningLimiter: Sendable {
  private struct Flow: Hashable {
    let identity: FlowIdentity
    let attack: Attack

    init(_ row: EvidenceRow) {
      var identity = row.identity
      (identity.row, identity.last, identity.state) = (0, identity.start, .open)
      identity.application = ""
      self.identity = identity
      attack = row.attack
    }
  }

  private struct Pair: Hashable {
    let attack: Attack
    let source: String
    let destination: String
  }

  private struct Tally {
    var flows = 0
    var action = ""
    var last: Int64 = .min
  }

  private static let capacity = 65_536
  private static let quiet: Int64 = 600_000_000
  private var rows: [Flow: Int] = [:]
  private var pairs: [Pair: Tally] = [:]

  /// A limiter that has seen nothing.
  public init() {}

  /// The count to say in the row's line; nil for no line.
  public mutating func admit(_ row: EvidenceRow) -> Int? {
    if rows.count >= Self.capacity { rows.removeAll(keepingCapacity: true) }
    if pairs.count >= Self.capacity { pairs.removeAll(keepingCapacity: true) }
    let ofFlow = rows[Flow(row), default: 0] + 1
    rows[Flow(row)] = ofFlow
    let pair = Pair(
      attack: row.attack, source: "\(row.identity.source)",
      destination: "\(row.identity.destination)")
    var tally = pairs[pair] ?? Tally()
    let moment = row.identity.last.microseconds
    if tally.last != .min, moment - tally.last > Self.quiet { tally.flows = 0 }
    tally.last = max(tally.last, moment)
    if ofFlow == 1 { tally.flows += 1 }
    let isNews = tally.action != row.action
    let isDue =
      ofFlow == 1
      ? tally.flows <= 20 || Self.isPowerOfTen(tally.flows) : Self.isPowerOfTen(ofFlow)
    if isNews || isDue { tally.action = row.action }
    pairs[pair] = tally
    return isNews || isDue ? (ofFlow == 1 ? tally.flows : ofFlow) : nil
  }

  private static func isPowerOfTen(_ value: Int) -> Bool {
    var value = value
    while value >= 10, value % 10 == 0 { value /= 10 }
    return value == 1
  }
}
