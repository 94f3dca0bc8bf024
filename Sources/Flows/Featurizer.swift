import Addresses
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
    /// How often the capture's clock was set back.
    public var clockSteps = 0
  }

  private let limits: FlowLimits
  private let sensor: String
  private var clock = PacketClock()
  private var nextTick: Int64 = .min
  private var flows: BoundedTable<FlowKey, Flow>
  private var recency: RecencyList
  private var dirty: [Int32] = []
  private var contexts: Contexts
  private var folder = Folder()
  private var neighbors = Neighbors()
  private var fragmentPorts = FragmentPorts()
  private var row = 0
  private var tally = Counters()
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
    var packet = Packet(frame)
    let now = clock.take(packet.time)
    runTicks(to: now)
    if !packet.oddities.isEmpty { tally.oddPackets += 1 }
    guard packet.kind != .nonIP else {
      tally.otherFrames += 1
      return
    }
    neighbors.learn(packet)
    fragmentPorts.resolve(&packet)
    tally.packets += 1
    let index = flow(of: packet, at: now)
    count(packet, frame, in: index, at: now)
    if let quoted = packet.quoted { blame(quoted) }
  }

  /// All packets before `time` have been added: carries out the ticks up to it.
  public mutating func advance(to time: Timestamp) {
    let now = clock.take(time)
    runTicks(to: now)
  }

  /// The input ended: writes a last row for every flow.
  public mutating func finish() {
    guard let now = clock.now else { return }
    runTicks(to: now)
    let end = max(nextTick, now)
    for index in dirty where flows[index].pointee.isLive {
      contexts.apply(&flows[index].pointee, at: end)
    }
    for list in FlowList.allCases {
      while let index = recency.oldest(in: Int(list.rawValue)) {
        close(index, as: .end, at: end)
      }
    }
    writeFolds(at: end)
    dirty.removeAll(keepingCapacity: true)
  }

  // MARK: The flow of a packet

  private mutating func flow(of packet: Packet, at now: Int64) -> Int32 {
    let (key, upward) = FlowKey.of(packet)
    if let index = flows.find(key) {
      let flow = flows[index]
      let isForward = upward == flow.pointee.lowIsSource
      if flow.pointee.tcp.isReopened(by: packet, isForward: isForward) {
        supersede(index, as: .reused, at: now)
      } else if now - flow.pointee.start > limits.active {
        supersede(index, as: .active, at: now)
        return open(key, packet, isForward: isForward, upward: upward, at: now)
      } else {
        return index
      }
    }
    return open(key, packet, isForward: Self.isFromInitiator(packet), upward: upward, at: now)
  }

  /// Who began, when the first packet seen may not be the first sent: a SYN-ACK, an echo reply or an
  /// ARP reply comes from the responder; without such a sign, so does a packet from a lower,
  /// well-known port to an ephemeral one.
  private static func isFromInitiator(_ packet: Packet) -> Bool {
    switch packet.kind {
    case .tcp:
      if packet.tcpFlags.contains(.syn) { return !packet.tcpFlags.contains(.ack) }
      return !looksLikeServer(packet)
    // A later fragment has no type of its own.
    case .icmp: return packet.icmpType != 0 || packet.fragment == .later
    case .icmp6: return packet.icmpType != 129
    case .arp: return packet.arp?.operation != 2
    default: return true
    }
  }

  private static func looksLikeServer(_ packet: Packet) -> Bool {
    packet.sourcePort != 0 && packet.sourcePort < 1_024 && packet.destinationPort >= 1_024
  }

  private mutating func open(
    _ key: FlowKey, _ packet: Packet, isForward: Bool, upward: Bool, at now: Int64
  ) -> Int32 {
    if flows.isFull { evictOldest(at: now) }
    var flow = Flow(packet, isForward: isForward, lowIsSource: upward == isForward, at: now)
    flow.isBound = neighbors.isBound(flow.source, to: flow.sourceMAC)
    flow.rowInterval = limits.tick
    let index = flows.insert(key, flow)
    let list = FlowList.of(flow)
    flows[index].pointee.list = list.rawValue
    recency.append(index, to: Int(list.rawValue))
    return index
  }

  private mutating func count(_ packet: Packet, _ frame: Frame, in index: Int32, at now: Int64) {
    let flow = flows[index]
    let isForward = (FlowKey.of(packet).upward) == flow.pointee.lowIsSource
    flow.pointee.add(packet, isForward: isForward, at: now)
    if packet.payloadLength > 0 { listen(to: packet, frame, of: flow, isForward: isForward) }
    if !flow.pointee.isDirty {
      flow.pointee.isDirty = true
      dirty.append(index)
    }
    let list = FlowList.of(flow.pointee)
    if list.rawValue == flow.pointee.list {
      recency.touch(index, in: Int(list.rawValue))
    } else {
      recency.remove(index, from: Int(flow.pointee.list))
      recency.append(index, to: Int(list.rawValue))
      flow.pointee.list = list.rawValue
    }
  }

  private func listen(
    to packet: Packet, _ frame: Frame, of flow: UnsafeMutablePointer<Flow>, isForward: Bool
  ) {
    guard packet.kind == .tcp || packet.kind == .udp, packet.fragment != .later else { return }
    let segment = Conversation.Segment(
      length: packet.payloadLength, isForward: isForward,
      sequence: packet.kind == .tcp ? packet.sequence : nil,
      sourcePort: flow.pointee.sourcePort, destinationPort: flow.pointee.destinationPort,
      isWhole: flow.pointee.tcp.sawSYN)
    if flow.pointee.conversation.read(packet.payload(of: frame), segment) {
      flow.pointee.sqlInjections += 1
    }
  }

  /// An ICMP error speaks of the flow whose packet it quotes.
  private mutating func blame(_ quoted: Packet.Quoted) {
    let (key, _) = FlowKey.of(
      quoted.source, quoted.sourcePort, quoted.destination, quoted.destinationPort,
      quoted.ipProtocol)
    if let index = flows.find(key) { flows[index].pointee.icmpErrors += 1 }
  }

  // MARK: Ends

  /// A flow gives way within a tick: its row is written now, its growth told to the windows first.
  private mutating func supersede(_ index: Int32, as state: FlowState, at now: Int64) {
    contexts.apply(&flows[index].pointee, at: nextTick)
    close(index, as: state, at: nextTick)
  }

  private mutating func evictOldest(at now: Int64) {
    for list in FlowList.allCases {
      guard let index = recency.oldest(in: Int(list.rawValue)) else { continue }
      tally.evictedFlows += 1
      return supersede(index, as: .evicted, at: now)
    }
  }

  /// Writes a flow's last row, or folds it, and forgets it.
  private mutating func close(_ index: Int32, as state: FlowState, at tick: Int64) {
    var flow = flows[index].pointee
    flow.end = flow.tcp.isFinished ? .fin : flow.tcp.wasReset ? .rst : state
    if !(flow.isSmall && folder.absorbs(flow)) { write(flow, sources: 1, at: tick) }
    forget(index)
  }

  private mutating func forget(_ index: Int32) {
    flows[index].pointee.isLive = false
    flows[index].pointee.isDirty = false
    recency.remove(index, from: Int(flows[index].pointee.list))
    flows.remove(index)
  }

  // MARK: Ticks

  private mutating func runTicks(to now: Int64) {
    let tick = limits.tick
    let floor = now >= 0 ? now / tick : (now - tick + 1) / tick
    if nextTick == .min {
      nextTick = (floor + 1) * tick
      return
    }
    while nextTick <= now {
      if dirty.isEmpty {
        // Nothing moved: go straight to the first time-out, or to the present.
        guard let due = firstTimeout(), due <= now else {
          nextTick = (floor + 1) * tick
          return
        }
        nextTick = max(nextTick, (due + tick - 1) / tick * tick)
        if nextTick > now { return }
      }
      runTick(at: nextTick)
      nextTick += tick
    }
  }

  private mutating func runTick(at tick: Int64) {
    for index in dirty where flows[index].pointee.isLive {
      contexts.apply(&flows[index].pointee, at: tick)
    }
    writeDue(at: tick)
    for list in FlowList.allCases { expire(list, at: tick) }
    writeFolds(at: tick)
  }

  /// Rows of open flows that moved.
  private mutating func writeDue(at tick: Int64) {
    var kept = 0
    for position in dirty.indices {
      let index = dirty[position]
      let flow = flows[index]
      guard flow.pointee.isLive, flow.pointee.isDirty else { continue }
      let isDue =
        tick >= flow.pointee.nextRow
        || flow.pointee.packets - flow.pointee.packetsAtRow >= limits.burst
      guard isDue else {
        dirty[kept] = index
        kept += 1
        continue
      }
      flow.pointee.isDirty = false
      if flow.pointee.isSmall, folder.absorbs(flow.pointee) {
        forget(index)
        continue
      }
      write(flow.pointee, sources: 1, at: tick)
      flow.pointee.packetsAtRow = flow.pointee.packets
      flow.pointee.nextRow = tick + flow.pointee.rowInterval
      flow.pointee.rowInterval = min(flow.pointee.rowInterval * 2, limits.slowestTick)
    }
    dirty.removeSubrange(kept...)
  }

  private mutating func expire(_ list: FlowList, at tick: Int64) {
    let idle = limits.idle(list)
    while let index = recency.oldest(in: Int(list.rawValue)),
      flows[index].pointee.last + idle <= tick
    {
      close(index, as: .idle, at: tick)
    }
  }

  private func firstTimeout() -> Int64? {
    var first: Int64?
    for list in FlowList.allCases {
      guard let index = recency.oldest(in: Int(list.rawValue)) else { continue }
      let due = flows[index].pointee.last + limits.idle(list)
      first = min(first ?? due, due)
    }
    return first
  }

  private mutating func writeFolds(at tick: Int64) {
    let folds = folder
    folds.forEach { flow, sources in write(flow, sources: sources, at: tick) }
    folder.begin()
  }

  // MARK: Rows

  private mutating func write(_ flow: Flow, sources: Double, at tick: Int64) {
    row += 1
    tally.rows += 1
    writer.cells(
      FlowIdentity(
        row: row, start: clock.packetTime(flow.start), last: clock.packetTime(flow.last),
        source: flow.source, sourcePort: flow.sourcePort, destination: flow.destination,
        destinationPort: flow.destinationPort, ipProtocol: flow.ipProtocol,
        sourceMAC: flow.sourceMAC, destinationMAC: flow.destinationMAC,
        application: flow.application.name,
        communityID: flow.end == .folded ? "-" : CommunityID.of(flow), state: flow.end,
        sensor: sensor))
    let measures = FlowMeasures(flow, contexts.view(of: flow, at: tick), sources: sources)
    for measure in Measure.allCases { writer.cell(measures.value(of: measure)) }
    writer.endRow()
  }
}
