/// FTP (RFC 959), SMTP (RFC 5321, 4954) and POP3 (RFC 1939): commands of a line, replies that begin
/// with a code.
extension Conversation {
  mutating func readReplies(_ side: inout Side, _ octets: Octets, isClient: Bool) {
    var place = 0
    while place < octets.count, phase == .reading {
      let end = octets.first(10, from: place)
      let stop = end ?? octets.count
      side.hold(octets, place, stop)
      guard end != nil else { return }
      if isClient { judgeCommand(side) } else { judgeReply(side) }
      side.release()
      place = stop + 1
    }
  }

  private mutating func judgeCommand(_ side: Side) {
    if side.begins("ehlo ") || side.begins("helo ") { application = .smtp }
    let isLogin = side.begins("pass ") || side.begins("user ") || side.begins("auth ")
    let isTLS = side.begins("auth tls") || side.begins("auth ssl")
    if isTLS || side.begins("starttls") || side.begins("stls") {
      marks.insert(.asked)
    } else {
      marks.remove(.asked)
    }
    if isLogin || side.begins("apop ") {
      marks.insert(.loginPending)
    } else if application != .smtp {
      marks.remove(.loginPending)
    }
  }

  private mutating func judgeReply(_ side: Side) {
    if marks.contains(.asked),
      side.begins("220") || side.begins("234") || side.begins("+ok")
    {
      phase = .done  // what follows is TLS
      return
    }
    let isRefusal =
      switch application {
      case .ftp: side.begins("530 ") || side.begins("430 ")
      case .smtp: side.begins("535 ")
      default: side.begins("-err")
      }
    guard isRefusal, marks.contains(.loginPending) else { return }
    tallies.loginFailures.bump()
    marks.remove(.loginPending)
  }
}
