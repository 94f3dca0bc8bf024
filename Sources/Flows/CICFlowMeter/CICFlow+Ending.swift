import Packets

/// What a packet within the time-out does to a flow.
extension CICFlow {
  /// Takes a packet by version 4's rules.
  ///
  /// The tool asks whether the responder's FINs, added to themselves, are two. So the responder's FIN
  /// always ends the flow and the initiator's never; the initiator's last ACK opens a new flow. A
  /// second FIN of the initiator is not counted at all.
  ///
  /// - Returns: whether the flow ended with it.
  mutating func endsAtOnce(with packet: CICPacket, _ rules: CICRules) -> Bool {
    var ends = packet.flags.contains(.rst)
    if packet.flags.contains(.fin) {
      let isForward = isForward(packet)
      guard countFIN(isForward: isForward) == 1 else { return false }
      ends = !isForward
    }
    if !ends { noteActivity(packet.time) }
    add(packet, rules)
    return ends
  }

  /// Takes a packet by the corrected tool's rules, which follow a connection's close and leave the
  /// flow open for stragglers.
  mutating func follow(_ packet: CICPacket, _ rules: CICRules) {
    noteActivity(packet.time)
    add(packet, rules)
    if packet.flags.contains(.fin) {
      if closing == .open {
        closing = .oneFIN
      } else if closing == .oneFIN, forward.fin > 0, backward.fin > 0 {
        closing = .bothFIN
      }
    } else if packet.flags.contains(.rst) || packet.flags.contains(.ack) && closing == .bothFIN {
      closing = .closed
    }
  }

  /// Whether it is ICMP of another type and another code than what opened the flow.
  func changesMessage(with packet: CICPacket) -> Bool {
    ipProtocol == 1 && icmpType != packet.icmpType && icmpCode != packet.icmpCode
  }
}
