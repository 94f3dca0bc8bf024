import Addresses
import Packets

/// What makes packets one flow: both ends, in one order whichever way the packet goes.
struct FlowKey: TableKey {
  let low: IPAddress
  let high: IPAddress
  let lowPort: UInt16
  let highPort: UInt16
  let ipProtocol: UInt8

  /// - Returns: the key, and whether the packet goes from `low` to `high`.
  static func of(
    _ source: IPAddress, _ sourcePort: UInt16, _ destination: IPAddress, _ destinationPort: UInt16,
    _ ipProtocol: UInt8
  ) -> (key: FlowKey, upward: Bool) {
    let upward = source != destination ? source < destination : sourcePort <= destinationPort
    let key =
      upward
      ? FlowKey(
        low: source, high: destination, lowPort: sourcePort, highPort: destinationPort,
        ipProtocol: ipProtocol)
      : FlowKey(
        low: destination, high: source, lowPort: destinationPort, highPort: sourcePort,
        ipProtocol: ipProtocol)
    return (key, upward)
  }

  /// The key of a packet. ICMP has no ports: what a question and its answer share, or the type, stands
  /// for them. ARP's key is none that IP could have.
  static func of(_ packet: UnsafePointer<Packet>) -> (key: FlowKey, upward: Bool) {
    var (from, to) = (packet.pointee.sourcePort, packet.pointee.destinationPort)
    switch packet.pointee.kind {
    case .icmp, .icmp6:
      from = shared(
        packet.pointee.icmpType, packet.pointee.icmpIdentifier, isV6: packet.pointee.kind == .icmp6)
      to = from
    case .arp: (from, to) = (0x0806, 0x0806)
    default: break
    }
    return of(
      packet.pointee.source, from, packet.pointee.destination, to, packet.pointee.ipProtocol)
  }

  /// The key of the packet that an ICMP error quotes.
  static func of(_ quoted: Packet.Quoted) -> FlowKey {
    var (from, to) = (quoted.sourcePort, quoted.destinationPort)
    if quoted.ipProtocol == 1 || quoted.ipProtocol == 58 {
      from = shared(quoted.icmpType, quoted.icmpIdentifier, isV6: quoted.ipProtocol == 58)
      to = from
    }
    return of(quoted.source, from, quoted.destination, to, quoted.ipProtocol).key
  }

  private static func shared(_ type: UInt8, _ identifier: UInt16, isV6: Bool) -> UInt16 {
    ICMPType.hasIdentifier(type, ofV6: isV6) ? identifier : UInt16(type)
  }

  @inline(__always) func hash(_ seed: UInt64) -> UInt64 {
    let ports = UInt64(lowPort) << 24 | UInt64(highPort) << 8 | UInt64(ipProtocol)
    return mix(low.hash(seed) ^ ports, high.hash(seed) | 1)
  }
}
