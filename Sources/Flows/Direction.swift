import Packets

/// What one end of a flow sent.
struct Direction: BitwiseCopyable {
  var packets = 0
  /// IP bytes.
  var bytes = 0
  private var last: Int64 = 0
  var payload = Moments()
  var gaps = Moments()
  var flagCounts = FlagCounts()
  var headerBytes = 0
  var dataPackets: UInt32 = 0
  var retransmissions: UInt32 = 0
  private(set) var headerMin: UInt16 = 0
  private(set) var firstWindow: UInt16 = 0
  private(set) var hasSequence = false
  /// One past the highest sequence number sent; valid once ``hasSequence``.
  private(set) var nextSequence: UInt32 = 0
  var bulks = Bulks()

  /// Counts a packet of this direction, seen at flow time `time`.
  @inline(__always) mutating func add(_ packet: UnsafePointer<Packet>, at time: Int64) {
    if packets > 0 { gaps.add(Int(time - last)) }
    last = time
    let isFirst = packets == 0
    packets += 1
    bytes += packet.pointee.ipLength
    let length = packet.pointee.payloadLength
    payload.add(length)
    let header = packet.pointee.transportHeaderLength
    headerBytes += header
    if header > 0 { note(header: UInt16(clamping: header)) }
    if length > 0 { dataPackets &+= 1 }
    guard packet.pointee.kind == .tcp, packet.pointee.fragment != .later else { return }
    if isFirst { firstWindow = packet.pointee.window }
    flagCounts.add(packet.pointee.tcpFlags)
    follow(packet.pointee.sequence, UInt32(truncatingIfNeeded: length), packet.pointee.tcpFlags)
  }

  /// A later fragment has no header, and no part in the smallest.
  private mutating func note(header length: UInt16) {
    headerMin = headerMin == 0 ? length : min(headerMin, length)
  }

  private mutating func follow(_ sequence: UInt32, _ payload: UInt32, _ flags: TCPFlags) {
    let phantom: UInt32 = flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1
    let length = payload &+ phantom
    let end = sequence &+ length
    guard hasSequence else {
      (nextSequence, hasSequence) = (end, true)
      return
    }
    // RFC 9293 section 3.4: sequence numbers compare modulo 2³².
    if Int32(bitPattern: end &- nextSequence) > 0 {
      nextSequence = end
    } else if length > 0 {
      retransmissions &+= 1
    }
  }

  mutating func absorb(_ other: Direction) {
    if packets == 0 { firstWindow = other.firstWindow }
    packets += other.packets
    bytes += other.bytes
    payload.merge(other.payload)
    gaps.merge(other.gaps)
    headerBytes += other.headerBytes
    if other.headerMin > 0 { note(header: other.headerMin) }
    dataPackets &+= other.dataPackets
    flagCounts.absorb(other.flagCounts)
    retransmissions &+= other.retransmissions
    bulks.absorb(other.bulks)
  }
}

/// Packets by TCP flag.
struct FlagCounts: BitwiseCopyable {
  private var counts = SIMD8<UInt32>()

  @inline(__always) mutating func add(_ flags: TCPFlags) {
    var bits = SIMD8<UInt32>(repeating: UInt32(flags.rawValue))
    bits = (bits &>> SIMD8(0, 1, 2, 3, 4, 5, 6, 7)) & SIMD8(repeating: 1)
    counts &+= bits
  }

  mutating func absorb(_ other: FlagCounts) { counts &+= other.counts }

  subscript(flag: TCPFlags) -> Int { Int(counts[flag.rawValue.trailingZeroBitCount]) }
}
