import Addresses
import Tables

/// Folds small flows to one target, so that a flood of a million sources is not a million rows.
///
/// Within one tick the first flows of each kind are written as they are; what is beyond the bound
/// goes into one row: by (source, destination, port), else by (source, destination), else by
/// (destination, port), else, when a tick has too many rows of its own, by protocol. Counts add up;
/// addresses and ports that differ become unspecified and 0.
struct Folder: ~Copyable {
  /// Flows with the same source, destination and port that are written before folding begins.
  static let sameService: Int32 = 16
  /// Flows with the same pair, or the same destination and port.
  static let samePair: Int32 = 64
  /// Small flows of any kind.
  static let mostRows = 4_096

  /// What becomes of a small flow.
  enum Fate {
    /// A row of its own.
    case row
    /// A place in the folded row of a key.
    case fold(ContextKey, Contexts.Audience)
  }

  /// A row under way, and the sources it stands for.
  struct Fold {
    var flow: Flow
    fileprivate var seen = DistinctSketch()
    fileprivate var hasOneSource = true

    /// How many distinct sources; estimated, if there are several.
    var sources: Double {
      hasOneSource ? 1 : seen.estimate
    }
  }

  private var counts = BoundedTable<ContextKey, Int32>(capacity: 3 * mostRows)
  private var places = BoundedTable<ContextKey, Int32>(capacity: mostRows)
  private var rows = 0
  private var folds: [Fold] = []

  /// Decides about a small flow that is due, and counts it.
  mutating func fate(of flow: UnsafeMutablePointer<Flow>) -> Fate {
    let none = IPAddress.unspecified(flow.pointee.source.family)
    let service = ContextKey(
      first: flow.pointee.source, second: flow.pointee.destination,
      port: flow.pointee.destinationPort,
      ipProtocol: flow.pointee.ipProtocol)
    let pair = ContextKey(
      first: flow.pointee.source, second: flow.pointee.destination, port: 0,
      ipProtocol: flow.pointee.ipProtocol)
    let target = ContextKey(
      first: none, second: flow.pointee.destination, port: flow.pointee.destinationPort,
      ipProtocol: flow.pointee.ipProtocol)
    if count(target) >= Self.samePair, count(service) < Self.sameService {
      return .fold(target, .target)
    }
    if count(service) >= Self.sameService { return .fold(service, .all) }
    if count(pair) >= Self.samePair { return .fold(pair, .all) }
    if rows >= Self.mostRows {
      return .fold(
        ContextKey(first: none, second: none, port: 0, ipProtocol: flow.pointee.ipProtocol), .all)
    }
    increment(service)
    increment(pair)
    increment(target)
    rows += 1
    return .row
  }

  private func count(_ key: ContextKey) -> Int32 {
    counts.find(key).map { counts[$0].pointee } ?? 0
  }

  private mutating func increment(_ key: ContextKey) {
    if let index = counts.find(key) {
      counts[index].pointee += 1
    } else {
      counts[counts.insert(key)].initialize(to: 1)
    }
  }

  /// Adds a flow to the folded row of `key`.
  mutating func fold(_ flow: UnsafeMutablePointer<Flow>, into key: ContextKey) {
    let hash = flow.pointee.source.mixed
    guard let index = places.find(key) else {
      places[places.insert(key)].initialize(to: Int32(folds.count))
      folds.append(Fold(flow: flow.pointee))
      folds[folds.count - 1].seen.add(hash)
      folds[folds.count - 1].flow.end = .folded
      return
    }
    let place = Int(places[index].pointee)
    if folds[place].flow.source != flow.pointee.source { folds[place].hasOneSource = false }
    folds[place].seen.add(hash)
    folds[place].flow.blend(flow)
  }

  /// Hands over the folded rows of the tick.
  mutating func take() -> [Fold] {
    let taken = folds
    folds = []
    return taken
  }

  /// Begins a new tick.
  ///
  /// - Parameter memory: what ``take()`` gave, to be used again.
  mutating func begin(in memory: consuming [Fold]) {
    counts.removeAll()
    places.removeAll()
    rows = 0
    memory.removeAll(keepingCapacity: true)
    folds = memory
  }
}

extension Flow {
  /// Absorbs `other`, and forgets whatever of the identity the two do not share.
  fileprivate mutating func blend(_ other: UnsafeMutablePointer<Flow>) {
    absorb(other)
    if source != other.pointee.source { source = .unspecified(source.family) }
    if destination != other.pointee.destination {
      destination = .unspecified(destination.family)
    }
    if sourcePort != other.pointee.sourcePort { sourcePort = 0 }
    if destinationPort != other.pointee.destinationPort { destinationPort = 0 }
    if sourceMAC != other.pointee.sourceMAC { sourceMAC = .none }
    if destinationMAC != other.pointee.destinationMAC { destinationMAC = .none }
  }
}
