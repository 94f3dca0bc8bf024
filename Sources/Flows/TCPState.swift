import Packets

/// What a flow's TCP segments say of its connection (RFC 9293, seen from outside).
struct TCPState: BitwiseCopyable {
  /// The initiator's SYN was seen.
  private(set) var sawSYN = false
  /// The responder's SYN-ACK was seen.
  private(set) var sawSYNACK = false
  /// SYN-ACK and the initiator's ACK of it were seen.
  private(set) var isEstablished = false
  /// The initiator acknowledged the responder's initial sequence number: 32 bits that only who
  /// receives at the source's address can know.
  var isVerified = false
  /// RST was seen, from either end.
  private(set) var wasReset = false
  /// FIN went both ways and the last was acknowledged.
  private(set) var isFinished = false
  private var initiatorISN: UInt32 = 0
  private var responderISN: UInt32 = 0
  private var finForward = false
  private var finBackward = false

  /// Whether nothing but stragglers can follow.
  var isOver: Bool { wasReset || isFinished }

  /// Whether a segment opens a new connection on the flow's addresses and ports: a SYN after the
  /// close, or with another sequence number than the flow's own SYN.
  func isReopened(by packet: UnsafePointer<Packet>, isForward: Bool) -> Bool {
    guard packet.pointee.kind == .tcp, packet.pointee.fragment != .later,
      packet.pointee.tcpFlags.contains(.syn), !packet.pointee.tcpFlags.contains(.ack)
    else { return false }
    if isOver { return !(isForward && sawSYN && packet.pointee.sequence == initiatorISN) }
    return isForward && sawSYN && packet.pointee.sequence != initiatorISN && isEstablished
  }

  /// Takes a segment.
  ///
  /// - Parameter responderNext: one past the highest sequence number the responder has sent.
  mutating func follow(_ packet: UnsafePointer<Packet>, isForward: Bool, responderNext: UInt32) {
    let flags = packet.pointee.tcpFlags
    let isSYN = flags.contains(.syn)
    let isACK = flags.contains(.ack)
    if isSYN, !isACK, isForward, !sawSYN {
      sawSYN = true
      initiatorISN = packet.pointee.sequence
    } else if isSYN, isACK, !isForward, !sawSYNACK {
      sawSYNACK = true
      responderISN = packet.pointee.sequence
    } else if isACK, !isSYN, isForward, sawSYNACK, !flags.contains(.rst) {
      // ISN + 1, or what the responder has sent since: a wider window could be hit by chance.
      // Compared modulo 2³² (RFC 9293 section 3.4): a stray segment from before the SYN-ACK sent nothing.
      let sent = UInt32(max(0, Int32(bitPattern: responderNext &- responderISN &- 1)))
      if packet.pointee.acknowledgment &- responderISN &- 1 <= sent {
        // The SYN may have been seen by a flow that was folded away, or by nobody.
        isVerified = true
        isEstablished = true
      }
    }
    if flags.contains(.rst) { wasReset = true }
    if finForward, finBackward, isACK, !flags.contains(.fin) { isFinished = true }
    if flags.contains(.fin) {
      if isForward { finForward = true } else { finBackward = true }
    }
  }
}
