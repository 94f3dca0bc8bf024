public import Packets
public import Tables
public import Time

/// Packets in, flow rows out: the flow table, the context windows, and the ticks of packet time at
/// which rows are written.
///
/// Rows depend on the packets alone: how they were cut into segments changes nothing. All rows are
/// written at ticks, since only there are the windows told what the flows did; a tick is carried out
/// when a packet or a segment's clock has passed it. State is bounded by ``FlowLimits``.
public struct Featurizer: ~Copyable {
  /// What happened so far.
  public struct Counters: Sendable {
    /// Packets that were counted in a flow.
    public var packets = 0
    /// Frames that carry neither IP nor ARP.
    public var otherFrames = 0
    /// Packets with something odd about them.
    public var oddPackets = 0
    /// Rows written.
    public var rows = 0
    /// Flows pushed out of a full table.
    public var evictedFlows = 0
    /// Context keys pushed out of full tables.
    public var evictedKeys = 0
    /// Claims by ARP or neighbour discovery that moved an address to another MAC.
    public var rebinds = 0
    /// How often the capture's clock was set back.
    public var clockSteps = 0
  }

  let limits: FlowLimits
  let sensor: String
  var clock = PacketClock()
  var nextTick: Int64 = .min
  var flows: BoundedTable<FlowKey, Flow>
  var recency: RecencyList
  /// Flows that moved since their last row, in the order they began to.
  var dirty: [Int32] = []
  var contexts: Contexts
  var folder = Folder()
  /// The packet under way.
  private let packet = UnsafeMutablePointer<Packet>.allocate(capacity: 1)
  private var neighbors = Neighbors()
  private var fragmentPorts = FragmentPorts()
  let communityIDs = CommunityID()
  let measures = MeasureRow()
  var row = 0
  var tally = Counters()
  /// Whether rows are made but not written: to come back to where an earlier life was.
  public var isSilent = false
  /// Whether a row is written of every flow as it stood after 1, 2, 4, 7 and 15 packets, too, at the
  /// tick that follows; of the first 4,096 such within a tick. The other rows stay as they are.
  public var writesPrefixes = false
  var prefixes = Prefixes()
  /// The rows so far; the caller drains it.
  public var writer: RowWriter

  /// A featurizer that has seen nothing.
  ///
  /// - Parameter sensor: the name rows carry.
  public init(sensor: String, limits: FlowLimits = FlowLimits()) {
    self.sensor = sensor
    self.limits = limits
    flows = BoundedTable(capacity: limits.flows)
    recency = RecencyList(capacity: limits.flows, lists: FlowList.allCases.count)
    contexts = Contexts(keys: limits.keys)
    writer = RowWriter()
  }

  deinit { packet.deallocate() }

  /// What happened so far.
  public var counters: Counters {
    var counters = tally
    counters.evictedKeys = contexts.evictions
    counters.clockSteps = clock.steps
    return counters
  }

  /// Begins a segment's file: a header, rows numbered from 1.
  public mutating func beginSegment() {
    writer = RowWriter(header: .flow)
    row = 0
  }

  // MARK: Packets

  /// Counts a frame, after carrying out the ticks that it has passed.
  public mutating func add(_ frame: Frame) {
    Packet.dissect(frame, tunnels: limits.tunnels, into: packet)
    let now = clock.take(packet.pointee.time)
    if now >= nextTick { runTicks(to: now) }
    if !packet.pointee.oddities.isEmpty { tally.oddPackets += 1 }
    guard packet.pointee.kind != .nonIP else {
      tally.otherFrames += 1
      return
    }
    if packet.pointee.fragment != .none { fragmentPorts.resolve(&packet.pointee) }
    tally.packets += 1
    count(packet, frame, at: now)
  }

  /// All packets before `time` have been added: carries out the ticks up to it.
  public mutating func advance(to time: Timestamp) {
    let now = clock.take(time)
    if now >= nextTick { runTicks(to: now) }
  }

  /// The input ended: writes a last row for every flow.
  public mutating func finish() {
    guard let now = clock.now else { return }
    if now >= nextTick { runTicks(to: now) }
    endAll(at: max(nextTick, now))
  }

  // MARK: The flow of a packet

  /// Counts a packet in its flow, and what it says of others.
  private mutating func count(
    _ packet: UnsafePointer<Packet>, _ frame: Frame, at now: Int64
  ) {
    let claim = packet.pointee.speaksOfNeighbors ? neighbors.hear(packet, at: now) : nil
    let (key, upward) = FlowKey.of(packet)
    let index = flow(of: packet, key, upward: upward, at: now)
    let flow = flows[index]
    let isForward = upward == flow.pointee.lowIsSource
    flow.pointee.add(packet, isForward: isForward, at: now)
    if packet.pointee.payloadLength > 0 {
      listen(to: packet, frame, of: flow, isForward: isForward)
    }
    note(index)
    if let claim { blame(flow, for: claim) }
    if writesPrefixes { prefixes.note(flow, at: index) }
    if let quoted = packet.pointee.quoted { blame(quoted) }
  }

  private mutating func flow(
    of packet: UnsafePointer<Packet>, _ key: FlowKey, upward: Bool, at now: Int64
  ) -> Int32 {
    guard let index = flows.find(key) else {
      return open(key, packet, isForward: Opening.isForward(packet), upward: upward, at: now)
    }
    let flow = flows[index]
    let isForward = upward == flow.pointee.lowIsSource
    if flow.pointee.tcp.isReopened(by: packet, isForward: isForward) {
      supersede(index, as: .reused)
      return open(key, packet, isForward: Opening.isForward(packet), upward: upward, at: now)
    }
    if now - flow.pointee.start > limits.active {
      let isConnected = flow.pointee.isConnected
      supersede(index, as: .active)
      let next = open(key, packet, isForward: isForward, upward: upward, at: now)
      flows[next].pointee.isContinued = true
      flows[next].pointee.wasConnected = isConnected
      return next
    }
    return index
  }

  private mutating func open(
    _ key: FlowKey, _ packet: UnsafePointer<Packet>, isForward: Bool, upward: Bool, at now: Int64
  ) -> Int32 {
    if flows.isFull { evictOldest() }
    let index = flows.insert(key)
    flows[index].initialize(
      to: Flow(packet, isForward: isForward, lowIsSource: upward == isForward, at: now))
    let flow = flows[index]
    flow.pointee.isBound = neighbors.isBound(flow.pointee.source, to: flow.pointee.sourceMAC)
    flow.pointee.rowInterval = limits.tick
    flow.pointee.list = flow.pointee.properList
    recency.append(index, to: flow.pointee.list.index)
    return index
  }

  /// Reads what the packet says above the transport.
  @inline(__always) private func listen(
    to packet: UnsafePointer<Packet>, _ frame: Frame, of flow: UnsafeMutablePointer<Flow>,
    isForward: Bool
  ) {
    let kind = packet.pointee.kind
    guard kind == .tcp || kind == .udp, packet.pointee.fragment != .later else { return }
    let segment = Conversation.Segment(
      length: packet.pointee.payloadLength, isForward: isForward,
      sequence: kind == .tcp ? packet.pointee.sequence : nil,
      sourcePort: flow.pointee.sourcePort, destinationPort: flow.pointee.destinationPort,
      isWhole: flow.pointee.tcp.sawSYN)
    let found = flow.pointee.conversation.read(packet.pointee.payload(of: frame), segment)
    if !found.isEmpty { flow.pointee.webAttacks.add(found) }
  }

  private mutating func blame(_ flow: UnsafeMutablePointer<Flow>, for claim: Neighbors.Claim) {
    flow.pointee.claims = max(flow.pointee.claims, claim.addresses)
    if claim.isUnasked { flow.pointee.unasked &+= 1 }
    guard claim.isRebound else { return }
    tally.rebinds += 1
    flow.pointee.rebinds &+= 1
  }

  /// An ICMP error speaks of the flow whose packet it quotes.
  private mutating func blame(_ quoted: Packet.Quoted) {
    guard let index = flows.find(FlowKey.of(quoted)) else { return }
    flows[index].pointee.icmpErrors &+= 1
    note(index)
  }

  /// The flow has something to tell at the next tick.
  @inline(__always) private mutating func note(_ index: Int32) {
    guard !flows[index].pointee.isDirty else { return }
    flows[index].pointee.isDirty = true
    dirty.append(index)
  }
}
