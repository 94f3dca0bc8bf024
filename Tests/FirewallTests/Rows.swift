import Addresses
import Firewall
import Tables
import Time

/// Wall time in these tests.
let noon = Timestamp(seconds: 1_746_532_800)

func address(_ text: String) -> IPAddress { IPAddress(text) ?? .unspecified(.v6) }

func prefix(_ text: String) -> Prefix { Prefix(text) ?? Prefix(.unspecified(.v6)) }

func seconds(_ count: Double) -> Timestamp {
  noon.advanced(by: Int64(count * 1_000_000))
}

/// A row that names `source` an attacker; every row is a flow of its own unless `port` repeats.
func verdict(
  from source: String, row: Int = 1, port: UInt16? = nil, at last: Double = 0,
  attack: Attack = .portScan, confidence: Double = 0.99, byModel: Bool = false,
  detectors: Attack? = nil, verified: Int = 2, folded: Int = 1, foldedSources: Int = 1,
  ipProtocol: UInt8 = 6
) -> Verdict {
  let identity = FlowIdentity(
    row: row, start: noon, last: seconds(last), source: address(source),
    sourcePort: port ?? UInt16(1_024 + row), destination: address("10.9.0.1"), destinationPort: 80,
    ipProtocol: ipProtocol, state: .open, sensor: "test")
  return Verdict(
    identity: identity, attack: attack, confidence: confidence, spokenByModel: byModel,
    model: (byModel ? attack : .benign, confidence),
    detectors: detectors ?? (byModel ? .benign : attack),
    sourceVerified: verified, folded: folded, foldedSources: foldedSources)
}

/// The same as a row of ``Table/verdict``, all measures 0 but those that count here.
func write(_ verdict: Verdict, source: String? = nil, to writer: inout RowWriter) {
  writer.cell(verdict.identity.row)
  writer.cell(verdict.identity.start)
  writer.cell(verdict.identity.last)
  writer.cell(source ?? verdict.identity.source.description)
  writer.cell(Int(verdict.identity.sourcePort))
  writer.cell(verdict.identity.destination)
  writer.cell(Int(verdict.identity.destinationPort))
  writer.cell(Int(verdict.identity.ipProtocol))
  writer.cell(verdict.identity.sourceMAC)
  writer.cell(verdict.identity.destinationMAC)
  for text in ["-", "-", "open", "test"] { writer.cell(text) }
  for measure in Measure.allCases {
    switch measure {
    case .srcVerified: writer.cell(verdict.sourceVerified)
    case .folded: writer.cell(verdict.folded)
    case .foldedSources: writer.cell(verdict.foldedSources)
    default: writer.cell(0)
    }
  }
  writer.cell("malicious")
  writer.cell(verdict.attack.rawValue)
  writer.cell(verdict.confidence)
  writer.cell(verdict.spokenByModel ? "model" : "detectors")
  writer.cell(verdict.model.attack.rawValue)
  writer.cell(verdict.model.confidence)
  writer.cell(verdict.detectors == .benign ? "-" : verdict.detectors.rawValue)
  for text in ["-", "-"] { writer.cell(text) }
  writer.cell(0)
  writer.endRow()
}

/// A backend that keeps what it was told, and can be made to refuse.
final class Recorder {
  var dropped: [Prefix: Installation] = [:]
  var protected: [Prefix] = []
  var transactions = 0
  var refuses = false
  var cannotTake: Prefix?
}

struct RecordingBackend: Backend {
  let recorder: Recorder

  var name: String { "record" }

  mutating func start(
    protected: [Prefix], blocks: [Installation]
  ) throws(FirewallError) -> Reconciliation {
    try refuse()
    recorder.protected = protected
    let taken = blocks.filter { $0.prefix != recorder.cannotTake }
    recorder.dropped = Dictionary(uniqueKeysWithValues: taken.map { ($0.prefix, $0) })
    var result = Reconciliation()
    result.refused = blocks.map(\.prefix).filter { $0 == recorder.cannotTake }
    return result
  }

  mutating func apply(_ changes: [Change]) throws(FirewallError) {
    try refuse()
    if changes.contains(where: { $0.prefix == recorder.cannotTake }) {
      throw FirewallError("unable to load nft rules: syntax error")
    }
    recorder.transactions += 1
    for change in changes {
      switch change {
      case .block(let made): recorder.dropped[made.prefix] = made
      case .unblock(let prefix): recorder.dropped[prefix] = nil
      }
    }
  }

  mutating func protect(_ prefixes: [Prefix]) throws(FirewallError) {
    try refuse()
    recorder.protected = prefixes
  }

  mutating func isIntact() -> Bool { true }

  private func refuse() throws(FirewallError) {
    if recorder.refuses { throw FirewallError("unable to load nft rules: no such table") }
  }
}

/// A responder over a recorder, started at noon.
func responder(
  _ recorder: Recorder = Recorder(), policy: Policy = Policy(), rules: SpareRules = SpareRules(),
  list: BlockList = BlockList(), brake: Brake = Brake(), journal: Journal? = nil
) throws -> Responder {
  var responder = Responder(
    policy: policy, rules: rules, list: list, brake: brake,
    backend: RecordingBackend(recorder: recorder), journal: journal)
  _ = try responder.start(noon)
  return responder
}
