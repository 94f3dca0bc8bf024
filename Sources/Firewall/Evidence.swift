public import Addresses
import Tables
import Time

/// How much must speak against a source before it is blocked.
public struct Bar: Hashable, Sendable {
  /// The most observations that are kept of a source: the highest bar.
  public static let most = 32

  /// Distinct flows that suffice, 2 to 32. One row never blocks.
  public var rows = 3
  /// Distinct flows that suffice when the model and the detectors both named an attack, 2 to 32.
  public var rowsOfBothJudges = 2
  /// Length of the sliding window. µs of packet time.
  public var window: Int64 = 10_000_000
  /// A flow that goes on counts once more when the detectors name it again this much later: their windows of one second then share nothing. µs; 0: never.
  public var again: Int64 = 1_000_000

  /// The default bar.
  public init() {}
}

/// What speaks against a source within its window.
public struct Tally: Hashable, Sendable {
  /// Distinct flows; never more than ``Bar/most``.
  public var rows = 0
  /// Flows that these rows stand for.
  public var folded = 0
  /// Whether the model named an attack in one of them.
  public var byModel = false
  /// Whether the detectors named an attack in one of them.
  public var byDetectors = false
  /// How many of them prove that the source is who it says (``Verdict/sourceVerified`` above 0):
  /// only these can lead to a block, or a forger could have a patient's device blocked.
  public var verifiedRows = 0
  /// Whether the model named an attack in one of those.
  public var verifiedByModel = false
  /// Whether the detectors named an attack in one of those.
  public var verifiedByDetectors = false

  /// A tally of nothing.
  public init() {}

  /// How many rows `bar` asks of these judges.
  public func needed(by bar: Bar) -> Int { Self.needed(by: bar, both: byModel && byDetectors) }

  private static func needed(by bar: Bar, both: Bool) -> Int {
    both ? min(bar.rows, bar.rowsOfBothJudges) : bar.rows
  }

  /// Whether the evidence suffices.
  public func passes(_ bar: Bar) -> Bool { rows >= 2 && rows >= needed(by: bar) }

  /// Whether the rows whose source is proved suffice by themselves.
  public func isVerified(by bar: Bar) -> Bool {
    verifiedRows >= 2
      && verifiedRows >= Self.needed(by: bar, both: verifiedByModel && verifiedByDetectors)
  }

  /// `3 of 3 flows (57 folded) in 10 s by model and detectors`.
  public func described(by bar: Bar) -> String {
    let judges = [byModel ? "model" : nil, byDetectors ? "detectors" : nil].compactMap(\.self)
    let more = folded > rows ? " (\(folded) folded)" : ""
    return "\(rows) of \(needed(by: bar)) flows\(more) in \(bar.window / 1_000_000) s by "
      + (judges.isEmpty ? "nobody" : judges.joined(separator: " and "))
  }
}

/// The rows that speak against each source, over a sliding window of packet time.
///
/// Bounded: a fixed number of sources, the one not heard of for longest out first, and of
/// observations a source.
public struct Evidence: Sendable {
  private struct Observation {
    let flow: FlowKey
    let last: Timestamp
    var folded = 0
    var byModel = false
    var byDetectors = false
    var sourceVerified = 0

    mutating func add(_ verdict: Verdict, _ namedByModel: Bool) {
      folded = max(folded, verdict.folded)
      byModel = byModel || namedByModel
      byDetectors = byDetectors || verdict.detectors.isAttack
      sourceVerified = max(sourceVerified, verdict.sourceVerified)
    }
  }

  /// The bar that tallies are made for.
  public let bar: Bar
  private var sources: BoundedTable<IPAddress, [Observation]>
  private let kept: Int

  /// Sources pushed out of the full table.
  public var evicted: Int { sources.evicted }

  /// No evidence yet, and room for `capacity` sources.
  public init(bar: Bar = Bar(), capacity: Int = 16_384) {
    self.bar = bar
    sources = BoundedTable(capacity: capacity)
    kept = max(8, min(bar.rows, Bar.most))
  }

  /// Adds a row against its source, and tells what now speaks against it.
  ///
  /// - Parameters:
  ///   - verdict: a row that counts.
  ///   - byModel: whether the model named an attack surely enough.
  public mutating func add(_ verdict: Verdict, byModel: Bool) -> Tally {
    sources.update(verdict.identity.source, default: []) { observations in
      Self.record(verdict, byModel, in: &observations, again: bar.again, kept: kept)
      return Self.tally(observations, around: verdict.identity.last, window: bar.window)
    }
  }

  /// Forgets what speaks against `source`.
  public mutating func forget(_ source: IPAddress) { sources.remove(source) }

  private static func record(
    _ verdict: Verdict, _ byModel: Bool, in observations: inout [Observation], again: Int64,
    kept: Int
  ) {
    let flow = FlowKey(verdict.identity)
    let last = verdict.identity.last
    if let index = observations.lastIndex(where: { $0.flow == flow }) {
      let later = last.microseconds(since: observations[index].last)
      guard again > 0, later >= again, verdict.detectors.isAttack else {
        return observations[index].add(verdict, byModel)
      }
    }
    if observations.count == kept { observations.removeFirst() }
    observations.append(Observation(flow: flow, last: last))
    observations[observations.count - 1].add(verdict, byModel)
  }

  private static func tally(
    _ observations: [Observation], around now: Timestamp, window: Int64
  ) -> Tally {
    var tally = Tally()
    for seen in observations
    where now.microseconds(since: seen.last).magnitude <= window.magnitude {
      tally.rows += 1
      tally.folded += seen.folded
      tally.byModel = tally.byModel || seen.byModel
      tally.byDetectors = tally.byDetectors || seen.byDetectors
      guard seen.sourceVerified > 0 else { continue }
      tally.verifiedRows += 1
      tally.verifiedByModel = tally.verifiedByModel || seen.byModel
      tally.verifiedByDetectors = tally.verifiedByDetectors || seen.byDetectors
    }
    return tally
  }
}
