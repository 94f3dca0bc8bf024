extension Packet {
  /// What lies above IP. `bytes` end where the IP packet does.
  @inline(__always) mutating func transport(_ bytes: Bytes, _ offset: Int) {
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
  @inline(__always) private mutating func tcp(_ bytes: Bytes, _ offset: Int) {
    guard let header = bytes.header(20, at: offset) else { return cutTCP(bytes, offset) }
    sourcePort = header.u16(0)
    destinationPort = header.u16(2)
    sequence = header.u32(4)
    acknowledgment = header.u32(8)
    tcpFlags = TCPFlags(rawValue: header.u8(13))
    window = header.u16(14)
    transportHeaderLength = Int(header.u8(12) >> 4) &* 4
    if transportHeaderLength < 20 || transportHeaderLength > ipLength &- ipHeaderLength {
      oddities.insert(.badTCPOffset)
      transportHeaderLength = 20
    }
    payload(bytes, offset &+ transportHeaderLength)
  }

  /// What there is of a TCP header that is not all there; the fields that are not are zero.
  @inline(never) private mutating func cutTCP(_ bytes: Bytes, _ offset: Int) {
    _ = hasHeader(20, bytes, offset)
    if bytes.has(4, at: offset) { ports(bytes, offset) }
    sequence = bytes.u32(offset &+ 4)
    acknowledgment = bytes.u32(offset &+ 8)
    tcpFlags = TCPFlags(rawValue: bytes.u8(offset &+ 13))
    window = bytes.u16(offset &+ 14)
    let length = Int(bytes.u8(offset &+ 12) >> 4) &* 4
    let isPossible = length >= 20 && length <= ipLength &- ipHeaderLength
    transportHeaderLength = isPossible ? length : 20
    payload(bytes, offset &+ transportHeaderLength)
  }

  /// RFC 768.
  @inline(__always) private mutating func udp(_ bytes: Bytes, _ offset: Int) {
    transportHeaderLength = 8
    if let header = bytes.header(8, at: offset) {
      sourcePort = header.u16(0)
      destinationPort = header.u16(2)
      if fragment == .none { judgeUDPLength(Int(header.u16(4))) }
    } else if !hasHeader(8, bytes, offset), bytes.has(4, at: offset) {
      ports(bytes, offset)
    }
    payload(bytes, offset &+ 8)
  }

  /// 0 stands for the length of a jumbogram (RFC 2675).
  @inline(__always) private mutating func judgeUDPLength(_ length: Int) {
    let room = ipLength &- ipHeaderLength
    if length != room, length != 0 || room <= 0xFFFF { oddities.insert(.udpLengthMismatch) }
  }

  private mutating func ports(_ bytes: Bytes, _ offset: Int) {
    sourcePort = bytes.u16(offset)
    destinationPort = bytes.u16(offset &+ 2)
  }

  /// Whether the header of `count` bytes is all there; if not, notes who is to blame: the packet,
  /// which is too short for it, or the capture, which cut it, or both.
  mutating func hasHeader(_ count: Int, _ bytes: Bytes, _ offset: Int) -> Bool {
    if bytes.has(count, at: offset) { return true }
    let isShort = ipLength &- ipHeaderLength < count
    if isShort { oddities.insert(fragment == .first ? .tinyFragment : .shortTransport) }
    if !isShort || bytes.end < bytes.wireEnd { cut() }
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
  @inline(__always) mutating func payload(_ bytes: Bytes, _ offset: Int) {
    payloadLength = max(0, ipLength &- ipHeaderLength &- transportHeaderLength)
    payloadOffset = min(offset, bytes.end)
    payloadCount = min(bytes.end &- payloadOffset, payloadLength)
  }
}
