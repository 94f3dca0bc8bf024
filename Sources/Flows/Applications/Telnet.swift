/// Telnet (RFC 854): what the server says when a login is refused.
extension Conversation {
  private enum State {
    static let command: UInt8 = 2
    static let option: UInt8 = 3
    static let subnegotiation: UInt8 = 4
    static let subnegotiationEnd: UInt8 = 5
  }

  /// A login takes place in the first bytes; what is said later is the session's own.
  private static let mostLines: UInt16 = 1_024

  mutating func readTelnet(_ side: inout Side, _ octets: Octets, isClient: Bool) {
    guard !isClient else { return }
    side.marks.remove(.lost)
    for place in 0..<octets.count {
      let byte = octets[place]
      switch side.state {
      case State.command:
        side.state =
          switch byte {
          case 0xFB...0xFE: State.option
          case 0xFA: State.subnegotiation
          default: Side.start
          }
      case State.option: side.state = Side.start
      case State.subnegotiation: if byte == 0xFF { side.state = State.subnegotiationEnd }
      case State.subnegotiationEnd:
        side.state = byte == 0xF0 ? Side.start : State.subnegotiation
      default: readCharacter(&side, byte)
      }
    }
  }

  private mutating func readCharacter(_ side: inout Side, _ byte: UInt8) {
    switch byte {
    case 0xFF: side.state = State.command
    case 10, 13:
      guard side.count > 0 else { return }
      if Self.isLoginRefusal(side) { tallies.loginFailures.bump() }
      side.release()
      side.number += 1
      if side.number >= Self.mostLines { phase = .done }
    case 0: break
    case 1...32, UInt8(ascii: "%"): if side.count > 0 { side.hold(byte) }
    default: side.hold(byte)
    }
  }

  /// What Unix, BusyBox, Cisco, Windows and device firmware say.
  private static func isLoginRefusal(_ side: Side) -> Bool {
    switch side[0].lowercased {
    case UInt8(ascii: "l"):
      side.begins("login incorrect") || side.begins("login failed") || side.begins("login invalid")
        || side.begins("logon failure")
    case UInt8(ascii: "a"): side.begins("access denied") || side.begins("authentication f")
    case UInt8(ascii: "b"): side.begins("bad password")
    case UInt8(ascii: "i"):
      side.begins("incorrect passwo") || side.begins("incorrect login")
        || side.begins("invalid login") || side.begins("invalid passwor")
    case UInt8(ascii: "p"): side.begins("password incorre") || side.begins("permission denie")
    case UInt8(ascii: "w"): side.begins("wrong password") || side.begins("wrong login")
    default: false
    }
  }
}
