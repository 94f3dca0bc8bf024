/// SNMP version 2c messages (RFC 3416) in BER.
enum SNMP {
  private static func value(_ tag: UInt8, _ body: [UInt8]) -> [UInt8] {
    if body.count < 128 { return [tag, UInt8(body.count)] + body }
    return [tag, 0x82, UInt8(body.count >> 8), UInt8(body.count & 255)] + body
  }

  private static func message(_ tag: UInt8, _ id: UInt32, _ bindings: [UInt8]) -> [UInt8] {
    var number: [UInt8] = []
    number.put(id & 0x7FFF_FFFF)
    let pdu = value(2, number) + value(2, [0]) + value(2, [0]) + value(0x30, bindings)
    return value(0x30, value(2, [1]) + value(4, Array("public".utf8)) + value(tag, pdu))
  }

  private static let system: [UInt8] = [6, 8, 0x2B, 6, 1, 2, 1, 1, 1, 0]

  /// GetRequest (0xA0) or GetBulkRequest (0xA5) of `count` objects.
  static func get(_ id: UInt32, count: Int, tag: UInt8 = 0xA0) -> [UInt8] {
    message(tag, id, (0..<count).flatMap { _ in value(0x30, system + [5, 0]) })
  }

  /// Response with `count` values of `size` bytes.
  static func response(_ id: UInt32, count: Int, size: Int, _ fill: [UInt8]) -> [UInt8] {
    let text = value(4, Array(fill.prefix(size)))
    return message(0xA2, id, (0..<count).flatMap { _ in value(0x30, system + text) })
  }
}

/// NTP version 4 packets (RFC 5905).
enum NTP {
  /// Mode 3 asks, mode 4 answers.
  static func packet(mode: UInt8, _ random: inout Generator) -> [UInt8] {
    let server = mode == 4
    return [0x20 | mode, server ? 2 : 0, 6, 0xEC]
      + (server ? random.bytes(36) : .init(repeating: 0, count: 36))
      + random.bytes(8)
  }

  /// An answer to `monlist` (mode 7): 440 bytes of clients.
  static func monitorList(_ random: inout Generator) -> [UInt8] {
    [0xD7, 0, 3, 0x2A, 0, 6, 0, 72] + random.bytes(432)
  }
}

/// DHCP messages (RFC 2131).
enum DHCP {
  /// A message of a type: 1 discover, 2 offer, 3 request, 5 acknowledge.
  static func message(_ type: UInt8, id: UInt32, mac: UInt64, address: UInt32) -> [UInt8] {
    var result: [UInt8] = [type == 2 || type == 5 ? 2 : 1, 1, 6, 0]
    result.put(id)
    result.put(UInt32(0))
    result.put(UInt32(0))
    result.put(type == 2 || type == 5 ? address : 0)
    result.put(UInt64(0))
    result.put(UInt16(truncatingIfNeeded: mac >> 32))
    result.put(UInt32(truncatingIfNeeded: mac))
    result += [UInt8](repeating: 0, count: 202) + [0x63, 0x82, 0x53, 0x63, 53, 1, type]
    if type == 3 {
      result += [50, 4]
      result.put(address)
    }
    result += [55, 4, 1, 3, 6, 15, 255]
    return result + [UInt8](repeating: 0, count: max(0, 300 - result.count))
  }
}

/// SSDP messages (UPnP Device Architecture 1.1).
enum SSDP {
  static let search = [UInt8](
    "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 2\r\n"
      + "ST: ssdp:all\r\n\r\n")

  static func notify(_ id: String, answer: Bool = false) -> [UInt8] {
    let first = answer ? "HTTP/1.1 200 OK" : "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900"
    return [UInt8](
      first + "\r\nCACHE-CONTROL: max-age=1800\r\nLOCATION: http://192.0.2.1:49152/\(id).xml\r\n"
        + "NT: upnp:rootdevice\r\nNTS: ssdp:alive\r\nSERVER: Linux/5.10 UPnP/1.0 minidlna/1.3\r\n"
        + "USN: uuid:\(id)::upnp:rootdevice\r\n\r\n")
  }
}

/// LDAP messages (RFC 4511).
enum LDAP {
  /// A SearchResultEntry with one attribute that holds `value`.
  static func entry(_ value: [UInt8]) -> [UInt8] {
    func wrap(_ tag: UInt8, _ body: [UInt8]) -> [UInt8] {
      [tag, 0x82, UInt8(body.count >> 8), UInt8(body.count & 255)] + body
    }
    let attribute = wrap(0x30, wrap(4, [UInt8]("subschema")) + wrap(0x31, wrap(4, value)))
    return wrap(0x30, [2, 1, 7] + wrap(0x64, [4, 0] + wrap(0x30, attribute)))
  }
}

/// NetBIOS name service (RFC 1002).
enum NetBIOS {
  /// A query for a name, as broadcast.
  static func query(_ id: UInt16, _ name: String) -> [UInt8] {
    var result: [UInt8] = []
    result.put(id)
    result += [1, 0x10, 0, 1, 0, 0, 0, 0, 0, 0, 32]
    for index in 0..<16 {
      let byte = index < name.utf8.count ? Array(name.utf8)[index] : 32
      result += [65 + (byte >> 4), 65 + (byte & 15)]
    }
    return result + [0, 0, 32, 0, 1]
  }
}
