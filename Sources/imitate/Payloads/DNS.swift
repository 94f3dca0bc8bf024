import Addresses

/// DNS messages (RFC 1035).
enum DNS {
  private static func header(_ id: UInt16, _ flags: UInt16, _ counts: [Int]) -> [UInt8] {
    var result: [UInt8] = []
    result.put(id)
    result.put(flags)
    for count in counts { result.put(UInt16(count)) }
    return result
  }

  private static func question(_ name: String, _ type: UInt16) -> [UInt8] {
    var result: [UInt8] = []
    for label in name.split(separator: ".") {
      result.append(UInt8(label.utf8.count))
      result += Array(label.utf8)
    }
    result.append(0)
    result.put(type)
    result.put(UInt16(1))
    return result
  }

  /// A query; type 1 is A, 28 AAAA, 12 PTR, 255 ANY.
  static func query(
    _ id: UInt16, _ name: String, type: UInt16 = 1, multicast: Bool = false
  ) -> [UInt8] {
    header(id, multicast ? 0 : 0x0100, [1, 0, 0, 0]) + question(name, type)
  }

  /// An answer with these addresses; without any, "no such name".
  static func answer(
    _ id: UInt16, _ name: String, type: UInt16, _ addresses: [IPAddress]
  ) -> [UInt8] {
    var result = header(
      id, addresses.isEmpty ? 0x8183 : 0x8180, [1, addresses.count, 0, 0])
    result += question(name, type)
    for address in addresses {
      result += [0xC0, 12]
      result.put(type)
      result.put(UInt16(1))
      result.put(UInt32(300))
      result.put(UInt16(type == 28 ? 16 : 4))
      if type == 28 { result.put(0x2001_0DB8_0000_0000 as UInt64) }
      if type == 28 { result.put(UInt32(0)) }
      result.put(UInt32(truncatingIfNeeded: address.low))
    }
    return result
  }

  /// A large answer of TXT records, as amplifiers send, of about `size` bytes.
  static func largeAnswer(_ id: UInt16, _ name: String, size: Int, _ fill: [UInt8]) -> [UInt8] {
    var records: [UInt8] = []
    var count = 0
    while records.count + 60 < size {
      let length = min(255, size - records.count - 60)
      records += [0xC0, 12, 0, 16, 0, 1, 0, 0, 0x0E, 0x10]
      records.put(UInt16(length + 1))
      records.append(UInt8(length))
      records += fill.prefix(length)
      count += 1
    }
    return header(id, 0x8180, [1, count, 0, 0]) + question(name, 255) + records
  }
}
