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

  /// The key of a packet. ICMP has no ports: an echo's identifier, or type and code, stand for them.
  static func of(_ packet: Packet) -> (key: FlowKey, upward: Bool) {
    var (from, to) = (packet.sourcePort, packet.destinationPort)
    if packet.kind == .icmp || packet.kind == .icmp6 {
      if packet.icmpIdentifier != 0 {
        (from, to) = (packet.icmpIdentifier, packet.icmpIdentifier)
      } else {
        (from, to) = (UInt16(packet.icmpType), UInt16(packet.icmpType))
      }
    }
    return of(packet.source, from, packet.destination, to, packet.ipProtocol)
  }

  var hash: UInt64 {
    let ports = UInt64(lowPort) << 24 | UInt64(highPort) << 8 | UInt64(ipProtocol)
    return mix(low.mixed ^ ports, high.mixed &+ 0xA076_1D64_78BD_642F)
  }
}
