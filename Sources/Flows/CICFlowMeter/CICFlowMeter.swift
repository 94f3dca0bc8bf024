public import Packets
public import Tables

/// CICFlowMeter's flows and rows, its published bugs included, for data sets and models that were
/// made with it.
///
/// ``Featurizer`` measures what is right; this is for comparison. Memory is bounded, which it is not
/// in the tool: a full table writes the flow that was silent for longest as if the capture ended.
public struct CICFlowMeter: ~Copyable {
  /// What happened so far.
  public struct Counters: Sendable {
    /// Packets that were taken.
    public var packets = 0
    /// Frames that carry no IPv4, which the tool does not read.
    public var otherFrames = 0
    /// Rows written.
    public var rows = 0
    /// Flows that the variant does not write.
    public var omittedFlows = 0
    /// Flows pushed out of a full table.
    public var evictedFlows = 0
  }

  private let rules: CICRules
  private var flows: BoundedTable<FlowKey, CICFlow>
  private var recency: RecencyList
  /// What happened so far.
  public private(set) var counters = Counters()
  /// The rows so far; the caller drains it. Flows are written in the order in which they end.
  public var writer = RowWriter()

  /// A meter that has seen nothing; its writer begins with the header.
  ///
  /// - Parameter limit: flows tracked at once. About 1 KB each.
  public init(_ variant: CICVariant, flows limit: Int = FlowLimits().flows) {
    rules = variant.rules
    flows = BoundedTable(capacity: limit)
    recency = RecencyList(capacity: limit)
    for name in variant == .v4 ? CICFlowMeterHeader.v4 : CICFlowMeterHeader.cns2022 {
      writer.cell(name)
    }
    writer.endRow()
  }

  /// Takes a frame.
  public mutating func add(_ frame: Frame) {
    guard let packet = CICPacket(frame, rules) else {
      counters.otherFrames += 1
      return
    }
    counters.packets += 1
    let key = FlowKey.of(
      packet.source, packet.sourcePort, packet.destination, packet.destinationPort,
      packet.ipProtocol
    ).key
    guard let index = flows.find(key) else {
      if flows.isFull, let oldest = recency.oldest() {
        counters.evictedFlows += 1
        end(oldest)
      }
      let index = flows.insert(key)
      flows[index].initialize(to: CICFlow(packet, rules))
      recency.append(index)
      return
    }
    recency.touch(index)
    advance(index, packet)
  }

  /// Writes the flows that are still open, the longest silent first.
  public mutating func finish() {
    while let oldest = recency.oldest() { end(oldest) }
  }

  private mutating func advance(_ index: Int32, _ packet: CICPacket) {
    let flow = flows[index]
    let isClosed = flow.pointee.closing == .closed
    let isOld = packet.time &- flow.pointee.start > CICRules.flowTimeout
    if isOld || isClosed && packet.flags.contains(.syn) {
      return restart(index, packet, isClosed: isClosed)
    }
    if rules.endsAtOnce {
      if flow.pointee.endsAtOnce(with: packet, rules) { end(index) }
    } else if flow.pointee.changesMessage(with: packet) {
      replace(index, by: CICFlow(packet, named: flow.pointee.named, rules))
    } else {
      flow.pointee.follow(packet, rules)
    }
  }

  /// Ends a flow whose next packet belongs to a new one between the same ends.
  private mutating func restart(_ index: Int32, _ packet: CICPacket, isClosed: Bool) {
    let former = flows[index].pointee
    let isNewConnection =
      isClosed && packet.flags.contains(.syn) && !packet.flags.contains(.ack)
    let goesOn = rules.keepsDirection || packet.ipProtocol == 6 && !isNewConnection
    var flow = CICFlow(packet, ends: goesOn ? former.ends : nil, named: former.named, rules)
    if goesOn {
      let before = former.connectionTime &+ former.duration
      flow.connectionTime = before &+ (packet.time &- former.last)
    }
    replace(index, by: flow)
  }

  private mutating func replace(_ index: Int32, by flow: CICFlow) {
    write(index)
    flows[index].pointee = flow
  }

  private mutating func end(_ index: Int32) {
    write(index)
    recency.remove(index)
    flows.remove(index)
  }

  private mutating func write(_ index: Int32) {
    let isDefined = flows[index].pointee.packets > 1 && flows[index].pointee.duration != 0
    let isWritten =
      rules.omits == .singlePackets ? flows[index].pointee.packets > 1 : isDefined
    guard isWritten else {
      counters.omittedFlows += 1
      return
    }
    counters.rows += 1
    var flow = flows[index].pointee
    if flow.ipProtocol == 6 { flow.connectionTime &+= flow.duration }
    CICRow.write(flow, number: counters.rows, rules, to: &writer)
  }
}
