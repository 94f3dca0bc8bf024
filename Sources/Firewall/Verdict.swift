import Addresses
public import Tables
import Time

/// What `mitigate` needs of a row of ``Tables/Table/verdict``.
public struct Verdict: Sendable {
  /// Who spoke to whom, when.
  public var identity: FlowIdentity
  /// What the row was called.
  public var attack: Attack
  /// How sure the judge that spoke is, 0 to 1.
  public var confidence: Double
  /// Whether the judge that spoke is the model (else the detectors).
  public var spokenByModel: Bool
  /// What the model called it, and how surely; benign where there is no model.
  public var model: (attack: Attack, confidence: Double)
  /// What the detectors called it; benign where they were silent.
  public var detectors: Attack
  /// The measure `src_verified`: 0 not at all, 1 MAC bound, 2 round trip seen.
  public var sourceVerified: Int
  /// Flows that the row stands for, at least 1.
  public var folded: Int
  /// Distinct sources among them.
  public var foldedSources: Int

  /// Makes a verdict from its parts.
  public init(
    identity: FlowIdentity, attack: Attack, confidence: Double, spokenByModel: Bool,
    model: (attack: Attack, confidence: Double), detectors: Attack, sourceVerified: Int,
    folded: Int = 1, foldedSources: Int = 1
  ) {
    self.identity = identity
    self.attack = attack
    self.confidence = confidence
    self.spokenByModel = spokenByModel
    self.model = model
    self.detectors = detectors
    self.sourceVerified = sourceVerified
    self.folded = folded
    self.foldedSources = foldedSources
  }

  /// Reads a row of ``Tables/Table/verdict``.
  ///
  /// - Throws: ``Tables/TableError`` for a cell that is not what its column says.
  public init(_ record: borrowing Record) throws {
    let cell = Table.measureCells.upperBound
    self.init(
      identity: try FlowIdentity(record),
      attack: try record.choice(cell + 1, "attack"),
      confidence: try record.share(cell + 2, "confidence"),
      spokenByModel: record.text(cell + 3).hasPrefix("model"),
      model: (
        try record.attack(cell + 4, "model_attack"), try record.share(cell + 5, "model_confidence")
      ),
      detectors: try record.attack(cell + 6, "detector_attack"),
      sourceVerified: Int(min(try record.measure(.srcVerified), 2)),
      folded: Int(max(1, min(try record.measure(.folded), 1e15))),
      foldedSources: Int(max(1, min(try record.measure(.foldedSources), 1e15))))
  }
}

extension Record {
  fileprivate func measure(_ measure: Measure) throws -> Double {
    try number(Table.measureCells.lowerBound + measure.index, measure.rawValue)
  }

  /// A cell with an attack's name, or `-` for a judge that had nothing to say.
  fileprivate func attack(_ index: Int, _ column: String) throws -> Attack {
    isDash(index) ? .benign : try choice(index, column)
  }

  /// A cell with a share of 1, or `-` for none.
  fileprivate func share(_ index: Int, _ column: String) throws -> Double {
    isDash(index) ? 0 : try number(index, column)
  }

  private func isDash(_ index: Int) -> Bool {
    self[index].count == 1 && self[index].first == UInt8(ascii: "-")
  }
}

/// What makes two rows rows of one flow: a flow seen again counts once.
struct FlowKey: Hashable, Sendable {
  let start: Timestamp
  let destination: IPAddress
  let ports: UInt32
  let ipProtocol: UInt8

  init(_ identity: FlowIdentity) {
    start = identity.start
    destination = identity.destination
    ports = UInt32(identity.sourcePort) << 16 | UInt32(identity.destinationPort)
    ipProtocol = identity.ipProtocol
  }
}
