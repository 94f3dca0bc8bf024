/// MQTT 3.1.1 control packets (OASIS standard, section 3).
enum MQTT {
  static let pingRequest: [UInt8] = [0xC0, 0]
  static let pingResponse: [UInt8] = [0xD0, 0]
  static let disconnect: [UInt8] = [0xE0, 0]

  private static func packet(_ first: UInt8, _ body: [UInt8]) -> [UInt8] {
    var result = [first]
    var length = body.count
    repeat {
      result.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
      length >>= 7
    } while length > 0
    return result + body
  }

  private static func string(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    result.put(UInt16(text.utf8.count))
    return result + Array(text.utf8)
  }

  /// CONNECT, with a user name and password if given.
  static func connect(_ id: String, keepAlive: UInt16, user: (String, String)? = nil) -> [UInt8] {
    var body = string("MQTT") + [4, user == nil ? 0x02 : 0xC2]
    body.put(keepAlive)
    body += string(id)
    if let user { body += string(user.0) + string(user.1) }
    return packet(0x10, body)
  }

  /// CONNACK; 0 accepted, 4 bad password, 5 not authorised.
  static func connected(_ code: UInt8 = 0) -> [UInt8] { [0x20, 2, 0, code] }

  /// PUBLISH; `id` is needed for QoS 1.
  static func publish(_ topic: String, _ payload: [UInt8], qos1 id: UInt16? = nil) -> [UInt8] {
    var body = string(topic)
    if let id { body.put(id) }
    return packet(id == nil ? 0x30 : 0x32, body + payload)
  }

  /// PUBACK.
  static func published(_ id: UInt16) -> [UInt8] { [0x40, 2, UInt8(id >> 8), UInt8(id & 255)] }

  /// SUBSCRIBE to one filter at QoS 0.
  static func subscribe(_ filter: String, id: UInt16) -> [UInt8] {
    packet(0x82, [UInt8(id >> 8), UInt8(id & 255)] + string(filter) + [0])
  }

  /// SUBACK.
  static func subscribed(_ id: UInt16) -> [UInt8] { [0x90, 3, UInt8(id >> 8), UInt8(id & 255), 0] }
}
