public import Tables
public import Time

/// A row kept as it was judged and answered.
public struct EvidenceRow: Sendable {
  /// What a row is to the ledger.
  public enum Kind: Int, Sendable {
    /// Nothing against it; kept because something was done about it.
    case benign = 0
    /// Unlike anything learned.
    case unknown = 1
    /// An attack by name.
    case attack = 2
  }

  /// Who spoke to whom, when.
  public var identity: FlowIdentity
  /// Packets of the flow so far, both ways.
  public var packets = 0
  /// Bytes of the flow so far, both ways.
  public var bytes = 0
  /// Flows this row stands for.
  public var folded = 1
  /// Distinct sources among them, estimated.
  public var foldedSources = 1
  /// The verdict in one word.
  public var label = "-"
  /// What it was called.
  public var attack = Attack.benign
  /// How sure the judge was, 0 to 1.
  public var confidence = 0.0
  /// Who decided: model, detector.
  public var judge = "-"
  /// What the model called it.
  public var modelAttack = "-"
  /// How sure the model was, 0 to 1.
  public var modelConfidence = 0.0
  /// What the detectors called it.
  public var detectorAttack = "-"
  /// The detector's numbers, or the columns that decided.
  public var detectorReason = "-"
  /// The columns that weighed most in the model's opinion; `-` if it named no attack.
  public var modelReasons = "-"
  /// How unlike the site's normal traffic it is, 0 to 1; 0 without a baseline.
  public var anomaly = 0.0
  /// What was done; `none` if nothing.
  public var action = "none"
  /// Why that.
  public var actionReason = "-"
  /// The rule that forbade more.
  public var sparedBy = "-"
  /// When the action ends by itself.
  public var expires: Timestamp?
  /// What carried it out; `simulate` if nothing did.
  public var backend = "-"

  /// A benign row of this identity, nothing done about it.
  public init(identity: FlowIdentity) { self.identity = identity }

  /// Which of the three kinds it is.
  public var kind: Kind { attack.isAttack ? .attack : attack == .unknown ? .unknown : .benign }

  /// Whether something was done about it.
  public var isActedUpon: Bool { action != "none" && action != "-" }
}
