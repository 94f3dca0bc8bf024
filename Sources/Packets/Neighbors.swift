import Addresses

extension Packet {
  /// ARP for IPv4 over Ethernet (RFC 826).
  mutating func addressResolution(_ bytes: Bytes, _ offset: Int) {
    kind = .arp
    guard require(28, at: offset, bytes) else { return }
    guard bytes.u32(offset) == 0x0001_0800, bytes.u16(offset &+ 4) == 0x0604 else {
      oddities.insert(.badARP)
      return
    }
    let sender = MACAddress(bits: bytes.u48(offset &+ 8))
    source = IPAddress(v4: bytes.u32(offset &+ 14))
    destination = IPAddress(v4: bytes.u32(offset &+ 24))
    message = .arp(
      operation: bytes.u16(offset &+ 6), senderMAC: sender,
      targetMAC: MACAddress(bits: bytes.u48(offset &+ 18)))
    if sender == .none || sender.isGroup { oddities.insert(.badARP) }
    compare(sender)
  }

  /// Neighbour solicitation and advertisement (RFC 4861 sections 4.3, 4.4): the first binds the
  /// packet's source to option 1, the second its target to option 2; without the option, to the
  /// frame's source.
  mutating func neighbor(_ bytes: Bytes, _ offset: Int) {
    guard ttl == 255 else {
      oddities.insert(.foreignNeighbor)
      return
    }
    guard icmpCode == 0, hasHeader(24, bytes, offset) else { return }
    let isSolicitation = icmpType == 135
    let target = IPAddress(v6: bytes.u64(offset &+ 8), bytes.u64(offset &+ 16))
    let mac = Self.linkLayerOption(isSolicitation ? 1 : 2, bytes, offset &+ 24)
    compare(mac ?? sourceMAC)
    if isSolicitation {
      message = .solicitation(mac: mac ?? sourceMAC, target: target)
    } else {
      claim(target, mac ?? sourceMAC)
    }
  }

  /// Options are a type, a length in units of 8 bytes, and content; few precede the one sought.
  private static func linkLayerOption(
    _ wanted: UInt8, _ bytes: Bytes, _ start: Int
  ) -> MACAddress? {
    var offset = start
    for _ in 0..<mostExtensionHeaders {
      let length = Int(bytes.u8(offset &+ 1)) &* 8
      guard length > 0, bytes.has(length, at: offset) else { return nil }
      if bytes.u8(offset) == wanted { return MACAddress(bits: bytes.u48(offset &+ 2)) }
      offset &+= length
    }
    return nil
  }

  private mutating func claim(_ address: IPAddress, _ mac: MACAddress) {
    guard !address.isUnspecified, mac != .none else { return }
    message = .claim(Binding(address: address, mac: mac))
  }

  private mutating func compare(_ mac: MACAddress) {
    if sourceMAC != .none, mac != sourceMAC { oddities.insert(.bindingMismatch) }
  }
}
