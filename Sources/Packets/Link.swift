import Addresses

extension Packet {
  @inline(__always) mutating func ethernet(_ bytes: Bytes, _ offset: Int) {
    guard let header = bytes.header(14, at: offset) else { return cut() }
    destinationMAC = MACAddress(bits: header.u48(0))
    sourceMAC = MACAddress(bits: header.u48(6))
    let type = header.u16(12)
    if type == 0x0800 {
      etherType = type
      ipv4(bytes, offset &+ 14)
    } else {
      network(bytes, offset &+ 14, type: type)
    }
  }

  /// An address family in the byte order of the machine that captured; its number for IPv6 differs
  /// between systems.
  mutating func loopback(_ bytes: Bytes, _ offset: Int) {
    guard require(4, at: offset, bytes) else { return }
    let family = bytes.u32(offset)
    switch family > 0xFFFF ? family.byteSwapped : family {
    case 2: ipv4(bytes, offset &+ 4)
    case 10, 23, 24, 28, 30: ipv6(bytes, offset &+ 4)
    default: break
    }
  }

  mutating func cooked(_ bytes: Bytes, _ offset: Int) {
    guard require(16, at: offset, bytes) else { return }
    if bytes.u16(offset &+ 4) == 6 { sourceMAC = MACAddress(bits: bytes.u48(offset &+ 6)) }
    cooked(bytes, offset &+ 16, type: bytes.u16(offset &+ 14))
  }

  mutating func cooked2(_ bytes: Bytes, _ offset: Int) {
    guard require(20, at: offset, bytes) else { return }
    if bytes.u8(offset &+ 11) == 6 { sourceMAC = MACAddress(bits: bytes.u48(offset &+ 12)) }
    cooked(bytes, offset &+ 20, type: bytes.u16(offset))
  }

  /// Below 0x600 the type is Linux's own (`ETH_P_802_2` is 4), not a length.
  private mutating func cooked(_ bytes: Bytes, _ offset: Int, type: UInt16) {
    if type >= 0x600 {
      network(bytes, offset, type: type)
    } else if type == 4 {
      logicalLink(bytes, offset)
    }
  }

  /// IEEE 802.2, of which only the SNAP form carries an ether type.
  mutating func logicalLink(_ bytes: Bytes, _ offset: Int) {
    guard require(3, at: offset, bytes) else { return }
    guard bytes.u16(offset) == 0xAAAA, bytes.u8(offset &+ 2) == 3 else { return }
    guard require(8, at: offset, bytes) else { return }
    let organization = bytes.u32(offset &+ 2) & 0xFF_FFFF
    let type = bytes.u16(offset &+ 6)
    guard organization == 0 || organization == 0xF8, type >= 0x600 else { return }
    network(bytes, offset &+ 8, type: type)
  }

  /// What an ether type announces, behind tags and labels. Every turn takes a tag, of which there
  /// are at most ``mostTags``.
  mutating func network(_ bytes: Bytes, _ start: Int, type first: UInt16, tags outer: Int = 0) {
    var type = first
    var offset = start
    var tags = outer
    while type == 0x8100 || type == 0x88A8 || type == 0x9100 {
      guard tags < Self.mostTags else {
        oddities.insert(.deepTags)
        return
      }
      guard require(4, at: offset, bytes) else { return }
      if tags == 0 { vlan = bytes.u16(offset) & 0xFFF }
      type = bytes.u16(offset &+ 2)
      offset &+= 4
      tags &+= 1
    }
    guard type >= 0x600 else {
      // SNAP may announce a tag again; the recursion ends where the bytes do, and with the tags.
      if outer < Self.mostTags { logicalLink(bytes, offset) }
      return
    }
    etherType = type
    switch type {
    case 0x0800: ipv4(bytes, offset)
    case 0x86DD: ipv6(bytes, offset)
    case 0x0806: addressResolution(bytes, offset)
    case 0x8864: pppoe(bytes, offset)
    case 0x8847, 0x8848: labels(bytes, offset)
    default: oddities.insert(.unknownEtherType)
    }
  }

  /// A PPPoE session frame (RFC 2516).
  private mutating func pppoe(_ bytes: Bytes, _ offset: Int) {
    guard require(8, at: offset, bytes) else { return }
    guard bytes.u16(offset) == 0x1100 else {
      oddities.insert(.badEncapsulation)
      return
    }
    switch bytes.u16(offset &+ 6) {
    case 0x0021: ipv4(bytes, offset &+ 8)
    case 0x0057: ipv6(bytes, offset &+ 8)
    default: break
    }
  }

  /// MPLS labels (RFC 3032); what lies below them is guessed by the version nibble, as routers do.
  private mutating func labels(_ bytes: Bytes, _ start: Int) {
    var offset = start
    for _ in 0..<Self.mostTags {
      guard require(4, at: offset, bytes) else { return }
      let isLast = bytes.u8(offset &+ 2) & 1 == 1
      offset &+= 4
      guard isLast else { continue }
      guard require(1, at: offset, bytes) else { return }
      if bytes.u8(offset) >> 4 == 4 || bytes.u8(offset) >> 4 == 6 { ip(bytes, offset) }
      return
    }
    oddities.insert(.deepTags)
  }
}
