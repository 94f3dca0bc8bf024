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
  /// for them.
  static func of(_ packet: Packet) -> (key: FlowKey, upward: Bool) {
    var (from, to) = (packet.sourcePort, packet.destinationPort)
    if packet.kind == .icmp || packet.kind == .icmp6 {
      let shared = hasIdentifier(packet) ? packet.icmpIdentifier : UInt16(packet.icmpType)
      (from, to) = (shared, shared)
    }
    return of(packet.source, from, packet.destination, to, packet.ipProtocol)
  }

  /// Whether it is an echo or a time stamp, or the answer to one (RFC 792, RFC 4443).
  private static func hasIdentifier(_ packet: Packet) -> Bool {
    switch packet.icmpType {
    case 0, 8, 13, 14: packet.kind == .icmp
    case 128, 129: packet.kind == .icmp6
    default: false
    }
  }

  @inline(__always) func hash(_ seed: UInt64) -> UInt64 {
    let ports = UInt64(lowPort) << 24 | UInt64(highPort) << 8 | UInt64(ipProtocol)
    return mix(low.hash(seed) ^ ports, high.hash(seed) | 1)
  }
}
