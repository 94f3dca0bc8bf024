public import Addresses

extension Packet {
  /// What a packet is, as far as it could be told.
  public enum Kind: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// TCP over IPv4 or IPv6.
    case tcp
    /// UDP over IPv4 or IPv6.
    case udp
    /// ICMP over IPv4.
    case icmp
    /// ICMPv6 over IPv6.
    case icmp6
    /// Any other protocol over IP, or IP whose upper protocol could not be reached.
    case otherIP
    /// ARP.
    case arp
    /// Neither IP nor ARP, or too short to tell.
    case nonIP
  }

  /// Whether a packet is part of a larger one.
  public enum Fragment: UInt8, CaseIterable, Sendable {
    /// A whole packet.
    case none
    /// The part with the upper header: offset 0, and more to come.
    case first
    /// A part without the upper header.
    case later
  }

  /// The packet an ICMP error complains of: whoever sent *that* is its source.
  public struct Quoted: Hashable, Sendable {
    /// Its source.
    public var source: IPAddress
    /// Its destination.
    public var destination: IPAddress
    /// Its upper protocol.
    public var ipProtocol: UInt8
    /// Its source port; 0 if there is none or it was not quoted.
    public var sourcePort: UInt16
    /// Its destination port; 0 if there is none or it was not quoted.
    public var destinationPort: UInt16
    /// Its type, if it is ICMP or ICMPv6 itself; else 0.
    public var icmpType: UInt8 = 0
    /// Its identifier, if it is an echo or a time stamp; else 0.
    public var icmpIdentifier: UInt16 = 0

    /// A quotation of these parts.
    @inlinable public init(
      source: IPAddress, destination: IPAddress, ipProtocol: UInt8, sourcePort: UInt16 = 0,
      destinationPort: UInt16 = 0
    ) {
      self.source = source
      self.destination = destination
      self.ipProtocol = ipProtocol
      self.sourcePort = sourcePort
      self.destinationPort = destinationPort
    }
  }

  /// What a message of ICMP or ARP says beside its header.
  @usableFromInline enum Message: Hashable, Sendable {
    case none
    /// What an ICMP error quotes.
    case quotation(Quoted)
    /// An ARP message; its addresses are the packet's.
    case arp(operation: UInt16, senderMAC: MACAddress, targetMAC: MACAddress)
    /// A neighbour solicitation: what the packet's source is said to be at, and who is sought.
    case solicitation(mac: MACAddress, target: IPAddress)
    /// What a neighbour advertisement claims.
    case claim(Binding)
  }

  /// An ARP message for IPv4 over Ethernet (RFC 826).
  public struct ARP: Hashable, Sendable {
    /// 1 request, 2 reply; others are rare.
    public var operation: UInt16
    /// Who speaks, by its own word.
    public var senderMAC: MACAddress
    /// The address the sender claims; unspecified in a probe (RFC 5227).
    public var sender: IPAddress
    /// Whom a reply addresses; usually zero in a request.
    public var targetMAC: MACAddress
    /// The address asked for.
    public var target: IPAddress

    /// A message of these parts.
    @inlinable public init(
      operation: UInt16, senderMAC: MACAddress, sender: IPAddress, targetMAC: MACAddress = .none,
      target: IPAddress
    ) {
      self.operation = operation
      self.senderMAC = senderMAC
      self.sender = sender
      self.targetMAC = targetMAC
      self.target = target
    }
  }

  /// A claim that an address is at a MAC, by ARP or neighbour discovery. Nothing vouches for it.
  public struct Binding: Hashable, Sendable {
    /// The claimed address.
    public var address: IPAddress
    /// Where it is said to be.
    public var mac: MACAddress

    /// A claim of these parts.
    @inlinable public init(address: IPAddress, mac: MACAddress) {
      self.address = address
      self.mac = mac
    }
  }
}
