import Addresses

/// The types of ICMP and ICMPv6.
public enum ICMPType {
  /// Whether a message of this type is an echo or a time stamp, or the answer to one, and so has an
  /// identifier (RFC 792, RFC 4443).
  @inlinable public static func hasIdentifier(_ type: UInt8, ofV6 isV6: Bool) -> Bool {
    switch type {
    case 0, 8, 13, 14: !isV6
    case 128, 129: isV6
    default: false
    }
  }
}

extension Packet {
  /// RFC 792.
  mutating func icmp(_ bytes: Bytes, _ offset: Int) {
    messageHeader(bytes, offset)
    switch icmpType {
    case 0, 8, 13, 14: icmpIdentifier = bytes.u16(offset &+ 4)
    case 3, 4, 5, 11, 12: quote(Self.quotedIPv4(bytes, offset &+ 8))
    default: break
    }
  }

  /// RFC 4443, RFC 4861.
  mutating func icmp6(_ bytes: Bytes, _ offset: Int) {
    messageHeader(bytes, offset)
    switch icmpType {
    case 1...4: quote(Self.quotedIPv6(bytes, offset &+ 8))
    case 128, 129: icmpIdentifier = bytes.u16(offset &+ 4)
    case 135, 136: neighbor(bytes, offset)
    default: break
    }
  }

  private mutating func messageHeader(_ bytes: Bytes, _ offset: Int) {
    _ = hasHeader(8, bytes, offset)
    icmpType = bytes.u8(offset)
    icmpCode = bytes.u8(offset &+ 1)
    transportHeaderLength = 8
    payload(bytes, offset &+ 8)
  }

  private mutating func quote(_ quoted: Quoted?) {
    if let quoted { message = .quotation(quoted) }
  }

  private static func quotedIPv4(_ bytes: Bytes, _ offset: Int) -> Quoted? {
    let first = bytes.u8(offset)
    let header = Int(first & 0xF) &* 4
    guard bytes.has(20, at: offset), first >> 4 == 4, header >= 20 else { return nil }
    return quoted(
      bytes, offset &+ header, bytes.u8(offset &+ 9),
      from: IPAddress(v4: bytes.u32(offset &+ 12)), to: IPAddress(v4: bytes.u32(offset &+ 16)),
      isLater: bytes.u16(offset &+ 6) & 0x1FFF != 0)
  }

  private static func quotedIPv6(_ bytes: Bytes, _ offset: Int) -> Quoted? {
    guard bytes.has(40, at: offset), bytes.u8(offset) >> 4 == 6 else { return nil }
    let chain = ExtensionChain(bytes, next: bytes.u8(offset &+ 6), at: offset &+ 40)
    return quoted(
      bytes, chain.offset, chain.upper,
      from: IPAddress(v6: bytes.u64(offset &+ 8), bytes.u64(offset &+ 16)),
      to: IPAddress(v6: bytes.u64(offset &+ 24), bytes.u64(offset &+ 32)),
      isLater: chain.fragment == .later || !chain.isComplete)
  }

  private static func quoted(
    _ bytes: Bytes, _ offset: Int, _ number: UInt8, from source: IPAddress,
    to destination: IPAddress,
    isLater: Bool
  ) -> Quoted {
    var quoted = Quoted(source: source, destination: destination, ipProtocol: number)
    switch number {
    case 6, 17, 33, 132, 136:
      guard !isLater, bytes.has(4, at: offset) else { break }
      quoted.sourcePort = bytes.u16(offset)
      quoted.destinationPort = bytes.u16(offset &+ 2)
    case 1, 58:
      guard !isLater, bytes.has(8, at: offset) else { break }
      quoted.icmpType = bytes.u8(offset)
      if ICMPType.hasIdentifier(quoted.icmpType, ofV6: number == 58) {
        quoted.icmpIdentifier = bytes.u16(offset &+ 4)
      }
    default: break
    }
    return quoted
  }
}
