import Addresses
import Packets

/// One end of a conversation.
struct End {
  var address: IPAddress
  var port: UInt16
  var mac: UInt64

  init(_ address: IPAddress, _ port: UInt16 = 0, mac: UInt64? = nil) {
    self.address = address
    self.port = port
    self.mac = mac ?? 0x0200_0000_0000 | address.low & 0xFFFF_FFFF
  }

  /// 10.0.0.`host`.
  init(_ host: UInt32, _ port: UInt16 = 0) { self.init(IPAddress(v4: 0x0A00_0000 + host), port) }

  /// fd00::`host`.
  init(v6 host: UInt64, _ port: UInt16 = 0) {
    self.init(IPAddress(v6: 0xFD00_0000_0000_0000, host), port)
  }
}

/// Makes Ethernet frames byte by byte. Checksums are left 0: nothing looks at them.
enum Frames {
  static func tcp(
    _ from: End, _ to: End, _ flags: TCPFlags, sequence: UInt32 = 0, acknowledgment: UInt32 = 0,
    window: UInt16 = 0, options: Int = 0, payload: [UInt8] = [], typeOfService: UInt8 = 0
  ) -> [UInt8] {
    var segment = big(from.port) + big(to.port) + big(sequence) + big(acknowledgment)
    segment += [UInt8((20 + options) / 4) << 4, flags.rawValue] + big(window) + [0, 0, 0, 0]
    segment += [UInt8](repeating: 1, count: options) + payload
    return ip(from, to, 6, segment, typeOfService: typeOfService)
  }

  static func udp(_ from: End, _ to: End, payload: Int = 0) -> [UInt8] {
    let datagram = big(from.port) + big(to.port) + big(UInt16(8 + payload)) + [0, 0]
    return ip(from, to, 17, datagram + [UInt8](repeating: 0x55, count: payload))
  }

  /// ICMP, or ICMPv6 between IPv6 addresses.
  static func icmp(
    _ from: End, _ to: End, type: UInt8, code: UInt8 = 0, identifier: UInt16 = 0,
    payload: [UInt8] = []
  ) -> [UInt8] {
    let message = [type, code, 0, 0] + big(identifier) + [0, 1] + payload
    return ip(from, to, from.address.family == .v4 ? 1 : 58, message)
  }

  /// An error of `type` and `code` about `frame`, an untagged one: its IP header and 8 bytes behind.
  static func icmpError(
    _ from: End, _ to: End, type: UInt8, code: UInt8, about frame: [UInt8]
  ) -> [UInt8] {
    icmp(from, to, type: type, code: code, payload: Array(frame[14..<(14 + 28)]))
  }

  static func arp(_ from: End, _ to: End, isReply: Bool) -> [UInt8] {
    let target = isReply ? to.mac : 0xFFFF_FFFF_FFFF
    var frame = mac(target) + mac(from.mac) + [0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, isReply ? 2 : 1]
    frame += mac(from.mac) + big(UInt32(from.address.low))
    frame += mac(isReply ? to.mac : 0) + big(UInt32(to.address.low))
    return frame + [UInt8](repeating: 0, count: 18)  // Ethernet's 60 bytes at least
  }

  static func ip(
    _ from: End, _ to: End, _ number: UInt8, _ content: [UInt8], typeOfService: UInt8 = 0,
    fragmentField: UInt16 = 0, identification: UInt16 = 0
  ) -> [UInt8] {
    let isV4 = from.address.family == .v4
    let frame = mac(to.mac) + mac(from.mac) + (isV4 ? [0x08, 0x00] : [0x86, 0xDD])
    guard isV4 else {
      var header: [UInt8] = [0x60 | typeOfService >> 4, typeOfService << 4, 0, 0]
      header += big(UInt16(content.count)) + [number, 64]
      return frame + header + octets(from.address) + octets(to.address) + content
    }
    var header: [UInt8] = [0x45, typeOfService] + big(UInt16(20 + content.count))
    header += big(identification) + big(fragmentField) + [64, number, 0, 0]
    return frame + header + octets(from.address) + octets(to.address) + content
  }

  /// The frame behind an 802.1Q tag.
  static func tagged(_ frame: [UInt8], vlan: UInt16) -> [UInt8] {
    frame[..<12] + [0x81, 0x00] + big(vlan) + frame[12...]
  }

  /// The frame as Ethernet sends it: at least 60 bytes, filled with what is not payload.
  static func padded(_ frame: [UInt8]) -> [UInt8] {
    frame + [UInt8](repeating: 0xEE, count: max(0, 60 - frame.count))
  }

  /// An IPv4 packet cut into fragments of `size` bytes, a multiple of 8.
  static func fragments(
    _ from: End, _ to: End, _ number: UInt8, _ content: [UInt8], size: Int,
    identification: UInt16 = 7
  ) -> [[UInt8]] {
    stride(from: 0, to: content.count, by: size).map { offset in
      let part = Array(content[offset..<min(offset + size, content.count)])
      let more: UInt16 = offset + size < content.count ? 0x2000 : 0
      return ip(
        from, to, number, part, fragmentField: more | UInt16(offset / 8),
        identification: identification)
    }
  }

  static func big(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
  static func big(_ value: UInt32) -> [UInt8] {
    big(UInt16(value >> 16)) + big(UInt16(value & 0xFFFF))
  }
  private static func mac(_ bits: UInt64) -> [UInt8] {
    big(UInt16(bits >> 32 & 0xFFFF)) + big(UInt32(bits & 0xFFFF_FFFF))
  }
  private static func octets(_ address: IPAddress) -> [UInt8] {
    guard address.family == .v6 else { return big(UInt32(address.low)) }
    return [address.high, address.low].flatMap {
      big(UInt32($0 >> 32)) + big(UInt32($0 & 0xFFFF_FFFF))
    }
  }
}
