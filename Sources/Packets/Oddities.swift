/// What is wrong or rare about a packet, and about those it came within. Oddities are data: dissection
/// goes on as far as it can.
///
/// Checksums are not verified, since network cards fill them in after the capture.
public struct Oddities: OptionSet, Hashable, Sendable {
  /// One bit an oddity.
  public let rawValue: UInt32

  /// The oddities of these bits.
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A header goes on behind the captured bytes; its fields that were not captured are zero. (A cut
  /// payload is none: compare ``Packet/payloadCount`` with ``Packet/payloadLength``.)
  @inlinable public static var truncated: Oddities { Oddities(rawValue: 1 << 0) }
  /// The version nibble is not what the layer below announced.
  @inlinable public static var badIPVersion: Oddities { Oddities(rawValue: 1 << 1) }
  /// An IPv4 header shorter than 20 bytes, or a header longer than its packet.
  @inlinable public static var badHeaderLength: Oddities { Oddities(rawValue: 1 << 2) }
  /// The IP length is less than the header's or more than the frame's wire length has room for.
  @inlinable public static var badTotalLength: Oddities { Oddities(rawValue: 1 << 3) }
  /// A TCP data offset below 5, or beyond the packet.
  @inlinable public static var badTCPOffset: Oddities { Oddities(rawValue: 1 << 4) }
  /// An unfragmented datagram whose UDP length is not what IP says.
  @inlinable public static var udpLengthMismatch: Oddities { Oddities(rawValue: 1 << 5) }
  /// The IP length leaves no room for the header of the protocol it names.
  @inlinable public static var shortTransport: Oddities { Oddities(rawValue: 1 << 6) }
  /// More than ``Packet/mostExtensionHeaders`` IPv6 extension headers.
  @inlinable public static var longExtensionChain: Oddities { Oddities(rawValue: 1 << 7) }
  /// A first fragment without the whole upper header (RFC 1858 section 3, RFC 7112).
  @inlinable public static var tinyFragment: Oddities { Oddities(rawValue: 1 << 8) }
  /// A later fragment that begins within the TCP header (RFC 1858 section 4).
  @inlinable public static var overlappingFragment: Oddities { Oddities(rawValue: 1 << 9) }
  /// A fragment that ends behind the 65,535 bytes a packet may have ("ping of death").
  @inlinable public static var oversizedFragment: Oddities { Oddities(rawValue: 1 << 10) }
  /// The IPv4 header has options.
  @inlinable public static var ipOptions: Oddities { Oddities(rawValue: 1 << 11) }
  /// The sender chose the route: IPv4 options 131 and 137, IPv6 routing header type 0 (RFC 5095).
  @inlinable public static var sourceRouted: Oddities { Oddities(rawValue: 1 << 12) }
  /// The reserved IPv4 flag is set.
  @inlinable public static var reservedFlag: Oddities { Oddities(rawValue: 1 << 13) }
  /// An ether type that is not dissected.
  @inlinable public static var unknownEtherType: Oddities { Oddities(rawValue: 1 << 14) }
  /// More than ``Packet/mostTags`` VLAN tags or MPLS labels.
  @inlinable public static var deepTags: Oddities { Oddities(rawValue: 1 << 15) }
  /// Source and destination address are the same, and not loopback ("land").
  @inlinable public static var land: Oddities { Oddities(rawValue: 1 << 16) }
  /// The source address is a group's: multicast or broadcast.
  @inlinable public static var groupSource: Oddities { Oddities(rawValue: 1 << 17) }
  /// An ARP message that is not Ethernet and IPv4, or with a zero or group sender MAC.
  @inlinable public static var badARP: Oddities { Oddities(rawValue: 1 << 18) }
  /// The sender MAC within ARP, or the link-layer option within a neighbour message, is not the frame's source.
  @inlinable public static var bindingMismatch: Oddities { Oddities(rawValue: 1 << 19) }
  /// A neighbour discovery message with a hop limit other than 255, so from another link (RFC 4861).
  @inlinable public static var foreignNeighbor: Oddities { Oddities(rawValue: 1 << 20) }
  /// A field that is zero in all valid packets is not, or a PPPoE, MPLS or GRE header is broken.
  @inlinable public static var badEncapsulation: Oddities { Oddities(rawValue: 1 << 21) }
  /// More than ``Packet/mostTunnels`` tunnels within one another.
  @inlinable public static var deepTunnels: Oddities { Oddities(rawValue: 1 << 22) }
}
