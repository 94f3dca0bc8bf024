import Addresses
import Packets
import Time

/// What CICFlowMeter reads of a packet.
struct CICPacket {
  /// µs.
  let time: Int64
  let source: IPAddress
  let destination: IPAddress
  private(set) var sourcePort: UInt16 = 0
  private(set) var destinationPort: UInt16 = 0
  /// 6, 17, 1 where ICMP is known, or 0.
  private(set) var ipProtocol: UInt8 = 0
  private(set) var flags: TCPFlags = []
  private(set) var window = 0
  /// Bytes of the transport header.
  private(set) var header = 0
  /// Bytes above it.
  private(set) var payload = 0
  /// −1 if it is no ICMP, or ICMP is not known.
  private(set) var icmpType = -1
  private(set) var icmpCode = -1

  /// Nil for what is not IPv4: as it is shipped, the tool reads nothing else.
  init?(_ frame: Frame, _ rules: CICRules) {
    let packet = Packet(frame)
    guard packet.ipVersion == 4 else { return nil }
    time = min(max(packet.time.microseconds, -(1 << 60)), 1 << 60)
    source = packet.source
    destination = packet.destination
    if packet.kind != .icmp {
      take(packet, payload: packet.payloadLength)
    } else if rules.knowsICMP, Self.hasHeader(packet) {
      ipProtocol = 1
      icmpType = Int(packet.icmpType)
      icmpCode = Int(packet.icmpCode)
    } else if !rules.knowsICMP, packet.quoted != nil {
      let bytes = packet.payload(of: frame)
      let quoted = Packet(Frame(bytes: bytes, time: packet.time, wireLength: 0, link: .ipv4))
      take(quoted, payload: quoted.payloadCount)
    }
  }

  private mutating func take(_ packet: Packet, payload: Int) {
    guard packet.kind == .tcp || packet.kind == .udp, Self.hasHeader(packet) else { return }
    ipProtocol = packet.ipProtocol
    sourcePort = packet.sourcePort
    destinationPort = packet.destinationPort
    header = packet.transportHeaderLength
    self.payload = payload
    guard packet.kind == .tcp else { return }
    flags = packet.tcpFlags
    window = Int(packet.window)
  }

  private static func hasHeader(_ packet: Packet) -> Bool {
    packet.fragment != .later
      && packet.oddities.isDisjoint(with: [.truncated, .shortTransport, .tinyFragment])
  }
}
