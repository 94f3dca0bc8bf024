public import Addresses
public import Time

/// The headers of one frame as numbers: a fixed-size value without references.
///
/// What a packet does not have is zero, unspecified or nil. Everything in here was said by the
/// sender, who may lie.
public struct Packet: Hashable, Sendable {
  /// The most VLAN tags or MPLS labels that are followed.
  public static let mostTags = 4
  /// The most IPv6 extension headers that are followed.
  public static let mostExtensionHeaders = 8

  /// When it was seen.
  public var time: Timestamp
  /// The frame's length on the wire in bytes, link-layer header included.
  public var wireLength = 0
  /// How many of them were captured.
  public var capturedLength = 0

  /// Link-layer source; ``MACAddress/none`` on a link without, and in a tunnel without.
  public var sourceMAC = MACAddress(bits: 0)
  /// Link-layer destination; ``MACAddress/none`` on a link or in a tunnel without, and in cooked captures.
  public var destinationMAC = MACAddress(bits: 0)
  /// The innermost ether type; 0 for IEEE 802.3 frames without SNAP, and on links without.
  public var etherType: UInt16 = 0
  /// The outermost VLAN id, 0...4095; 0 for none.
  public var vlan: UInt16 = 0
  /// What it is.
  public var kind = Kind.nonIP
  /// What carried it, the innermost if several did. Of the carrier remain ``time``, ``wireLength``,
  /// ``capturedLength``, ``vlan`` and ``oddities``; its MACs do not.
  public var tunnel = Tunnel.none

  /// 4, 6, or 0 if it is not IP.
  public var ipVersion: UInt8 = 0
  /// IP source, or an ARP message's sender; `0.0.0.0` if there is none.
  public var source = IPAddress(v4: 0)
  /// IP destination, or an ARP message's target; `0.0.0.0` if there is none.
  public var destination = IPAddress(v4: 0)
  /// The protocol above IP, behind all IPv6 extension headers; of a chain that could not be walked to
  /// its end, the first header not walked.
  public var ipProtocol: UInt8 = 0
  /// Time to live, or hop limit.
  public var ttl: UInt8 = 0
  /// Type of service, or traffic class: DSCP and ECN.
  public var typeOfService: UInt8 = 0
  /// Bytes from the IP header on, as the IP header says, but no more than the frame had on the wire; as
  /// the wire length says where IP leaves it open (IPv4 length 0 with segmentation offload, IPv6
  /// payload length 0).
  public var ipLength = 0
  /// Bytes of the IP header, options and extension headers included.
  public var ipHeaderLength = 0
  /// Whether it is a part of a larger packet. A ``Fragment/later`` part has its ``kind``, no ports, no flags.
  public var fragment = Fragment.none
  /// What the parts of one packet share: 16 bits in IPv4, in whole packets too; 32 bits in an IPv6 fragment.
  public var fragmentIdentification: UInt32 = 0
  /// Where this part belongs, in bytes.
  public var fragmentOffset = 0

  /// TCP, UDP, UDP-Lite, SCTP or DCCP source port; 0 for none.
  public var sourcePort: UInt16 = 0
  /// TCP, UDP, UDP-Lite, SCTP or DCCP destination port; 0 for none.
  public var destinationPort: UInt16 = 0
  /// TCP flags.
  public var tcpFlags: TCPFlags = []
  /// TCP sequence number.
  public var sequence: UInt32 = 0
  /// TCP acknowledgment number.
  public var acknowledgment: UInt32 = 0
  /// TCP window as sent, unscaled.
  public var window: UInt16 = 0
  /// Bytes of the header above IP: TCP's with options; 8 for UDP, ICMP and ICMPv6; else 0.
  public var transportHeaderLength = 0

  /// Bytes of payload, 0 or more: ``ipLength`` without ``ipHeaderLength`` and ``transportHeaderLength``. What was captured plays no part.
  public var payloadLength = 0
  /// Where the payload begins in the frame.
  public var payloadOffset = 0
  /// How many bytes of the payload were captured, at most ``payloadLength``.
  public var payloadCount = 0

  /// ICMP or ICMPv6 type.
  public var icmpType: UInt8 = 0
  /// ICMP or ICMPv6 code.
  public var icmpCode: UInt8 = 0
  /// What an echo request and its reply share; 0 in other messages.
  public var icmpIdentifier: UInt16 = 0
  /// What an ICMP or ICMPv6 error quotes; nil if it quotes too little, or is no error.
  @inlinable public var quoted: Quoted? {
    if case .quotation(let quoted) = message { quoted } else { nil }
  }

  /// The ARP message.
  @inlinable public var arp: ARP? {
    guard case .arp(let operation, let senderMAC, let targetMAC) = message else { return nil }
    return ARP(
      operation: operation, senderMAC: senderMAC, sender: source, targetMAC: targetMAC,
      target: destination)
  }

  /// What an ARP message, a neighbour solicitation or a neighbour advertisement claims; nil within a
  /// tunnel, where it binds nothing on this wire.
  @inlinable public var binding: Binding? {
    guard tunnel == .none else { return nil }
    return switch message {
    case .claim(let binding): binding
    case .arp(_, let mac, _) where !source.isUnspecified && mac != .none,
      .solicitation(let mac, _) where !source.isUnspecified && mac != .none:
      Binding(address: source, mac: mac)
    default: nil
    }
  }

  /// The address whose owner an ARP request or a neighbour solicitation asks for, a probe included; nil
  /// for an ARP announcement, which asks for the address it claims (RFC 5227), and within a tunnel.
  @inlinable public var sought: IPAddress? {
    guard tunnel == .none else { return nil }
    return switch message {
    case .solicitation(_, let target): target
    case .arp(1, _, _) where source != destination: destination
    default: nil
    }
  }

  /// What few packets have, kept in one place.
  @usableFromInline var message = Message.none

  /// What is wrong or rare about it.
  public var oddities: Oddities = []

  /// A packet of nothing, seen at `time`.
  public init(time: Timestamp) {
    self.time = time
  }

  /// The captured part of the payload, if `frame` is the one this packet was dissected from.
  public func payload(of frame: Frame) -> UnsafeRawBufferPointer {
    Bytes(frame.bytes)?.slice(payloadOffset, count: payloadCount)
      ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }
}
