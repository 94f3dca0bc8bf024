import Addresses
import Packets

/// A flow as CICFlowMeter keeps it, but for the packets, which it keeps too.
///
/// Arithmetic on times wraps, as Java's does.
struct CICFlow: BitwiseCopyable {
  /// How far a TCP connection is closed. Followed only where FIN does not end the flow at once.
  enum Closing: UInt8 {
    case open
    case oneFIN
    case bothFIN
    case closed
  }

  /// Two ends, the source first.
  struct Ends: BitwiseCopyable {
    let source: IPAddress
    let sourcePort: UInt16
    let destination: IPAddress
    let destinationPort: UInt16

    init(_ packet: CICPacket) {
      source = packet.source
      sourcePort = packet.sourcePort
      destination = packet.destination
      destinationPort = packet.destinationPort
    }
  }

  let ends: Ends
  /// What Flow ID names: it keeps the order of the first flow between two ends, whoever opens the
  /// next.
  let named: Ends
  let ipProtocol: UInt8
  let icmpType: Int
  let icmpCode: Int

  let start: Int64
  private(set) var last: Int64
  private(set) var forward = CICDirection()
  private(set) var backward = CICDirection()
  private(set) var length = SummaryStatistics()
  private(set) var gaps = SummaryStatistics()
  private(set) var active = SummaryStatistics()
  private(set) var idle = SummaryStatistics()
  private(set) var flagCounts = FlagCounts()
  private(set) var subflows = 0
  private var subflowLast: Int64
  private var activeStart: Int64
  private var activeLast: Int64
  var closing = Closing.open
  /// How long the TCP connection lasted through all its flows, once this one is over. µs.
  var connectionTime: Int64 = 0

  /// A flow opened by `packet`.
  ///
  /// - Parameters:
  ///   - ends: of the flow that this one goes on from; nil for the packet's own.
  ///   - named: of the flow that was there before; nil for the packet's own.
  init(_ packet: CICPacket, ends: Ends? = nil, named: Ends? = nil, _ rules: CICRules) {
    self.ends = ends ?? Ends(packet)
    self.named = named ?? Ends(packet)
    ipProtocol = packet.ipProtocol
    icmpType = packet.icmpType
    icmpCode = packet.icmpCode
    start = packet.time
    last = packet.time
    subflowLast = packet.time
    activeStart = packet.time
    activeLast = packet.time
    addBulk(packet, rules)
    noteSubflow(packet.time, rules)
    flagCounts.add(packet.flags)
    length.add(Double(packet.payload))
    if rules.countsOpeningTwice { length.add(Double(packet.payload)) }
    if rules.opensForward || isForward(packet) {
      forward.open(packet)
    } else {
      backward.open(packet)
    }
  }

  var packets: Int { forward.packets + backward.packets }

  /// µs; negative where the capture is out of order.
  var duration: Int64 { last &- start }

  /// By the source address alone: between the ports of one host all is forward.
  func isForward(_ packet: CICPacket) -> Bool { packet.source == ends.source }

  /// Counts a FIN without the packet that carries it.
  mutating func countFIN(isForward: Bool) -> Int {
    if isForward { forward.fin += 1 } else { backward.fin += 1 }
    return isForward ? forward.fin : backward.fin
  }

  mutating func add(_ packet: CICPacket, _ rules: CICRules) {
    addBulk(packet, rules)
    noteSubflow(packet.time, rules)
    flagCounts.add(packet.flags)
    length.add(Double(packet.payload))
    if isForward(packet) {
      forward.add(packet, rules)
    } else {
      backward.add(packet, rules)
      backward.window = packet.window
    }
    gaps.add(Double(packet.time &- last))
    last = packet.time
  }

  private mutating func addBulk(_ packet: CICPacket, _ rules: CICRules) {
    if !rules.mixesBulks, isForward(packet) {
      forward.bulk.add(packet.payload, at: packet.time, other: backward.bulk.last)
    } else {
      backward.bulk.add(packet.payload, at: packet.time, other: forward.bulk.last)
    }
  }

  /// With a misplaced parenthesis the release's tool compared a time, not a gap, with a second.
  private mutating func noteSubflow(_ time: Int64, _ rules: CICRules) {
    let isNew =
      rules.countsPacketsAsSubflows
      ? Double(time) - Double(subflowLast) / 1_000_000 > 1
      : time &- subflowLast > CICRules.longestGap
    if isNew {
      subflows += 1
      noteActivity(time)
    }
    subflowLast = time
  }

  /// The span of activity that is under way at the flow's end is never counted.
  mutating func noteActivity(_ time: Int64) {
    if time &- activeLast > CICRules.activityTimeout {
      if activeLast &- activeStart > 0 { active.add(Double(activeLast &- activeStart)) }
      idle.add(Double(time &- activeLast))
      activeStart = time
    }
    activeLast = time
  }
}
