/// Protocols that begin with words.
extension Recognition {
  static func text(_ side: Side, _ octets: Octets, _ segment: Conversation.Segment) -> Found? {
    guard side.count >= 4 else { return nil }
    switch side[0].lowercased {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return reply(side, octets, segment)
    case UInt8(ascii: "h"):
      if side.begins("http/") { return Found(application: .http, isClient: false) }
    case UInt8(ascii: "s"):
      if side.begins("ssh-") { return Found(application: .ssh, isClient: segment.isForward) }
      if side.begins("sip/2.0") {
        return Found(application: .sip, isClient: false, isRead: false)
      }
    case UInt8(ascii: "r"):
      if side.begins("rfb 00") { return Found(application: .vnc, isClient: false, isRead: false) }
      if side.begins("rtsp/") { return Found(application: .rtsp, isClient: false, isRead: false) }
    case UInt8(ascii: "+"):
      let isRedis = segment.destinationPort == 6_379 || segment.sourcePort == 6_379
      if side.begins("+ok"), !isRedis { return Found(application: .pop3, isClient: false) }
    case UInt8(ascii: "*"):
      if side.begins("* ok") { return Found(application: .imap, isClient: false, isRead: false) }
      if side[1].isDigit, side[2] == 13 || side[2].isDigit, side.begins("\n$", at: 3) {
        return Found(application: .redis, isClient: true, isRead: false)
      }
    default: break
    }
    return command(side, octets, segment) ?? request(side)
  }

  /// A greeting with a number: FTP or SMTP, told apart by its words, its port, or the client's
  /// first command.
  private static func reply(
    _ side: Side, _ octets: Octets, _ segment: Conversation.Segment
  ) -> Found? {
    guard side.begins("220"), side[3] == 32 || side[3] == 0x2D else { return nil }
    let promised = Application(
      destinationPort: segment.destinationPort, sourcePort: segment.sourcePort)
    let isMail =
      promised == .smtp || promised != .ftp && octets.prefix(160).contains("smtp")
    return Found(application: isMail ? .smtp : .ftp, isClient: false)
  }

  private static func command(
    _ side: Side, _ octets: Octets, _ segment: Conversation.Segment
  ) -> Found? {
    if side.begins("ehlo ") || side.begins("helo ") {
      return Found(application: .smtp, isClient: true)
    }
    // IRC's USER has four words behind it.
    if side.begins("user "), octets.first(32, from: 5) == nil {
      let isMail = segment.destinationPort == 110
      return Found(application: isMail ? .pop3 : .ftp, isClient: true)
    }
    if side.begins("auth tls") || side.begins("feat\r") {
      return Found(application: .ftp, isClient: true)
    }
    return nil
  }

  /// A method, a blank, and what it is asked of: HTTP (RFC 9112 section 3), RTSP or SIP.
  private static func request(_ side: Side) -> Found? {
    var blank = 3
    while blank < 10, side[blank] != 32 {
      guard side[blank].isLetter else { return nil }
      blank += 1
    }
    guard side[blank] == 32, blank + 1 < Int(side.count) else { return nil }
    if side.begins("rtsp", at: blank + 1) {
      return Found(application: .rtsp, isClient: true, isRead: false)
    }
    if side.begins("sip:", at: blank + 1) {
      return Found(application: .sip, isClient: true, isRead: false)
    }
    let target = side[blank + 1]
    guard HTTPMethod.begins(side), target > 32, target < 127 else { return nil }
    let isUsual = target == UInt8(ascii: "/") || side.begins("http", at: blank + 1)
    // What else begins with such a word must be looked at in full.
    let isOdd = target == UInt8(ascii: "*") || side.count == Side.most
    return isUsual || isOdd ? Found(application: .http, isClient: true) : nil
  }
}

/// The methods of RFC 9110 section 9, RFC 5789 and WebDAV that a line may begin with.
enum HTTPMethod {
  static func begins(_ side: Side) -> Bool {
    switch side[0].lowercased {
    case UInt8(ascii: "g"): side.begins("get ")
    case UInt8(ascii: "p"):
      side.begins("post ") || side.begins("put ") || side.begins("patch ")
        || side.begins("propfind ") || side.begins("pri ")
    case UInt8(ascii: "h"): side.begins("head ")
    case UInt8(ascii: "d"): side.begins("delete ")
    case UInt8(ascii: "o"): side.begins("options ")
    case UInt8(ascii: "t"): side.begins("trace ")
    case UInt8(ascii: "c"): side.begins("connect ")
    default: false
    }
  }
}
