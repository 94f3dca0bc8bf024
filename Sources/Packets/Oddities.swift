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
  public static let truncated = Oddities(rawValue: 1 << 0)
  /// The version nibble is not what the layer below announced.
  public static let badIPVersion = Oddities(rawValue: 1 << 1)
  /// An IPv4 header shorter than 20 bytes, or a header longer than its packet.
  public static let badHeaderLength = Oddities(rawValue: 1 << 2)
  /// The IP length is less than the header's or more than the frame's wire length has room for.
  public static let badTotalLength = Oddities(rawValue: 1 << 3)
  /// A TCP data offset below 5, or beyond the packet.
  public static let badTCPOffset = Oddities(rawValue: 1 << 4)
  /// An unfragmented datagram whose UDP length is not what IP says.
  public static let udpLengthMismatch = Oddities(rawValue: 1 << 5)
  /// The IP length leaves no room for the header of the protocol it names.
  public static let shortTransport = Oddities(rawValue: 1 << 6)
  /// More than ``Packet/mostExtensionHeaders`` IPv6 extension headers.
  public static let longExtensionChain = Oddities(rawValue: 1 << 7)
  /// A first fragment without the whole upper header (RFC 1858 section 3, RFC 7112).
  public static let tinyFragment = Oddities(rawValue: 1 << 8)
  /// A later fragment that begins within the TCP header (RFC 1858 section 4).
  public static let overlappingFragment = Oddities(rawValue: 1 << 9)
  /// A fragment that ends behind the 65,535 bytes a packet may have ("ping of death").
  public static let oversizedFragment = Oddities(rawValue: 1 << 10)
  /// The IPv4 header has options.
  public static let ipOptions = Oddities(rawValue: 1 << 11)
  /// The sender chose the route: IPv4 options 131 and 137, IPv6 routing header type 0 (RFC 5095).
  public static let sourceRouted = Oddities(rawValue: 1 << 12)
  /// The reserved IPv4 flag is set.
  public static let reservedFlag = Oddities(rawValue: 1 << 13)
  /// An ether type that is not dissected.
  public static let unknownEtherType = Oddities(rawValue: 1 << 14)
  /// More than ``Packet/mostTags`` VLAN tags or MPLS labels.
  public static let deepTags = Oddities(rawValue: 1 << 15)
  /// Source and destination address are the same, and not loopback ("land").
  public static let land = Oddities(rawValue: 1 << 16)
  /// The source address is a group's: multicast or broadcast.
  public static let groupSource = Oddities(rawValue: 1 << 17)
  /// An ARP message that is not Ethernet and IPv4, or with a zero or group sender MAC.
  public static let badARP = Oddities(rawValue: 1 << 18)
  /// The sender MAC within ARP, or the link-layer option within a neighbour message, is not the frame's source.
  public static let bindingMismatch = Oddities(rawValue: 1 << 19)
  /// A neighbour discovery message with a hop limit other than 255, so from another link (RFC 4861).
  public static let foreignNeighbor = Oddities(rawValue: 1 << 20)
  /// A field that is zero in all valid packets is not, or a PPPoE, MPLS or GRE header is broken.
  public static let badEncapsulation = Oddities(rawValue: 1 << 21)
  /// More than ``Packet/mostTunnels`` tunnels within one another.
  public static let deepTunnels = Oddities(rawValue: 1 << 22)
}
