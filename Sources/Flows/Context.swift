import Addresses
import Packets
import Tables

/// Whom a context is about: a host as destination or source, a service, or a pair.
struct ContextKey: TableKey {
  let first: IPAddress
  let second: IPAddress
  let port: UInt16
  let ipProtocol: UInt8

  init(host: IPAddress) {
    self.init(first: host, second: .unspecified(host.family), port: 0, ipProtocol: 0)
  }

  init(service host: IPAddress, port: UInt16, _ ipProtocol: UInt8) {
    self.init(
      first: host, second: .unspecified(host.family), port: port, ipProtocol: ipProtocol)
  }

  init(source: IPAddress, destination: IPAddress) {
    self.init(first: source, second: destination, port: 0, ipProtocol: 0)
  }

  init(first: IPAddress, second: IPAddress, port: UInt16, ipProtocol: UInt8) {
    self.first = first
    self.second = second
    self.port = port
    self.ipProtocol = ipProtocol
  }

  var hash: UInt64 {
    mix(first.mixed ^ UInt64(port) << 8 ^ UInt64(ipProtocol), second.mixed | 1)
  }
}

/// What the last second and the last minute say of one key.
struct Context: BitwiseCopyable {
  static let second: Int64 = 1_000_000
  static let minute: Int64 = 60_000_000

  var lastSecond = Window()
  var lastMinute = Window()
  /// Sources of a destination or service; hosts a source spoke to.
  var peers = DistinctWindow()
  /// Destination ports of a source or pair.
  var ports = DistinctWindow()
}

/// The lanes of a ``Window``.
enum Lane {
  static let flows = 0
  static let packets = 1
  static let bytes = 2
  static let replies = 3
  static let synBegun = 4
  static let completed = 5
  /// Sources and pairs: flows that came to something. Destinations: UDP packets.
  static let succeededOrUDP = 6
  /// Sources and pairs: flows to exploited ports. Destinations: ICMP packets.
  static let exploitOrICMP = 7
}

/// One kind of context in a bounded table, the least recently used out first.
struct ContextTable: ~Copyable {
  private var table: BoundedTable<ContextKey, Context>
  private var recency: RecencyList
  /// Keys pushed out of the full table so far.
  private(set) var evictions = 0

  init(capacity: Int) {
    table = BoundedTable(capacity: capacity)
    recency = RecencyList(capacity: capacity)
  }

  /// The context of `key`, in place, made if need be; good until the next call.
  mutating func touch(_ key: ContextKey) -> UnsafeMutablePointer<Context> {
    if let index = table.find(key) {
      recency.touch(index)
      return table[index]
    }
    if table.isFull, let oldest = recency.oldest() {
      recency.remove(oldest)
      table.remove(oldest)
      evictions += 1
    }
    let index = table.insert(key, Context())
    recency.append(index)
    return table[index]
  }

  /// The context of `key`; an empty one if it is not there.
  func peek(_ key: ContextKey) -> Context {
    table.find(key).map { table[$0].pointee } ?? Context()
  }
}

/// All contexts, told of flows' growth at every tick and asked when a row is written.
struct Contexts: ~Copyable {
  private var destinations: ContextTable
  private var services: ContextTable
  private var sources: ContextTable
  private var pairs: ContextTable

  init(keys: Int) {
    destinations = ContextTable(capacity: keys)
    services = ContextTable(capacity: keys)
    sources = ContextTable(capacity: keys)
    pairs = ContextTable(capacity: keys)
  }

  /// Keys pushed out of full tables so far.
  var evictions: Int {
    destinations.evictions + services.evictions + sources.evictions + pairs.evictions
  }

  /// Adds what `flow` did since it was last applied, at the tick that ends at `time`.
  mutating func apply(_ flow: inout Flow, at time: Int64) {
    let applied = flow.applied
    let isNew = !applied.hasBegun
    var counts = Window.Counts()
    counts[Lane.flows] = isNew ? 1 : 0
    counts[Lane.packets] = Double(flow.forward.packets - applied.forwardPackets)
    counts[Lane.bytes] = Double(flow.forward.bytes - applied.forwardBytes)
    counts[Lane.replies] = Double(flow.backward.packets - applied.backwardPackets)
    counts[Lane.synBegun] = flow.tcp.sawSYN && !applied.synBegun ? 1 : 0
    counts[Lane.completed] = flow.tcp.isEstablished && !applied.completed ? 1 : 0
    let exploited = isNew && PortClass.exploited.contains(flow.destinationPort)
    let succeeded = flow.hasSucceeded && !applied.succeeded

    var toward = counts
    toward[Lane.succeededOrUDP] = flow.kind == .udp ? counts[Lane.packets] : 0
    toward[Lane.exploitOrICMP] =
      flow.kind == .icmp || flow.kind == .icmp6 ? counts[Lane.packets] : 0
    let sourceHash = mix(flow.source.mixed, 0x8EBC_6AF0_9C88_C6E3)
    let destination = destinations.touch(ContextKey(host: flow.destination))
    destination.pointee.lastSecond.add(toward, at: time, width: Context.second)
    let service = services.touch(
      ContextKey(service: flow.destination, port: flow.destinationPort, flow.ipProtocol))
    service.pointee.lastSecond.add(toward, at: time, width: Context.second)

    var from = counts
    from[Lane.succeededOrUDP] = succeeded ? 1 : 0
    from[Lane.exploitOrICMP] = exploited ? 1 : 0
    let source = sources.touch(ContextKey(host: flow.source))
    source.pointee.lastSecond.add(from, at: time, width: Context.second)
    source.pointee.lastMinute.add(from, at: time, width: Context.minute)
    let pair = pairs.touch(ContextKey(source: flow.source, destination: flow.destination))
    pair.pointee.lastSecond.add(from, at: time, width: Context.second)
    pair.pointee.lastMinute.add(from, at: time, width: Context.minute)

    if isNew {
      let portHash = mix(
        UInt64(flow.destinationPort) ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
      destination.pointee.peers.add(sourceHash, at: time, width: Context.second)
      service.pointee.peers.add(sourceHash, at: time, width: Context.second)
      source.pointee.peers.add(
        mix(flow.destination.mixed, 0x8EBC_6AF0_9C88_C6E3), at: time, width: Context.minute)
      source.pointee.ports.add(portHash, at: time, width: Context.minute)
      pair.pointee.ports.add(portHash, at: time, width: Context.minute)
    }
    flow.applied = Flow.Applied(
      hasBegun: true, forwardPackets: flow.forward.packets, forwardBytes: flow.forward.bytes,
      backwardPackets: flow.backward.packets,
      synBegun: applied.synBegun || flow.tcp.sawSYN,
      completed: applied.completed || flow.tcp.isEstablished,
      succeeded: applied.succeeded || flow.hasSucceeded)
  }

  /// What is known of a flow's ends at `time`.
  func view(of flow: Flow, at time: Int64) -> ContextView {
    let destination = destinations.peek(ContextKey(host: flow.destination))
    let service = services.peek(
      ContextKey(service: flow.destination, port: flow.destinationPort, flow.ipProtocol))
    let source = sources.peek(ContextKey(host: flow.source))
    let pair = pairs.peek(ContextKey(source: flow.source, destination: flow.destination))
    return ContextView(
      destination: destination.lastSecond.sum(at: time, width: Context.second),
      destinationSources: destination.peers.estimate(at: time, width: Context.second),
      service: service.lastSecond.sum(at: time, width: Context.second),
      serviceSources: service.peers.estimate(at: time, width: Context.second),
      source: source.lastSecond.sum(at: time, width: Context.second),
      sourceMinute: source.lastMinute.sum(at: time, width: Context.minute),
      sourceHosts: source.peers.estimate(at: time, width: Context.minute),
      sourcePorts: source.ports.estimate(at: time, width: Context.minute),
      pair: pair.lastSecond.sum(at: time, width: Context.second),
      pairMinute: pair.lastMinute.sum(at: time, width: Context.minute),
      pairPorts: pair.ports.estimate(at: time, width: Context.minute))
  }
}

/// The windows of one row.
struct ContextView {
  let destination: Window.Counts
  let destinationSources: Double
  let service: Window.Counts
  let serviceSources: Double
  let source: Window.Counts
  let sourceMinute: Window.Counts
  let sourceHosts: Double
  let sourcePorts: Double
  let pair: Window.Counts
  let pairMinute: Window.Counts
  let pairPorts: Double
}

extension Window.Counts {
  /// Handshakes begun and not completed.
  var halfOpen: Double { Swift.max(0, self[Lane.synBegun] - self[Lane.completed]) }

  /// Completed ÷ begun handshakes, at most 1; 1 if none was begun.
  var completedShare: Double {
    self[Lane.synBegun] > 0 ? Swift.min(1, self[Lane.completed] / self[Lane.synBegun]) : 1
  }

  /// Packets back ÷ packets there, at most 1; 0 if none went there.
  var replyShare: Double { ratio(Lane.replies, Lane.packets) }

  /// Flows that came to nothing ÷ new flows; 0 if there is none.
  var failedShare: Double {
    self[Lane.flows] > 0 ? Swift.max(0, 1 - self[Lane.succeededOrUDP] / self[Lane.flows]) : 0
  }

  private func ratio(_ over: Int, _ under: Int) -> Double {
    self[under] > 0 ? Swift.min(1, self[over] / self[under]) : 0
  }
}
