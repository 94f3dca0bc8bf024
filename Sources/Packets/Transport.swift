extension Packet {
  /// What lies above IP. `bytes` end where the IP packet does.
  mutating func transport(_ bytes: Bytes, _ offset: Int) {
    if fragment != .none { judgeFragment() }
    switch ipProtocol {
    case 6:
      kind = .tcp
      if fragment != .later { return tcp(bytes, offset) }
    case 17:
      kind = .udp
      if fragment != .later { return udp(bytes, offset) }
    case 1 where ipVersion == 4:
      kind = .icmp
      if fragment != .later { return icmp(bytes, offset) }
    case 58 where ipVersion == 6:
      kind = .icmp6
      if fragment != .later { return icmp6(bytes, offset) }
    case 33, 132, 136:  // DCCP, SCTP, UDP-Lite
      if fragment != .later, hasHeader(4, bytes, offset) { ports(bytes, offset) }
    default: break
    }
    payload(bytes, offset)
  }

  /// RFC 9293.
  private mutating func tcp(_ bytes: Bytes, _ offset: Int) {
    let isWhole = hasHeader(20, bytes, offset)
    if isWhole || bytes.has(4, at: offset) { ports(bytes, offset) }
    sequence = bytes.u32(offset &+ 4)
    acknowledgment = bytes.u32(offset &+ 8)
    tcpFlags = TCPFlags(rawValue: bytes.u8(offset &+ 13))
    window = bytes.u16(offset &+ 14)
    transportHeaderLength = 20
    if bytes.has(13, at: offset) {
      let header = Int(bytes.u8(offset &+ 12) >> 4) &* 4
      if header < 20 || header > ipLength &- ipHeaderLength {
        if isWhole { oddities.insert(.badTCPOffset) }
      } else {
        transportHeaderLength = header
      }
    }
    payload(bytes, offset &+ transportHeaderLength)
  }

  /// RFC 768.
  private mutating func udp(_ bytes: Bytes, _ offset: Int) {
    let isWhole = hasHeader(8, bytes, offset)
    if isWhole || bytes.has(4, at: offset) { ports(bytes, offset) }
    transportHeaderLength = 8
    if isWhole, fragment == .none {
      let room = ipLength &- ipHeaderLength
      let length = Int(bytes.u16(offset &+ 4))
      let isJumbo = length == 0 && room > 0xFFFF
      if length != room, !isJumbo { oddities.insert(.udpLengthMismatch) }
    }
    payload(bytes, offset &+ 8)
  }

  @inline(__always) private mutating func ports(_ bytes: Bytes, _ offset: Int) {
    sourcePort = bytes.u16(offset)
    destinationPort = bytes.u16(offset &+ 2)
  }

  /// Whether the header of `count` bytes is all there; if not, notes who is to blame: the packet,
  /// which is too short for it, or the capture, which cut it.
  mutating func hasHeader(_ count: Int, _ bytes: Bytes, _ offset: Int) -> Bool {
    if bytes.has(count, at: offset) { return true }
    if ipLength &- ipHeaderLength >= count {
      oddities.insert(.truncated)
    } else {
      oddities.insert(fragment == .first ? .tinyFragment : .shortTransport)
    }
    return false
  }

  private mutating func judgeFragment() {
    if fragmentOffset &+ (ipLength &- ipHeaderLength) > 0xFFFF {
      oddities.insert(.oversizedFragment)
    }
    if ipProtocol == 6, fragment == .later, fragmentOffset < 20 {
      oddities.insert(.overlappingFragment)
    }
  }

  /// Notes the payload, which begins at `offset`.
  mutating func payload(_ bytes: Bytes, _ offset: Int) {
    payloadLength = max(0, ipLength &- ipHeaderLength &- transportHeaderLength)
    payloadOffset = min(offset, bytes.end)
    payloadCount = min(bytes.end &- payloadOffset, payloadLength)
  }
}
