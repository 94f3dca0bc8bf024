/// SSH (RFC 4253, 4252): encrypted logins, told by the size of what the server answers.
///
/// The server's first segment after the client's NEWKEYS accepts the authentication service. Then
/// each of its answers to an attempt is a segment: all refusals are equally long, and
/// SSH_MSG_USERAUTH_SUCCESS is 16 bytes shorter than the acceptance in all common ciphers. The first
/// refusal answers the customary question for the methods ("none") and is not counted.
extension Conversation {
  private enum State {
    static let packet: UInt8 = 2
  }
  /// No list of methods makes a refusal longer. A banner before it may.
  private static let longestRefusal = 200
  private static let mostAnswers: UInt8 = 40

  mutating func readSSH(_ side: inout Side, _ octets: Octets, length: Int, isClient: Bool) {
    if isClient {
      if !marks.contains(.connected) { readKeyExchange(&side, octets) }
    } else if marks.contains(.connected) {
      judgeAnswer(&side, length)
    }
  }

  /// The client's version line, then packets in the clear up to NEWKEYS (message 21).
  private mutating func readKeyExchange(_ side: inout Side, _ octets: Octets) {
    var place = 0
    while place < octets.count {
      switch side.state {
      case Side.start:
        let end = octets.first(10, from: place)
        if end != nil { side.state = State.packet }
        place = (end ?? octets.count) + 1
      case Side.skipping:
        side.pass(&place, octets.count)
        if side.state == Side.start { side.state = State.packet }
      default:
        place += side.hold(octets, place, octets.count, wanted: 6)
        guard side.count == 6 else {
          if side.count > 6 { phase = .done }  // bytes were lost
          return
        }
        let length = Int(side[1]) << 16 | Int(side[2]) << 8 | Int(side[3])
        guard side[0] == 0, length >= 8, length < 1 << 18 else {
          phase = .done
          return
        }
        if side[5] == 21 {
          marks.insert(.connected)
          return side.release()
        }
        side.release()
        side.skip(length - 2)
      }
    }
  }

  private mutating func judgeAnswer(_ side: inout Side, _ length: Int) {
    if side.state != State.packet {
      side.state = State.packet
      side.number = UInt16(clamping: length)
      side.left = 0
      side.release()
      return
    }
    if length + 16 == Int(side.number) || side.segments > Self.mostAnswers {
      phase = .done
    } else if length == Int(side.left) {
      tallies.loginFailures.bump()
    } else if side.left == 0 || Int(side.left) > Self.longestRefusal {
      side.left = UInt32(clamping: length)
    }
  }
}
