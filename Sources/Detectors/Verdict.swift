public import Tables

/// What a model says of a row: its most probable class.
public struct Opinion: Equatable, Sendable {
  /// The class.
  public let attack: Attack
  /// Its probability, 0 to 1.
  public let confidence: Double
  /// The model's own bar for that class, 0 to 1: the confidence that, on sources it was not trained on,
  /// hardly any row of another class reached. 0 for none.
  public let bar: Double

  /// An opinion from its parts.
  public init(_ attack: Attack, _ confidence: Double, bar: Double = 0) {
    self.attack = attack
    self.confidence = confidence
    self.bar = bar
  }

  /// Whether it is sure: its confidence reaches the site's bar and its own.
  public func isSure(_ bars: Verdict.Bars = Verdict.Bars()) -> Bool {
    confidence >= max(bars.sure, bar)
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
  /// Whether a sure model and another judge named different things.
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
    /// The confidence from which on a model is sure, unless its own bar for the class is higher.
    public var sure = 0.70
    /// The confidence from which on a finding overrules a sure model.
    public var overrule = 0.50
    /// The confidence from which on an attack that an unsure model suspects is `UNKNOWN`.
    public var suspicion = 0.50

    /// The defaults.
    public init() {}
  }

  /// Decides about a row.
  ///
  /// A finding of at least `overrule` is believed over the model, whatever that says: the model judges
  /// the flow, and what a window shows it cannot see. Each SYN of a flood *is* a harmless flow, and a
  /// model can be 99.94 % sure of that; and where both see an attack, a rule about the window tells a
  /// flood from a scan, and a pattern in the bytes what was asked. A hint, a finding below `overrule`,
  /// only names what a sure model does not. Where the detectors are silent a sure model's word stands, an
  /// attack that an unsure one suspects is `UNKNOWN`, and so is a row beyond the site's baseline.
  ///
  /// | model | detectors | verdict | judge |
  /// | --- | --- | --- | --- |
  /// | names an attack, confidence ≥ `suspicion` | the same | the attack, the higher confidence | `both` |
  /// | any other | an attack, confidence ≥ `overrule` | the detectors' | `detectors` |
  /// | sure of an attack | another as a hint, or silent | the model's | `model` |
  /// | sure of `BENIGN` | a hint | `BENIGN` | `model` |
  /// | unsure, or none | a hint | the detectors' | `detectors` |
  /// | suspects an attack | silent | `UNKNOWN` | `none` |
  /// | any other | silent, but the row is strange | `UNKNOWN` | `none` |
  /// | sure of `BENIGN` | silent | `BENIGN` | `model` |
  /// | unsure, or none | silent | `BENIGN` | `none` |
  ///
  /// - Parameters:
  ///   - model: what the model says; nil if there is none.
  ///   - finding: the finding of which the detectors are surest; nil if they are silent.
  ///   - isStrange: whether the anomaly score is beyond the site's baseline.
  ///   - bars: the bars between the rules.
  public static func decide(
    model: Opinion?, detectors finding: Finding?, isStrange: Bool = false, bars: Bars = Bars()
  ) -> Verdict {
    if let finding, let verdict = named(model, finding, bars) { return verdict }
    let isSure = model?.isSure(bars) ?? false
    if let model, isSure, model.attack.isAttack || !isStrange {
      return Verdict(model.attack, model.confidence, .model, isDisputed: finding != nil)
    }
    if let model, model.attack.isAttack, model.confidence >= bars.suspicion {
      return Verdict(.unknown, model.confidence, .none)
    }
    if isStrange { return Verdict(.unknown, 0, .none, isDisputed: isSure) }
    return Verdict(.benign, model?.attack == .benign ? model?.confidence ?? 0 : 0, .none)
  }

  /// The verdict where the detectors have a say; nil where a hint yields to a sure model.
  private static func named(_ model: Opinion?, _ finding: Finding, _ bars: Bars) -> Verdict? {
    let isSure = model?.isSure(bars) ?? false
    if let model, model.attack == finding.attack, model.confidence >= bars.suspicion {
      return Verdict(finding.attack, max(model.confidence, finding.confidence), .both)
    }
    guard finding.confidence >= bars.overrule || !isSure else { return nil }
    return Verdict(finding.attack, finding.confidence, .detectors, isDisputed: isSure)
  }
}
