import Addresses
import Packets
import Tables
import Time

/// One flow's state: a fixed-size value, about 1,000 bytes, however long the flow.
///
/// "Forward" is the initiator's direction. Times are microseconds of the featurizer's steady clock
/// (``PacketClock``).
struct Flow: BitwiseCopyable {
  // What every packet changes stands first.
  var start: Int64
  var last: Int64
  var lastGap: Int64 = 0
  /// ``start`` and ``last`` by the capture's own clock, which may have been set since.
  private(set) var firstTime: Timestamp
  private(set) var lastTime: Timestamp
  private var activeStart: Int64
  var kind: Packet.Kind
  /// Whether a packet from the key's `low` end is forward.
  var lowIsSource: Bool
  var isDirty = false
  var isLive = true
  var list: FlowList = .other
  var end: FlowState = .open
  var flags: TCPFlags = []
  var tcp = TCPState()
  var gaps = Moments()
  private var bulk = BulkRun()
  var subflows: UInt32 = 1
  var outOfOrder: UInt32 = 0
  var fragments: UInt32 = 0
  var truncated: UInt32 = 0
  var emptyPayloads: UInt32 = 0
  var icmpErrors: UInt32 = 0
  var webAttacks = WebAttackCounts()
  /// Claims in this flow that moved an address to another MAC; that nobody had asked for.
  var rebinds: UInt32 = 0
  var unasked: UInt32 = 0
  /// The most addresses that the MAC of a claim in this flow has claimed.
  var claims: UInt32 = 0
  var forwardFragments: UInt32 = 0
  var folded: UInt32 = 1
  /// What the two ends say above the transport.
  var conversation = Conversation()
  var forward = Direction()
  var backward = Direction()
  var active = Moments()
  var idle = Moments()

  var source: IPAddress
  var destination: IPAddress
  var sourcePort: UInt16
  var destinationPort: UInt16
  var ipProtocol: UInt8
  var ipVersion: UInt8
  var typeOfService: UInt8
  /// Of the first packet that the source sent.
  private(set) var ttl: UInt8 = 0
  var icmpType: UInt8
  var icmpCode: UInt8
  /// Whether the source was known when the flow began, but not with this time to live.
  var isTTLNew = false
  /// Whether a packet of it came in a tunnel: whoever makes up the tunnel makes up both ends.
  var isTunneled = false
  /// Whether the source's MAC was the one bound to its address when the flow began.
  var isBound = false
  /// Whether the first packet answers what was not seen: SYN-ACK or RST.
  let isAnswer: Bool
  /// Whether the responder sent it.
  let beganBackward: Bool
  /// Whether it goes on where a flow of the same ends was cut off for its age; whether that one was an
  /// open connection.
  var isContinued = false
  var wasConnected = false
  var sourceMAC: MACAddress
  var destinationMAC: MACAddress

  // What the featurizer keeps about the flow, not about the traffic.
  var nextRow: Int64 = 0
  var rowInterval: Int64 = 0
  var packetsAtRow = 0
  /// The tick at which the windows were last told.
  var toldAt: Int64 = .min
  var applied = Applied()
  var places = Places()
  var communityID = CommunityID.Text()

  /// Gaps longer than this are idle time, shorter ones activity (CICFlowMeter's 5 s).
  static let idleGap: Int64 = 5_000_000
  /// A gap longer than this starts a new subflow.
  static let subflowGap: Int64 = 1_000_000

  /// A flow whose first packet is `packet`, sent by the initiator if `isForward`.
  @inline(__always) init(
    _ packet: UnsafePointer<Packet>, isForward: Bool, lowIsSource: Bool, at time: Int64
  ) {
    source = isForward ? packet.pointee.source : packet.pointee.destination
    destination = isForward ? packet.pointee.destination : packet.pointee.source
    sourcePort = isForward ? packet.pointee.sourcePort : packet.pointee.destinationPort
    destinationPort = isForward ? packet.pointee.destinationPort : packet.pointee.sourcePort
    sourceMAC = isForward ? packet.pointee.sourceMAC : packet.pointee.destinationMAC
    destinationMAC = isForward ? packet.pointee.destinationMAC : packet.pointee.sourceMAC
    ipProtocol = packet.pointee.ipProtocol
    ipVersion = packet.pointee.ipVersion
    kind = packet.pointee.kind
    self.lowIsSource = lowIsSource
    typeOfService = packet.pointee.typeOfService
    icmpType = packet.pointee.icmpType
    icmpCode = packet.pointee.icmpCode
    start = time
    last = time
    firstTime = packet.pointee.time
    lastTime = packet.pointee.time
    activeStart = time
    beganBackward = !isForward
    isAnswer =
      packet.pointee.kind == .tcp && packet.pointee.fragment != .later
      && (packet.pointee.tcpFlags.contains(.rst)
        || packet.pointee.tcpFlags.contains([.syn, .ack]))
  }

  @inline(__always) var packets: Int { forward.packets + backward.packets }
  var bytes: Int { forward.bytes + backward.bytes }

  /// Counts a packet.pointee.
  @inline(__always) mutating func add(
    _ packet: UnsafePointer<Packet>, isForward: Bool, at time: Int64
  ) {
    pace(time)
    if time == last { lastTime = packet.pointee.time }
    if isForward {
      if forward.packets == 0 { ttl = packet.pointee.ttl }
      forward.add(packet, at: last)
    } else {
      backward.add(packet, at: last)
    }
    let payload = packet.pointee.payloadLength
    if payload > 0 {
      if isForward {
        bulk.add(payload, isForward: true, at: last, to: &forward.bulks)
      } else {
        bulk.add(payload, isForward: false, at: last, to: &backward.bulks)
      }
    } else if packet.pointee.kind == .udp
      || packet.pointee.kind == .tcp && packet.pointee.tcpFlags.contains(.psh)
    {
      emptyPayloads &+= 1
    }
    if packet.pointee.fragment != .none {
      fragments &+= 1
      if isForward { forwardFragments &+= 1 }
    }
    if packet.pointee.tunnel != .none { isTunneled = true }
    if packet.pointee.oddities.contains(.truncated)
      || packet.pointee.capturedLength < packet.pointee.wireLength
    {
      truncated &+= 1
    }
    guard packet.pointee.kind == .tcp, packet.pointee.fragment != .later else { return }
    flags.formUnion(packet.pointee.tcpFlags)
    tcp.follow(packet, isForward: isForward, responderNext: backward.nextSequence)
  }

  @inline(__always) private mutating func pace(_ time: Int64) {
    guard packets > 0 else { return }
    if time < last { outOfOrder &+= 1 }
    let gap = max(0, time - last)
    last += gap
    lastGap = gap
    gaps.add(Int(gap))
    if gap > Self.subflowGap { pause(gap) }
  }

  private mutating func pause(_ gap: Int64) {
    subflows &+= 1
    guard gap > Self.idleGap else { return }
    idle.add(Int(gap))
    active.add(Int(last - gap - activeStart))
    activeStart = last
  }

  /// ``active`` with the span under way closed at the newest packet.
  var activeSpans: Moments {
    var spans = active
    spans.add(Int(max(0, last - activeStart)))
    return spans
  }

  /// Whether the flow came to something: a TCP handshake, or any answer. A flow that was under way
  /// when it was first seen came to something once both ends spoke.
  @inline(__always) var hasSucceeded: Bool {
    kind == .tcp
      ? tcp.isEstablished || !tcp.sawSYN && backward.packets > 0 && !tcp.wasReset
      : backward.packets > 0
  }

  /// Whether it is a TCP connection that is open.
  @inline(__always) var isConnected: Bool {
    (tcp.isEstablished || wasConnected) && !tcp.isOver
  }

  /// Small enough to stand in a folded row: one packet, or a handful without payload that are over.
  @inline(__always) var isSmall: Bool {
    packets == 1 || packets <= 4 && forward.dataPackets + backward.dataPackets == 0 && tcp.isOver
  }

  /// How sure it is that the source is who it says (``Measure/srcVerified``).
  var verification: Int { isTunneled ? 0 : tcp.isVerified ? 2 : isBound ? 1 : 0 }

  /// Adds another flow's counts to this row that stands for both.
  mutating func absorb(_ other: UnsafeMutablePointer<Flow>) {
    if other.pointee.start < start { firstTime = other.pointee.firstTime }
    if other.pointee.last > last { lastTime = other.pointee.lastTime }
    start = min(start, other.pointee.start)
    last = max(last, other.pointee.last)
    forward.absorb(other.pointee.forward)
    backward.absorb(other.pointee.backward)
    gaps.merge(other.pointee.gaps)
    idle.merge(other.pointee.idle)
    active.merge(other.pointee.active)
    outOfOrder &+= other.pointee.outOfOrder
    fragments &+= other.pointee.fragments
    truncated &+= other.pointee.truncated
    icmpErrors &+= other.pointee.icmpErrors
    webAttacks.absorb(other.pointee.webAttacks)
    emptyPayloads &+= other.pointee.emptyPayloads
    rebinds &+= other.pointee.rebinds
    unasked &+= other.pointee.unasked
    claims = max(claims, other.pointee.claims)
    conversation.absorb(other.pointee.conversation)
    flags.formUnion(other.pointee.flags)
    if !other.pointee.tcp.isVerified { tcp.isVerified = false }
    if !other.pointee.isBound { isBound = false }
    if other.pointee.isTunneled { isTunneled = true }
    folded &+= other.pointee.folded
  }
}
