import Addresses

extension Packet {
  /// IP of either version, by its version nibble.
  mutating func ip(_ bytes: Bytes, _ offset: Int) {
    guard require(1, at: offset, bytes) else { return }
    switch bytes.u8(offset) >> 4 {
    case 4: ipv4(bytes, offset)
    case 6: ipv6(bytes, offset)
    default: oddities.insert(.badIPVersion)
    }
  }

  /// RFC 791.
  mutating func ipv4(_ bytes: Bytes, _ offset: Int) {
    guard let fixed = bytes.header(20, at: offset) else { return cut() }
    let first = fixed.u8(0)
    guard first >> 4 == 4 else {
      oddities.insert(.badIPVersion)
      return
    }
    ipVersion = 4
    kind = .otherIP
    typeOfService = fixed.u8(1)
    fragmentIdentification = UInt32(fixed.u16(4))
    ttl = fixed.u8(8)
    ipProtocol = fixed.u8(9)
    source = IPAddress(v4: fixed.u32(12))
    destination = IPAddress(v4: fixed.u32(16))
    judgeAddresses()
    let header = Int(first & 0xF) &* 4
    let total = Int(fixed.u16(2))
    let room = bytes.wireEnd &- offset
    ipLength = total == 0 || total > room ? room : total
    guard header >= 20, ipLength >= header else {
      oddities.insert(header < 20 ? .badHeaderLength : .badTotalLength)
      ipHeaderLength = max(header, 20)
      ipLength = max(ipLength, ipHeaderLength)
      return
    }
    if total > room { oddities.insert(.badTotalLength) }
    ipHeaderLength = header
    let limited = bytes.limited(to: offset &+ ipLength)
    if header > 20 { options(limited, offset &+ 20, end: offset &+ header) }
    fragmentIPv4(fixed.u16(6))
    transport(limited, offset &+ header)
  }

  @inline(__always) private mutating func fragmentIPv4(_ field: UInt16) {
    if field & 0x8000 != 0 { oddities.insert(.reservedFlag) }
    guard field & 0x3FFF != 0 else { return }
    fragmentOffset = Int(field & 0x1FFF) &* 8
    fragment = fragmentOffset == 0 ? .first : .later
  }

  /// IPv4 options: single bytes 0 (end) and 1 (none), else type and length.
  private mutating func options(_ bytes: Bytes, _ start: Int, end: Int) {
    oddities.insert(.ipOptions)
    guard require(end &- start, at: start, bytes) else { return }
    var offset = start
    while offset < end {
      let type = bytes.u8(offset)
      if type == 0 { return }
      if type == 131 || type == 137 { oddities.insert(.sourceRouted) }
      let length = type == 1 ? 1 : offset &+ 1 < end ? Int(bytes.u8(offset &+ 1)) : 0
      guard length >= (type == 1 ? 1 : 2), length <= end &- offset else {
        oddities.insert(.badHeaderLength)
        return
      }
      offset &+= length
    }
  }

  @inline(__always) mutating func judgeAddresses() {
    if source == destination, !source.isLoopback { oddities.insert(.land) }
    if source.isMulticast || source.isBroadcast { oddities.insert(.groupSource) }
  }
}
