import Addresses
import Packets
import Tables

/// All contexts: told of flows' growth at every tick, asked when a row is written.
struct Contexts: ~Copyable {
  /// Whom a flow's growth is told of.
  enum Audience {
    case all
    /// A flood's flow: its source is one of too many, and says nothing.
    case target
  }

  private var destinations: ContextTable<DestinationContext>
  private var services: ContextTable<ServiceContext>
  private var sources: ContextTable<SourceContext>
  private var pairs: ContextTable<PairContext>
  private var lastFlows = LastFlows()
  private var serials = OpenConnections.Serials()

  init(keys: Int) {
    destinations = ContextTable(capacity: keys, empty: DestinationContext())
    services = ContextTable(capacity: keys, empty: ServiceContext())
    sources = ContextTable(capacity: keys, empty: SourceContext())
    pairs = ContextTable(capacity: keys, empty: PairContext())
  }

  /// Keys pushed out of full tables so far.
  var evictions: Int {
    destinations.evictions + services.evictions + sources.evictions + pairs.evictions
  }

  /// Adds what `flow` did since it was last applied, at the tick that ends at `time`.
  mutating func apply(
    _ flow: UnsafeMutablePointer<Flow>, at time: Int64, to audience: Audience = .all
  ) {
    let isNew = !flow.pointee.applied.hasBegun
    let growth = flow.pointee.grow()
    let sourceHash = flow.pointee.source.mixed
    let portHash = mix(
      UInt64(flow.pointee.destinationPort) ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
    let destination = destinations.touch(
      ContextKey(host: flow.pointee.destination), &flow.pointee.places.destination)
    destination.pointee.second.change(at: time, width: Width.second) { cell in
      cell.counts += growth.lanes
      guard isNew else { return }
      cell.sourceSpread.add(sourceHash)
      cell.portSpread.add(portHash)
    }
    if isNew { destination.pointee.sources.add(sourceHash, at: time, Width.second) }
    destination.pointee.minute.change(at: time, width: Width.minute) { $0 += growth.lanes }
    let service = services.touch(flow.pointee.serviceKey, &flow.pointee.places.service)
    service.pointee.second.change(at: time, width: Width.second) { cell in
      cell.counts += growth.lanes
      if isNew { cell.sourceSpread.add(sourceHash) }
    }
    if isNew { service.pointee.sources.add(sourceHash, at: time, Width.second) }
    service.pointee.minute.change(at: time, width: Width.minute) { $0 += growth.lanes }
    service.pointee.open.note(
      isOpen: flow.pointee.isConnected, &flow.pointee.applied.openService, &serials)
    if isNew { lastFlows.add(flow) }
    if audience == .all { applyToSource(flow, growth, isNew: isNew, portHash, at: time) }
  }

  private mutating func applyToSource(
    _ flow: UnsafeMutablePointer<Flow>, _ growth: Flow.Growth, isNew: Bool, _ portHash: UInt64,
    at time: Int64
  ) {
    let source = sources.touch(
      ContextKey(host: flow.pointee.source), &flow.pointee.places.source)
    source.pointee.second.change(at: time, width: Width.second) { $0 += growth.lanes }
    // ARP has none, and a flow heard from its answer on not yet.
    let ttl =
      flow.pointee.ipVersion != 0 && flow.pointee.forward.packets > 0
      ? flow.pointee.ttl : nil
    if isNew, let ttl {
      source.pointee.minute.roll(to: time, Width.minute)
      flow.pointee.isTTLNew = source.pointee.isNew(ttl)
    }
    source.pointee.minute.change(at: time, width: Width.minute) { cell in
      cell.counts += growth.lanes
      guard isNew else { return }
      cell.portSpread.add(portHash)
      if let ttl { cell.ttls.insert(ttl) }
    }
    if isNew {
      source.pointee.hosts.add(flow.pointee.destination.mixed, at: time, Width.minute)
      source.pointee.ports.add(portHash, at: time, Width.minute)
    }
    source.pointee.sizes.add(growth.count, growth.sum, growth.squares, at: time)
    source.pointee.refusals.add(growth.refusals, at: time, Width.tenMinutes)
    if isNew, flow.pointee.isAnswer { applyToAnswered(flow, at: time) }
    applyToPair(flow, growth, isNew: isNew, portHash, at: time)
  }

  /// Somebody answers a host that did not ask: it is told as to a destination, whatever the flow's way.
  private mutating func applyToAnswered(_ flow: UnsafeMutablePointer<Flow>, at time: Int64) {
    var place: Int32 = -1
    let answered = destinations.touch(ContextKey(host: flow.pointee.answered), &place)
    answered.pointee.second.change(at: time, width: Width.second) {
      $0.counts[Lane.backscatter] += 1
    }
  }

  private mutating func applyToPair(
    _ flow: UnsafeMutablePointer<Flow>, _ growth: Flow.Growth, isNew: Bool, _ portHash: UInt64,
    at time: Int64
  ) {
    let pair = pairs.touch(flow.pointee.pairKey, &flow.pointee.places.pair)
    pair.pointee.second.change(at: time, width: Width.second) { $0 += growth.lanes }
    pair.pointee.minute.change(at: time, width: Width.minute) { $0 += growth.lanes }
    if isNew { pair.pointee.ports.add(portHash, at: time, Width.minute) }
    pair.pointee.sizes.add(growth.count, growth.sum, growth.squares, at: time)
    pair.pointee.open.note(
      isOpen: flow.pointee.isConnected, &flow.pointee.applied.openPair, &serials)
    pair.pointee.requests.add(growth.requests, at: time, Width.minute)
    pair.pointee.refusals.add(growth.refusals, at: time, Width.tenMinutes)
    if isNew, flow.pointee.isStart { pair.pointee.gaps.add(flow.pointee.start) }
  }

  /// A flow has ended, or goes on as others: what came of it, at the tick that ends at `time`.
  mutating func conclude(
    _ flow: UnsafeMutablePointer<Flow>, at time: Int64, to audience: Audience = .all
  ) {
    let hasFailed = !flow.pointee.hasSucceeded
    destinations.find(ContextKey(host: flow.pointee.destination), flow.pointee.places.destination)?
      .pointee.failed.add(hasFailed)
    guard audience == .all else { return }
    guard
      let source = sources.find(
        ContextKey(host: flow.pointee.source), flow.pointee.places.source)
    else { return }
    source.pointee.failed.add(hasFailed)
    if hasFailed, flow.pointee.forward.packets > 0 {
      source.pointee.failedTargets.add(flow.pointee.target, at: time, Width.hour)
    }
  }

  /// The flow is forgotten: whatever count of open connections it stands in, it leaves.
  mutating func disconnect(_ flow: UnsafeMutablePointer<Flow>) {
    if flow.pointee.applied.openService != 0 {
      services.find(flow.pointee.serviceKey, flow.pointee.places.service)?
        .pointee.open.remove(&flow.pointee.applied.openService)
    }
    if flow.pointee.applied.openPair != 0 {
      pairs.find(flow.pointee.pairKey, flow.pointee.places.pair)?
        .pointee.open.remove(&flow.pointee.applied.openPair)
    }
  }

  // MARK: Asked for a row

  /// Fills the context columns of a row about `flow`, written at `time`.
  func fill(_ row: borrowing MeasureRow, _ flow: UnsafeMutablePointer<Flow>, at time: Int64) {
    destinations.look(ContextKey(host: flow.pointee.destination), flow.pointee.places.destination)
      .pointee.fill(row, at: time)
    services.look(flow.pointee.serviceKey, flow.pointee.places.service)
      .pointee.fill(row, at: time)
    sources.look(ContextKey(host: flow.pointee.source), flow.pointee.places.source).pointee.fill(
      row, at: time)
    pairs.look(flow.pointee.pairKey, flow.pointee.places.pair).pointee.fill(row, at: time)
    if flow.pointee.isAnswer {
      row[.dstBackscatter1s] =
        destinations.look(ContextKey(host: flow.pointee.answered), -1)
        .pointee.backscatter(at: time)
    }
    row[.srcTTLNew] = flow.pointee.isTTLNew ? 1 : 0
    let last = lastFlows.counts(like: flow)
    row[.ctSrvSrc] = Double(last.sourceService)
    row[.ctSrvDst] = Double(last.destinationService)
    row[.ctDst] = Double(last.destination)
    row[.ctSrc] = Double(last.source)
    row[.ctDstSport] = Double(last.destinationSourcePort)
    row[.ctDstSrc] = Double(last.pair)
  }
}

extension Flow {
  fileprivate var serviceKey: ContextKey {
    ContextKey(service: destination, port: destinationPort, ipProtocol)
  }

  fileprivate var pairKey: ContextKey { ContextKey(source: source, destination: destination) }

  /// The host that the flow's first packet answered: in a flow that began so, most often the source.
  fileprivate var answered: IPAddress { beganBackward ? source : destination }

  /// Whether somebody began something: not a message about addresses, not the rest of a flow that was
  /// cut off for its age, not an answer.
  fileprivate var isStart: Bool { kind != .arp && !isContinued && !isAnswer }

  /// The destination, port and protocol, for a sketch.
  fileprivate var target: UInt64 {
    mix(destination.mixed, UInt64(destinationPort) << 8 | UInt64(ipProtocol) | 1 << 32)
  }
}
