/// MQTT 3.1, 3.1.1 and 5: fixed headers, the codes of CONNACK, the filters of SUBSCRIBE.
extension Conversation {
  /// Where in a SUBSCRIBE packet a side stands (section 3.8 of both versions).
  private enum Subscribe {
    static let identifierHigh: UInt8 = 2
    static let identifierLow: UInt8 = 3
    static let propertiesLow: UInt8 = 4
    static let propertiesHigh: UInt8 = 5
    static let properties: UInt8 = 6
    static let lengthHigh: UInt8 = 7
    static let lengthLow: UInt8 = 8
    static let filterStart: UInt8 = 9
    static let filter: UInt8 = 10
    static let options: UInt8 = 11
  }

  mutating func readMQTT(_ side: inout Side, _ octets: Octets, isClient: Bool) {
    if side.marks.contains(.lost) {
      guard isPlausibleMQTT(octets, isClient: isClient) else { return }
      side.restart()
    }
    var place = 0
    while place < octets.count, !side.marks.contains(.lost) {
      switch side.state {
      case Side.start: readMQTTHeader(&side, octets, &place, isClient: isClient)
      case Side.skipping: side.pass(&place, octets.count)
      default: readFilter(&side, octets[place], &place)
      }
    }
  }

  // MARK: Header

  /// How long the fixed header is, and how much follows it; nil until all of it is held, or if the
  /// remaining length has no end.
  private func mqttLengths(_ side: Side) -> (header: Int, rest: Int)? {
    var rest = 0
    var index = 1
    while index < min(Int(side.count), 5) {
      rest |= Int(side[index] & 0x7F) << (7 * (index - 1))
      index += 1
      if side[index - 1] & 0x80 == 0 { return (index, rest) }
    }
    return nil
  }

  private mutating func readMQTTHeader(
    _ side: inout Side, _ octets: Octets, _ place: inout Int, isClient: Bool
  ) {
    while mqttLengths(side) == nil {
      guard side.count < 5 else { return malformed(&side) }
      guard place < octets.count else { return }
      side.hold(octets[place])
      place += 1
    }
    guard let (header, rest) = mqttLengths(side) else { return }
    guard isPossible(side[0], rest, isClient: isClient) else { return malformed(&side) }
    let wanted = header + min(rest, Self.interesting(side[0]))
    place += side.hold(octets, place, octets.count, wanted: wanted)
    guard side.count >= wanted else { return }
    judge(side, header)
    let isSubscribe = side[0] >> 4 == 8
    side.skip(header + rest - Int(side.count))
    if isSubscribe, side.left > 0 { side.state = Subscribe.identifierHigh }
    side.release()
  }

  /// How many bytes behind the fixed header tell something.
  private static func interesting(_ first: UInt8) -> Int {
    switch first >> 4 {
    case 1: 10
    case 2: 2
    default: 0
    }
  }

  private mutating func malformed(_ side: inout Side) {
    tallies.mqttMalformed.bump()
    side.lose()
  }

  /// Whether a packet of this first byte and remaining length may come from this end
  /// (sections 2.2.1 and 2.2.2).
  private func isPossible(_ first: UInt8, _ rest: Int, isClient: Bool) -> Bool {
    let flags = first & 15
    let isFive = marks.contains(.versionFive) || !marks.contains(.connected)
    switch first >> 4 {
    case 1: return isClient && flags == 0 && rest >= 12
    case 2: return !isClient && flags == 0 && rest >= 2
    case 3: return flags & 6 != 6 && rest >= 2
    case 4, 5, 7: return flags == 0 && (rest == 2 || rest > 2 && isFive)
    case 6: return flags == 2 && (rest == 2 || rest > 2 && isFive)
    case 8: return isClient && flags == 2 && rest >= 6
    case 9: return !isClient && flags == 0 && rest >= 3
    case 10: return isClient && flags == 2 && rest >= 5
    case 11: return !isClient && flags == 0 && (rest == 2 || rest > 2 && isFive)
    case 12: return isClient && flags == 0 && rest == 0
    case 13: return !isClient && flags == 0 && rest == 0
    case 14: return flags == 0 && (rest == 0 && isClient || isFive)
    case 15: return flags == 0 && isFive
    default: return false
    }
  }

  /// Whether the bytes may begin with a packet, after the place in the stream was lost.
  private func isPlausibleMQTT(_ octets: Octets, isClient: Bool) -> Bool {
    var trial = Side()
    trial.hold(octets, 0, octets.count, wanted: 5)
    guard let (header, rest) = mqttLengths(trial), rest < 1 << 20 else { return false }
    guard isPossible(trial[0], rest, isClient: isClient) else { return false }
    guard octets.count > header + rest else { return true }
    return isPlausibleMQTT(octets.dropFirst(header + rest), isClient: isClient)
  }

  // MARK: Packets

  private mutating func judge(_ side: Side, _ header: Int) {
    switch side[0] >> 4 {
    case 1: judgeConnect(side, header)
    case 2: judgeConnack(side[header + 1])
    case 3: tallies.mqttPublishes.bump()
    case 8: tallies.mqttSubscribes.bump()
    default: break
    }
  }

  /// Section 3.1: the name, the level, the connect flags. A second CONNECT is a violation.
  private mutating func judgeConnect(_ side: Side, _ header: Int) {
    tallies.mqttConnects.bump()
    let nameLength = Int(side[header + 1])
    let level = side[header + 2 + nameLength]
    let isNamed =
      side[header] == 0
      && (nameLength == 4 && side.begins("mqtt", at: header + 2) && level & 0x7F >= 4
        && level & 0x7F <= 5
        || nameLength == 6 && side.begins("mqisdp", at: header + 2) && level & 0x7F == 3)
    let flags = side[header + 3 + nameLength]
    let areFlagsSound =
      flags & 1 == 0 && flags & 0x18 != 0x18 && (flags & 4 != 0 || flags & 0x38 == 0)
    if !isNamed || !areFlagsSound || marks.contains(.connected) { tallies.mqttMalformed.bump() }
    marks.insert(.connected)
    if level & 0x7F == 5 { marks.insert(.versionFive) }
  }

  /// Section 3.2.2: return codes 1 to 5, or reason codes from 0x80 up.
  private mutating func judgeConnack(_ code: UInt8) {
    guard marks.contains(.versionFive) ? code >= 0x80 : code != 0 else { return }
    tallies.mqttRefusals.bump()
    switch code {
    case 4, 5, 0x86, 0x87, 0x8C: tallies.loginFailures.bump()
    default: break
    }
  }

  // MARK: SUBSCRIBE

  private mutating func readFilter(_ side: inout Side, _ byte: UInt8, _ place: inout Int) {
    place += 1
    side.left -= 1
    switch side.state {
    case Subscribe.identifierHigh: side.state = Subscribe.identifierLow
    case Subscribe.identifierLow:
      side.state =
        marks.contains(.versionFive) ? Subscribe.propertiesLow : Subscribe.lengthHigh
    case Subscribe.propertiesLow:
      side.number = UInt16(byte & 0x7F)
      if byte & 0x80 != 0 {
        side.state = Subscribe.propertiesHigh
      } else {
        side.state = side.number > 0 ? Subscribe.properties : Subscribe.lengthHigh
      }
    case Subscribe.propertiesHigh:
      side.number |= UInt16(byte & 0x7F) << 7
      side.state = byte & 0x80 != 0 ? Side.skipping : Subscribe.properties
    case Subscribe.properties: count(&side, then: Subscribe.lengthHigh)
    case Subscribe.lengthHigh:
      side.number = UInt16(byte) << 8
      side.state = Subscribe.lengthLow
    case Subscribe.lengthLow:
      side.number |= UInt16(byte)
      side.state = side.number > 0 ? Subscribe.filterStart : Subscribe.options
    case Subscribe.filterStart:
      if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "+") { tallies.mqttWildcards.bump() }
      side.state = Subscribe.filter
      readFilterByte(&side, byte)
    case Subscribe.filter: readFilterByte(&side, byte)
    default: side.state = Subscribe.lengthHigh
    }
    if side.left == 0 {
      side.state = Side.start
      side.release()
    }
  }

  /// The filter's first bytes are held, and judged when it ends.
  private mutating func readFilterByte(_ side: inout Side, _ byte: UInt8) {
    side.hold(byte)
    count(&side, then: Subscribe.options)
    guard side.state == Subscribe.options else { return }
    if Self.asksForEverything(side) { tallies.mqttEverything.bump() }
    side.release()
  }

  /// Section 4.7.1: all topics, all of two levels or more, and all that brokers tell of themselves.
  private static func asksForEverything(_ filter: Side) -> Bool {
    switch filter.count {
    case 1: filter.begins("#")
    case 3: filter.begins("+/#")
    case 6: filter.begins("$sys/#")
    default: false
    }
  }

  private func count(_ side: inout Side, then state: UInt8) {
    if side.number <= 1 { side.state = state } else { side.number -= 1 }
  }
}
