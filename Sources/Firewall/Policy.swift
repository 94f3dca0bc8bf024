import Addresses
import Tables
public import Time

/// The rules by which a row becomes an action. Pure: all that it needs is handed in.
public struct Policy: Hashable, Sendable {
  /// How far to go.
  public var mode = Mode.enforce
  /// The model's confidence below which a row does not count, 0 to 1.
  public var minConfidence = 0.70
  /// The same for rows on which the detectors spoke, 0 to 1.
  public var minDetectorConfidence = 0.50
  /// Whether rows that only the model calls an attack can lead to a block. On networks that it never
  /// saw a model is wrong more often than a detector whose rule a person can read.
  public var modelMayBlock = false
  /// How much must speak against a source.
  public var bar = Bar()

  /// The default policy: enforce.
  public init() {}

  /// Whether `verdict` may count against its source.
  public func counts(_ verdict: Verdict) -> Bool {
    verdict.attack.isAttack
      && verdict.confidence >= (verdict.spokenByModel ? minConfidence : minDetectorConfidence)
  }

  /// Whether the model named an attack surely enough to count as a judge.
  public func modelNamesAttack(_ verdict: Verdict) -> Bool {
    verdict.model.attack.isAttack && verdict.model.confidence >= minConfidence
  }

  /// What needs no look at the source's past: rows that are no attack, are too unsure, or name no
  /// source that a block could name; nil for all others.
  public func decideAlone(_ verdict: Verdict) -> Decision? {
    switch verdict.attack {
    case .benign: return Decision(.none, "no attack")
    case .unknown: return Decision(.none, "UNKNOWN never acts alone")
    default: break
    }
    if verdict.identity.source.isUnspecified || verdict.foldedSources > 1 {
      return Decision(.advised, "many sources (\(verdict.foldedSources)): no one address to block")
    }
    if verdict.attack == .arpSpoof {
      return Decision(.advised, "the address is the victim's: find \(verdict.identity.sourceMAC)")
    }
    if verdict.identity.ipProtocol == 0 {
      // A host that is flooded in the name of neighbours that nobody has asks for each of them, too.
      return Decision(.advised, "ARP by itself is no evidence against \(verdict.identity.source)")
    }
    guard counts(verdict) else {
      return Decision(.counted, "too unsure to count: confidence \(verdict.confidence)")
    }
    return nil
  }

  /// What is known of a source when a row against it counts.
  public struct Facts: Sendable {
    /// The rule that spares the source, if any.
    public var sparedBy: String?
    /// The block that holds it, if any.
    public var block: Block?
    /// Where the row stands: a row that is read again after a crash made the block it meets.
    public var place: Place
    /// What speaks against it, this row included.
    public var tally: Tally
    /// Whether the cap on new blocks is reached.
    public var braked: Bool
    /// The end of a block that began now.
    public var until: Timestamp

    /// Makes facts from their parts.
    public init(
      sparedBy: String?, block: Block?, place: Place, tally: Tally, braked: Bool, until: Timestamp
    ) {
      self.sparedBy = sparedBy
      self.block = block
      self.place = place
      self.tally = tally
      self.braked = braked
      self.until = until
    }
  }

  /// What to do about a row that counts.
  public func decide(_ facts: Facts) -> Decision {
    if let block = facts.block {
      return block.place == facts.place
        ? Decision(.blocked, block.reason, expires: block.until)
        : Decision(
          .alreadyBlocked, "since \(block.since.formatted()) by \(block.by)", expires: block.until)
    }
    let evidence = facts.tally.described(by: bar)
    if let rule = facts.sparedBy { return Decision(.spared, evidence, sparedBy: rule) }
    guard facts.tally.passes(bar) else { return Decision(.counted, evidence) }
    guard facts.tally.isVerified(by: bar) else {
      return Decision(
        .unverified,
        "\(evidence); source proved itself in \(facts.tally.verifiedRows): may be spoofed")
    }
    guard facts.tally.verifiedByDetectors || modelMayBlock else {
      return Decision(.advised, "\(evidence); the model alone does not block")
    }
    switch mode {
    case .observe: return Decision(.observed, evidence)
    case .advise: return Decision(.advised, "would have been blocked: \(evidence)")
    case .enforce: break
    }
    return facts.braked
      ? Decision(.braked, "too many new blocks in one minute: \(evidence)")
      : Decision(.blocked, evidence, expires: facts.until)
  }
}
