/// Recognises a protocol by the first bytes that one side says.
enum Recognition {
  struct Found {
    var application: Application
    /// Whether the side that spoke is the client.
    var isClient: Bool
    /// Whether there is more to be read.
    var isRead = true
  }

  /// What a stream begins with: the first bytes are held, `octets` is the newest segment.
  /// Nil if that is not known, or not yet.
  static func stream(
    _ side: Side, _ octets: Octets, _ segment: Conversation.Segment
  ) -> Found? {
    switch side[0] {
    case 0x10: mqtt(side)
    case 0x15, 0x16, 0x80: tls(side, isForward: segment.isForward)
    case 0x0B: side.begins("msh", at: 1) ? Found(application: .hl7, isClient: true) : nil
    case 0xFF: telnet(side, segment)
    case 0x01...0x03: dicom(side) ?? remoteDesktop(side)
    case 0x00: smb(side) ?? postgresql(side) ?? dns(side, segment)
    case 0x20...0x7E: text(side, octets, segment) ?? dns(side, segment)
    default: dns(side, segment) ?? mysql(side)
    }
  }

  /// CONNECT: remaining length, then the protocol's name (MQTT 3.1.1 section 3.1).
  private static func mqtt(_ side: Side) -> Found? {
    var name = 1
    while name < 4, side[name] & 0x80 != 0 { name += 1 }
    let isName =
      side[name + 1] == 0
      && (side[name + 2] == 4 && side.begins("mqtt", at: name + 3)
        || side[name + 2] == 6 && side.begins("mqisdp", at: name + 3))
    return isName ? Found(application: .mqtt, isClient: true) : nil
  }

  /// A hello or an alert in a record (RFC 8446 section 5.1), or SSL 2's hello.
  private static func tls(_ side: Side, isForward: Bool) -> Found? {
    if side[0] == 0x80 {
      guard side.count >= 5, side[2] == 1, side[3] == 3 || side[4] == 2 && side[3] == 0
      else { return nil }
      return Found(application: .tls, isClient: true, isRead: false)
    }
    guard side.count >= 6, side[1] == 3, side[2] <= 4, side[3] <= 0x48 else { return nil }
    if side[0] == 0x15 {
      return side[3] == 0 && side[4] == 2 ? Found(application: .tls, isClient: isForward) : nil
    }
    guard side[5] == 1 || side[5] == 2 else { return nil }
    return Found(application: .tls, isClient: side[5] == 1)
  }

  /// An option is negotiated (RFC 854); either end may begin.
  private static func telnet(_ side: Side, _ segment: Conversation.Segment) -> Found? {
    guard side.count >= 3, (0xFB...0xFE).contains(side[1]), side[2] < 50 else { return nil }
    let isReversed = Application(port: segment.sourcePort) == .telnet
    return Found(application: .telnet, isClient: segment.isForward != isReversed)
  }

  /// A-ASSOCIATE-RQ, -AC or -RJ (DICOM PS3.8 section 9.3).
  private static func dicom(_ side: Side) -> Found? {
    guard side.count >= 10, side[1] == 0, side[2] == 0 else { return nil }
    if side[0] == 3 {
      let isRejection = side[3] == 0 && side[4] == 0 && side[5] == 4 && side[6] == 0
      return isRejection && (1...2).contains(side[7]) && (1...3).contains(side[8])
        ? Found(application: .dicom, isClient: false) : nil
    }
    let length = Int(side[3]) << 16 | Int(side[4]) << 8 | Int(side[5])
    guard length >= 68, side[6] == 0, side[7] & 1 == 1, side[8] == 0, side[9] == 0 else {
      return nil
    }
    return Found(application: .dicom, isClient: side[0] == 1)
  }

  /// An X.224 connection request with Microsoft's cookie or negotiation (MS-RDPBCGR 2.2.1.1).
  private static func remoteDesktop(_ side: Side) -> Found? {
    guard side.count >= 14, side[0] == 3, side[1] == 0, side[5] == 0xE0 || side[5] == 0xD0 else {
      return nil
    }
    let isNegotiation = (1...2).contains(side[11]) && side[13] == 8
    guard isNegotiation || side.begins("coo", at: 11) else { return nil }
    return Found(application: .rdp, isClient: side[5] == 0xE0, isRead: false)
  }

  /// A session message (RFC 1002 section 4.3) that holds an SMB header.
  private static func smb(_ side: Side) -> Found? {
    guard side.count >= 8, side[1] <= 1, side[4] >= 0xFC, side.begins("smb", at: 5) else {
      return nil
    }
    // SMB 1 says who sent it in its flags, 2 and 3 in theirs; both lie behind byte 12.
    guard side.count == Side.most else { return nil }
    let isReply = side[4] == 0xFF && side[13] & 0x80 != 0
    return Found(application: .smb, isClient: !isReply)
  }

  private static func postgresql(_ side: Side) -> Found? {
    guard side.count >= 8, side[1] == 0, side[2] <= 1 else { return nil }
    let isStartup =
      side[4] == 0 && side[5] == 3 && side[6] == 0 && side[7] <= 2
      && (side.begins("user", at: 8) || side.begins("database", at: 8))
    let isRequest = side[3] == 8 && side[4] == 4 && side[5] == 0xD2 && side[6] == 0x16
    guard isStartup || isRequest else { return nil }
    return Found(application: .postgresql, isClient: true, isRead: false)
  }

  /// A server's greeting, protocol 10.
  private static func mysql(_ side: Side) -> Found? {
    guard side.count >= 8, side[2] == 0, side[3] == 0, side[4] == 10, side[5].isDigit,
      side[6] == 0x2E || side[7] == 0x2E
    else { return nil }
    return Found(application: .mysql, isClient: false, isRead: false)
  }

  /// A message behind its length (RFC 1035 section 4.2.2), on DNS's port.
  private static func dns(_ side: Side, _ segment: Conversation.Segment) -> Found? {
    guard side.count >= 14, segment.destinationPort == 53 || segment.sourcePort == 53,
      Int(side[0]) << 8 | Int(side[1]) >= 12, side[4] & 0x78 <= 0x30, side[5] & 0x40 == 0,
      side[6] == 0, side[7] <= 1
    else { return nil }
    return Found(application: .dns, isClient: side[4] & 0x80 == 0)
  }
}
