import Packets

/// Who began a flow, when the first packet seen may not be the first sent.
enum Opening {
  /// Whether `packet`, the first seen of its flow, comes from the initiator.
  ///
  /// A SYN does; a SYN-ACK, an echo reply and an ARP reply come from the responder. TCP that was under
  /// way before: the end with a service's port is the responder. UDP: whoever speaks first, since a
  /// reflected answer that nobody asked for must not be laid to its victim.
  static func isForward(_ packet: UnsafePointer<Packet>) -> Bool {
    switch packet.pointee.kind {
    case .tcp:
      // A later fragment has no flags.
      if packet.pointee.tcpFlags.contains(.syn) { return !packet.pointee.tcpFlags.contains(.ack) }
      return rank(packet.pointee.sourcePort) <= rank(packet.pointee.destinationPort)
    // A later fragment has no type of its own.
    case .icmp: return packet.pointee.icmpType != 0 || packet.pointee.fragment == .later
    case .icmp6: return packet.pointee.icmpType != 129
    case .arp: return packet.pointee.arp?.operation != 2
    default: return true
    }
  }

  /// How much a port looks like a service's: 3 well-known, 2 a registered one that is known here, 1
  /// registered, 0 ephemeral or none.
  private static func rank(_ port: UInt16) -> Int {
    switch port {
    case 0: 0
    case ..<1_024: 3
    case _ where Application(port: port) != .unknown: 2
    case ..<32_768: 1
    default: 0
    }
  }
}
