import Addresses
import Packets
import Tables

/// One flow's state: a fixed-size value, about 900 bytes, however long the flow.
///
/// "Forward" is the initiator's direction. Times are microseconds of the featurizer's steady clock
/// (``PacketClock``).
struct Flow: BitwiseCopyable {
  var source: IPAddress
  var destination: IPAddress
  var sourcePort: UInt16
  var destinationPort: UInt16
  var ipProtocol: UInt8
  var ipVersion: UInt8
  var kind: Packet.Kind
  var sourceMAC: MACAddress
  var destinationMAC: MACAddress
  /// Whether a packet from the key's `low` end is forward.
  var lowIsSource: Bool
  var typeOfService: UInt8
  var icmpType: UInt8
  var icmpCode: UInt8

  var start: Int64
  var last: Int64
  var lastGap: Int64 = 0
  var forward = Direction()
  var backward = Direction()
  var gaps = Moments()
  var active = Moments()
  var idle = Moments()
  private var activeStart: Int64
  var subflows = 1
  var outOfOrder = 0
  var fragments = 0
  var truncated = 0
  var icmpErrors = 0
  var sqlInjections = 0
  var emptyPayloads = 0
  var flags: TCPFlags = []
  var tcp = TCPState()
  /// What the two ends say above the transport.
  var conversation = Conversation()
  /// Whether the source's MAC was the one bound to its address when the flow began.
  var isBound = false
  var folded = 1

  // What the featurizer keeps about the flow, not about the traffic.
  var isDirty = false
  var isLive = true
  var list: UInt8 = 0
  var end: FlowState = .open
  var nextRow: Int64 = 0
  var rowInterval: Int64 = 0
  var packetsAtRow = 0
  var applied = Applied()

  /// What the context windows have already been told of.
  struct Applied: BitwiseCopyable {
    var hasBegun = false
    var forwardPackets = 0
    var forwardBytes = 0
    var backwardPackets = 0
    var synBegun = false
    var completed = false
    var succeeded = false
  }

  /// Gaps longer than this are idle time, shorter ones activity (CICFlowMeter's 5 s).
  static let idleGap: Int64 = 5_000_000
  /// A gap longer than this starts a new subflow.
  static let subflowGap: Int64 = 1_000_000

  /// A flow whose first packet is `packet`, sent by the initiator if `isForward`.
  init(_ packet: Packet, isForward: Bool, lowIsSource: Bool, at time: Int64) {
    source = isForward ? packet.source : packet.destination
    destination = isForward ? packet.destination : packet.source
    sourcePort = isForward ? packet.sourcePort : packet.destinationPort
    destinationPort = isForward ? packet.destinationPort : packet.sourcePort
    sourceMAC = isForward ? packet.sourceMAC : packet.destinationMAC
    destinationMAC = isForward ? packet.destinationMAC : packet.sourceMAC
    ipProtocol = packet.ipProtocol
    ipVersion = packet.ipVersion
    kind = packet.kind
    self.lowIsSource = lowIsSource
    typeOfService = packet.typeOfService
    icmpType = packet.icmpType
    icmpCode = packet.icmpCode
    start = time
    last = time
    activeStart = time
  }

  var packets: Int { forward.packets + backward.packets }
  var bytes: Int { forward.bytes + backward.bytes }

  /// Counts a packet.
  mutating func add(_ packet: Packet, isForward: Bool, at time: Int64) {
    pace(time)
    if isForward {
      forward.add(packet, at: last)
    } else {
      backward.add(packet, at: last)
    }
    if packet.payloadLength > 0 {
      if isForward {
        forward.bulk.add(packet.payloadLength, at: last)
        backward.bulk.interrupt()
      } else {
        backward.bulk.add(packet.payloadLength, at: last)
        forward.bulk.interrupt()
      }
    }
    if packet.fragment != .none { fragments += 1 }
    if packet.oddities.contains(.truncated) || packet.capturedLength < packet.wireLength {
      truncated += 1
    }
    if packet.payloadLength == 0,
      packet.kind == .udp || packet.kind == .tcp && packet.tcpFlags.contains(.psh)
    {
      emptyPayloads += 1
    }
    guard packet.kind == .tcp, packet.fragment != .later else { return }
    flags.formUnion(packet.tcpFlags)
    tcp.follow(packet, isForward: isForward, responderNext: backward.nextSequence)
  }

  private mutating func pace(_ time: Int64) {
    guard packets > 0 else { return }
    if time < last { outOfOrder += 1 }
    let gap = max(0, time - last)
    last = max(last, time)
    lastGap = gap
    gaps.add(Double(gap))
    if gap > Self.subflowGap { subflows += 1 }
    if gap > Self.idleGap {
      idle.add(Double(gap))
      active.add(Double(last - gap - activeStart))
      activeStart = last
    }
  }

  /// ``active`` with the span under way closed at the newest packet.
  var activeSpans: Moments {
    var spans = active
    spans.add(Double(max(0, last - activeStart)))
    return spans
  }

  /// Whether the flow came to something: a TCP handshake, or any answer. A flow that was under way
  /// when it was first seen came to something once both ends spoke.
  var hasSucceeded: Bool {
    kind == .tcp
      ? tcp.isEstablished || !tcp.sawSYN && backward.packets > 0 && !tcp.wasReset
      : backward.packets > 0
  }

  /// Small enough to stand in a folded row: one packet, or a handful without payload that are over.
  var isSmall: Bool {
    packets == 1 || packets <= 4 && forward.dataPackets + backward.dataPackets == 0 && tcp.isOver
  }

  /// How sure it is that the source is who it says (``Measure/srcVerified``).
  var verification: Int { tcp.isVerified ? 2 : isBound ? 1 : 0 }

  /// Adds another flow's counts to this row that stands for both.
  mutating func absorb(_ other: Flow) {
    start = min(start, other.start)
    last = max(last, other.last)
    forward.absorb(other.forward)
    backward.absorb(other.backward)
    gaps.merge(other.gaps)
    idle.merge(other.idle)
    active.merge(other.active)
    outOfOrder += other.outOfOrder
    fragments += other.fragments
    truncated += other.truncated
    icmpErrors += other.icmpErrors
    sqlInjections += other.sqlInjections
    emptyPayloads += other.emptyPayloads
    conversation.absorb(other.conversation)
    flags.formUnion(other.flags)
    if !other.tcp.isVerified { tcp.isVerified = false }
    if !other.isBound { isBound = false }
    folded += other.folded
  }
}
