public import Tables

/// What a model says of a row: its most probable class.
public struct Opinion: Equatable, Sendable {
  /// The class.
  public let attack: Attack
  /// Its probability, 0 to 1.
  public let confidence: Double

  /// An opinion from its parts.
  public init(_ attack: Attack, _ confidence: Double) {
    self.attack = attack
    self.confidence = confidence
  }
}

/// Who decided a verdict. The raw value is the column `judge`.
public enum Judge: String, CaseIterable, Sendable {
  /// The model alone.
  case model
  /// The detectors alone.
  case detectors
  /// Both named the same attack.
  case both
  /// Nobody was sure enough to speak.
  case none
}

/// What a row is called in the end, and by whom.
public struct Verdict: Equatable, Sendable {
  /// Its name.
  public let attack: Attack
  /// How sure whoever decided is, 0 to 1.
  public let confidence: Double
  /// Who decided.
  public let judge: Judge
  /// Whether a sure model and the detectors named different things.
  public let isDisputed: Bool

  init(_ attack: Attack, _ confidence: Double, _ judge: Judge, isDisputed: Bool = false) {
    self.attack = attack
    self.confidence = confidence
    self.judge = judge
    self.isDisputed = isDisputed
  }

  /// `malicious`, `benign` or `unknown`: the column `label`.
  public var label: String {
    switch attack {
    case .benign: "benign"
    case .unknown: "unknown"
    default: "malicious"
    }
  }

  /// The bars between the rules.
  public struct Bars: Equatable, Sendable {
    /// The confidence from which on a model is sure.
    public var sure = 0.70
    /// The confidence from which on a finding overrules a model that is sure of `BENIGN`.
    public var overrule = 0.50
    /// The confidence from which on an attack that an unsure model suspects is `UNKNOWN`.
    public var suspicion = 0.50

    /// The defaults.
    public init() {}
  }

  /// Decides about a row.
  ///
  /// A sure model's word stands, with one exception: a finding overrules a sure `BENIGN`. The
  /// model judges the flow, and what a window shows it cannot see: each SYN of a flood *is* a
  /// harmless flow, and a model can be 99.94 % sure of that. Where the model is unsure the
  /// detectors decide; where they are silent too, an attack that the model suspects is `UNKNOWN`.
  ///
  /// | model | detectors | verdict | judge |
  /// | --- | --- | --- | --- |
  /// | sure of an attack | the same | the attack, the higher confidence | `both` |
  /// | sure of an attack | another, or silent | the model's | `model` |
  /// | sure of `BENIGN` | an attack, confidence ≥ `overrule` | the detectors' | `detectors` |
  /// | sure of `BENIGN` | less sure, or silent | `BENIGN` | `model` |
  /// | unsure, or none | an attack | the detectors' | `detectors`; `both` if the model suspects it |
  /// | suspects an attack | silent | `UNKNOWN` | `none` |
  /// | unsure, or none | silent | `BENIGN` | `none` |
  public static func decide(
    model: Opinion?, detectors finding: Finding?, bars: Bars = Bars()
  ) -> Verdict {
    guard let model, model.confidence >= bars.sure else {
      return unsure(model, finding, bars)
    }
    guard let finding else { return Verdict(model.attack, model.confidence, .model) }
    if model.attack == finding.attack {
      return Verdict(model.attack, max(model.confidence, finding.confidence), .both)
    }
    if !model.attack.isAttack, finding.confidence >= bars.overrule {
      return Verdict(finding.attack, finding.confidence, .detectors, isDisputed: true)
    }
    return Verdict(model.attack, model.confidence, .model, isDisputed: true)
  }

  private static func unsure(_ model: Opinion?, _ finding: Finding?, _ bars: Bars) -> Verdict {
    if let finding {
      guard let model, model.attack == finding.attack, model.confidence >= bars.suspicion else {
        return Verdict(finding.attack, finding.confidence, .detectors)
      }
      return Verdict(finding.attack, max(model.confidence, finding.confidence), .both)
    }
    guard let model else { return Verdict(.benign, 0, .none) }
    if model.attack.isAttack, model.confidence >= bars.suspicion {
      return Verdict(.unknown, model.confidence, .none)
    }
    return Verdict(.benign, model.attack == .benign ? model.confidence : 0, .none)
  }
}
