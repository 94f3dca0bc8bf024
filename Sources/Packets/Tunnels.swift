import Addresses

/// Which packet a frame is taken for that carries one within another.
public enum Tunnels: Sendable {
  /// The innermost that can be reached: through GRE (RFC 2784, RFC 2890), VXLAN (RFC 7348), and IP
  /// within IP (RFC 2003, RFC 2473, RFC 4213), at most ``Packet/mostTunnels`` deep.
  case inner
  /// The outermost.
  case outer
}

// A tunnel is opened by dissecting what its packet carries as a packet of its own, which then takes
// the place of the carrier. It may read no further than the carrier's payload.

extension Packet {
  /// What carried a packet that came within another.
  public enum Tunnel: UInt8, CaseIterable, Sendable {
    /// Nothing: it is the outermost.
    case none
    /// Generic routing encapsulation, of IP or of Ethernet.
    case gre
    /// VXLAN.
    case vxlan
    /// IPv4 or IPv6 itself: protocols 4 and 41.
    case ip
  }

  /// The most tunnels within one another that are opened.
  public static let mostTunnels = 2

  /// Whether ``openTunnels(_:)`` could find one: false for nearly all packets.
  @inline(__always) var mayBeTunnel: Bool { kind == .otherIP || destinationPort == 4789 }

  /// Becomes the packet that it carries, or the one that that carries.
  @inline(never) mutating func openTunnels(_ frame: Bytes) {
    var bytes = frame
    for _ in 0..<Self.mostTunnels {
      guard let entrance = entrance(bytes), enter(entrance, &bytes) else { return }
    }
    if entrance(bytes) != nil { oddities.insert(.deepTunnels) }
  }

  /// What follows a tunnel's header.
  private struct Entrance {
    let tunnel: Tunnel
    /// The ether type of what is within; 0x6558 for Ethernet.
    let type: UInt16
    /// Where that begins.
    let offset: Int
  }

  /// The tunnel in the payload; a later fragment is none, since only the first has the header.
  private mutating func entrance(_ bytes: Bytes) -> Entrance? {
    guard payloadOffset > 0, fragment != .later else { return nil }
    let payload = bytes.limited(to: payloadOffset &+ payloadLength)
    switch ipProtocol {
    case 4: return Entrance(tunnel: .ip, type: 0x0800, offset: payloadOffset)
    case 41: return Entrance(tunnel: .ip, type: 0x86DD, offset: payloadOffset)
    case 47: return genericRouting(payload)
    case 17 where destinationPort == 4789: return virtualNetwork(payload)
    default: return nil
    }
  }

  /// GRE: bits for checksum, routing, key and sequence number, of which each but the routing adds
  /// four bytes (RFC 2784 section 2, RFC 2890 section 2). Version 1 is PPTP's (RFC 2637).
  private mutating func genericRouting(_ bytes: Bytes) -> Entrance? {
    guard hasHeader(4, bytes, payloadOffset) else { return nil }
    let flags = bytes.u16(payloadOffset)
    let version = flags & 7
    guard version != 1 else { return nil }
    // Routing, strict routing and the recursion bit below it must be zero (RFC 2784 section 2.3).
    guard version == 0, flags & 0x4C00 == 0 else {
      oddities.insert(.badEncapsulation)
      return nil
    }
    let length = 4 &+ (flags & 0xB000).nonzeroBitCount &* 4
    guard hasHeader(length, bytes, payloadOffset) else { return nil }
    switch bytes.u16(payloadOffset &+ 2) {
    case let type where type == 0x0800 || type == 0x86DD || type == 0x6558:
      return Entrance(tunnel: .gre, type: type, offset: payloadOffset &+ length)
    default: return nil
    }
  }

  /// VXLAN: the flag of a valid network, 24 reserved bits, the network, 8 reserved bits. What is
  /// reserved must be zero, so that other datagrams to that port are seldom taken for it.
  private mutating func virtualNetwork(_ bytes: Bytes) -> Entrance? {
    guard payloadLength >= 8 else { return nil }
    guard let header = bytes.header(8, at: payloadOffset) else {
      cut()
      return nil
    }
    guard header.u32(0) == 0x0800_0000, header.u8(7) == 0 else { return nil }
    return Entrance(tunnel: .vxlan, type: 0x6558, offset: payloadOffset &+ 8)
  }

  /// Becomes the packet behind `entrance` if that is IP or ARP, and `bytes` what it may read; else
  /// only takes over what is odd about it, so that no made-up header hides the carrier.
  private mutating func enter(_ entrance: Entrance, _ bytes: inout Bytes) -> Bool {
    let payload = bytes.limited(to: payloadOffset &+ payloadLength)
    var inner = Packet(time: time)
    inner.wireLength = wireLength
    inner.capturedLength = capturedLength
    inner.tunnel = entrance.tunnel
    // The rest of what a first fragment carries is in others.
    bytes =
      fragment == .first
      ? payload.reaching(payloadOffset &+ (0xFFFF &- ipHeaderLength)) : payload
    if entrance.type == 0x6558 {
      inner.ethernet(bytes, entrance.offset)
    } else {
      inner.network(bytes, entrance.offset, type: entrance.type)
    }
    if payload.end == payload.wireEnd, inner.oddities.remove(.truncated) != nil {
      inner.oddities.insert(fragment == .first ? .tinyFragment : .shortTransport)
    }
    inner.oddities.formUnion(oddities)
    guard inner.kind != .nonIP else {
      oddities = inner.oddities
      return false
    }
    if vlan != 0 { inner.vlan = vlan }
    self = inner
    return true
  }
}
