/// DNS (RFC 1035), over UDP and TCP: headers, the type that is asked for, the size of answers.
///
/// Names are walked label by label and pointers are never followed.
extension Conversation {
  private enum Question {
    static let length: UInt8 = 2
    static let label: UInt8 = 3
    static let pointer: UInt8 = 4
    static let typeHigh: UInt8 = 5
    static let typeLow: UInt8 = 6
  }

  mutating func readDNSDatagram(_ octets: Octets, length: Int) {
    guard octets.count >= 12 else { return }
    var side = Side()
    judgeDNS(octets[2], octets[3], length: length)
    guard octets[2] & 0x80 == 0, octets.big16(at: 4) > 0 else { return }
    side.left = UInt32(clamping: octets.count - 12)
    side.state = Question.length
    var place = 12
    while place < octets.count, side.state > Side.skipping { ask(&side, octets, &place) }
  }

  mutating func readDNSStream(_ side: inout Side, _ octets: Octets) {
    if side.marks.contains(.lost) {
      guard octets.big16(at: 0) == octets.count - 2, octets.count >= 14 else { return }
      side.restart()
    }
    var place = 0
    while place < octets.count {
      switch side.state {
      case Side.start:
        place += side.hold(octets, place, octets.count, wanted: 14)
        guard side.count == 14 else { return }
        guard beginDNS(&side) else { return side.lose() }
      case Side.skipping: side.pass(&place, octets.count)
      default: ask(&side, octets, &place)
      }
    }
  }

  /// Judges the length and header that are held; false if no message is that short.
  private mutating func beginDNS(_ side: inout Side) -> Bool {
    let length = Int(side[0]) << 8 | Int(side[1])
    guard length >= 12 else { return false }
    judgeDNS(side[4], side[5], length: length)
    let isQuestion = side[4] & 0x80 == 0 && (side[6] | side[7]) != 0
    side.skip(length - 12)
    if isQuestion, side.left > 0 { side.state = Question.length }
    side.release()
    return true
  }

  private mutating func judgeDNS(_ high: UInt8, _ low: UInt8, length: Int) {
    guard high & 0x80 != 0 else { return tallies.dnsQueries.bump() }
    tallies.dnsAnswers.bump()
    tallies.dnsAnswerBytes.bump(UInt32(clamping: length))
    switch low & 15 {
    case 2, 3, 5: tallies.dnsFailures.bump()
    default: break
    }
  }

  private mutating func endName(_ side: inout Side) {
    tallies.dnsLongestName = max(tallies.dnsLongestName, UInt32(side.span))
    side.span = 0
  }

  /// Walks the question's name, then takes its type.
  private mutating func ask(_ side: inout Side, _ octets: Octets, _ place: inout Int) {
    let byte = octets[place]
    var step = 1
    switch side.state {
    case Question.length:
      side.span &+= 1
      side.number = UInt16(byte)
      if byte == 0 { endName(&side) }
      side.state =
        switch byte {
        case 0: Question.typeHigh
        case 1..<0x40: Question.label
        case 0xC0...: Question.pointer
        default: Side.skipping
        }
    case Question.label:
      step = min(Int(side.number), octets.count - place, Int(side.left))
      side.number -= UInt16(step)
      side.span &+= UInt16(step)
      if side.number == 0 { side.state = Question.length }
    case Question.pointer:
      side.span = 0
      side.state = Question.typeHigh
    case Question.typeHigh:
      side.number = UInt16(byte) << 8
      side.state = Question.typeLow
    default:
      switch side.number | UInt16(byte) {
      case 16, 46, 48, 255: tallies.dnsAnyQueries.bump()
      default: break
      }
      side.state = Side.skipping
    }
    place += step
    side.left -= UInt32(step)
    if side.left == 0 {
      side.state = Side.start
      side.span = 0
    }
  }
}
