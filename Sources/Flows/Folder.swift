import Addresses
import Tables

/// Folds small flows to one target, so that a flood of a million sources is not a million rows.
///
/// Within one tick the first flows of each kind are written as they are; what is beyond the bound
/// goes into one row: by (source, destination, port), else by (source, destination), else by
/// (destination, port), else, when a tick has too many rows of its own, by protocol. Counts add up;
/// addresses and ports that differ become unspecified and 0.
struct Folder {
  /// Flows with the same source, destination and port that are written before folding begins.
  static let sameService = 16
  /// Flows with the same pair, or the same destination and port.
  static let samePair = 64
  /// Small flows of any kind.
  static let mostRows = 4_096

  private struct Fold {
    var flow: Flow
    var sources = DistinctSketch()
    var hasOneSource = true
  }

  private var counts: [ContextKey: Int] = [:]
  private var rows = 0
  private var places: [ContextKey: Int] = [:]
  private var folds: [Fold] = []

  /// Begins a new tick.
  mutating func begin() {
    counts.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    folds.removeAll(keepingCapacity: true)
    rows = 0
  }

  /// Takes a small flow; false if it is to be written as it is.
  mutating func absorbs(_ flow: Flow) -> Bool {
    let none = IPAddress.unspecified(flow.source.family)
    let service = ContextKey(flow, flow.source, flow.destination, flow.destinationPort)
    let pair = ContextKey(flow, flow.source, flow.destination, 0)
    let target = ContextKey(flow, none, flow.destination, flow.destinationPort)
    if counts[service, default: 0] >= Self.sameService { return fold(flow, into: service) }
    if counts[pair, default: 0] >= Self.samePair { return fold(flow, into: pair) }
    if counts[target, default: 0] >= Self.samePair { return fold(flow, into: target) }
    if rows >= Self.mostRows { return fold(flow, into: ContextKey(flow, none, none, 0)) }
    counts[service, default: 0] += 1
    counts[pair, default: 0] += 1
    counts[target, default: 0] += 1
    rows += 1
    return false
  }

  /// The folded rows of the tick, with how many sources each stands for.
  func forEach(_ body: (Flow, _ sources: Double) -> Void) {
    for fold in folds { body(fold.flow, fold.hasOneSource ? 1 : fold.sources.estimate) }
  }

  private mutating func fold(_ flow: Flow, into key: ContextKey) -> Bool {
    let hash = mix(flow.source.mixed, 0x8EBC_6AF0_9C88_C6E3)
    guard let place = places[key] else {
      places[key] = folds.count
      var fold = Fold(flow: flow)
      fold.sources.add(hash)
      fold.flow.end = .folded
      folds.append(fold)
      return true
    }
    folds[place].hasOneSource = folds[place].hasOneSource && folds[place].flow.source == flow.source
    folds[place].sources.add(hash)
    folds[place].flow.blend(flow)
    return true
  }
}

extension Flow {
  /// Absorbs `other`, and forgets whatever of the identity the two do not share.
  fileprivate mutating func blend(_ other: Flow) {
    absorb(other)
    if source != other.source { source = .unspecified(source.family) }
    if destination != other.destination { destination = .unspecified(destination.family) }
    if sourcePort != other.sourcePort { sourcePort = 0 }
    if destinationPort != other.destinationPort { destinationPort = 0 }
    if sourceMAC != other.sourceMAC { sourceMAC = .none }
    if destinationMAC != other.destinationMAC { destinationMAC = .none }
  }
}

extension ContextKey: Hashable {
  fileprivate init(_ flow: Flow, _ source: IPAddress, _ destination: IPAddress, _ port: UInt16) {
    self.init(first: source, second: destination, port: port, ipProtocol: flow.ipProtocol)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
