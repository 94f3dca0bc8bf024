public import Tables

/// What a detector says of a row.
public struct Finding: Equatable, Sendable {
  /// Its name.
  public let attack: Attack
  /// How sure, 0.3 to 0.99. Below 0.5 it is a hint: it names a row that nobody contradicts, it does not
  /// overrule a model, and by default it is no evidence for a block.
  public let confidence: Double
  /// Why, in a few words with numbers: `svc_half_open_1s 4812 ≥ 50, completed share 0.00`.
  public let reason: String
  /// Whether the flow's own bytes say it, and no window. Such a finding goes before all others: an
  /// injection among ten thousand requests is one, whatever the ten thousand are.
  public let isDirect: Bool

  /// A finding from its parts.
  public init(attack: Attack, confidence: Double, reason: String, isDirect: Bool = false) {
    self.attack = attack
    self.confidence = confidence
    self.reason = reason
    self.isDirect = isDirect
  }

  /// The confidence of a value that just reaches its threshold, where a detector has no better one.
  public static let lowest = 0.5
  /// The confidence of a hint that just reaches its threshold.
  static let lowestHint = 0.3
  /// No rule is surer than this.
  public static let highest = 0.99

  /// How sure a rule is that measured `value` where its threshold is `bar`:
  ///
  ///     highest − (highest − floor) × bar ÷ value
  ///
  /// `floor` at the threshold; with a floor of 0.5, 0.74 at twice and 0.94 at ten times it. A rank,
  /// not a calibrated probability.
  public static func confidence(
    _ value: Double, over bar: Double, floor: Double = lowest
  ) -> Double {
    let share = value > bar ? bar / value : 1
    guard share.isFinite else { return floor }
    return min(highest, max(floor, highest - (highest - floor) * share))
  }

  /// The same for a rule with two thresholds: from `hint` on a hint, 0.3 to 0.49, from `bar` on a
  /// finding.
  public static func confidence(_ value: Double, hint: Double, over bar: Double) -> Double {
    guard value < bar else { return confidence(value, over: bar) }
    let way = bar > hint ? max(0, (value - hint) / (bar - hint)) : 0
    return lowestHint + (lowest - 0.01 - lowestHint) * way
  }
}
