/// SMB behind its session header: the status of answers (MS-SMB 2.2.3.1, MS-SMB2 2.2.1).
extension Conversation {
  mutating func readSMB(_ side: inout Side, _ octets: Octets, isClient: Bool) {
    // Requests carry no status, and an encrypted message none that can be read.
    var place = 0
    if side.marks.contains(.lost) {
      guard octets[0] == 0, octets.matches("smb", at: 5) else { return }
      side.restart()
    }
    while place < octets.count {
      guard side.state == Side.start else {
        side.pass(&place, octets.count)
        continue
      }
      place += side.hold(octets, place, octets.count)
      guard side.count >= 4 else { return }
      let length = 4 + (Int(side[1] & 1) << 16 | Int(side[2]) << 8 | Int(side[3]))
      if length < Side.most { return side.lose() }
      guard side.count == Side.most else { return }
      guard side.begins("smb", at: 5) else { return side.lose() }
      let status = side[4] == 0xFF ? 9 : 12
      let isAnswer = side[4] == 0xFF || side[4] == 0xFE
      if isAnswer, !isClient { judgeSMB(side, status) }
      side.release()
      side.skip(length - Side.most)
    }
  }

  /// STATUS_LOGON_FAILURE, _ACCOUNT_RESTRICTION, _ACCOUNT_DISABLED and _ACCOUNT_LOCKED_OUT.
  private mutating func judgeSMB(_ side: Side, _ status: Int) {
    guard side[status + 3] == 0xC0, side[status + 2] == 0 else { return }
    switch Int(side[status + 1]) << 8 | Int(side[status]) {
    case 0x006D, 0x006E, 0x0072, 0x0234: tallies.loginFailures.bump()
    default: break
    }
  }
}
