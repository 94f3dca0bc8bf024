/// Protocols that come in datagrams.
extension Recognition {
  static func datagram(_ octets: Octets, _ segment: Conversation.Segment) -> Application? {
    if octets.count >= 12 {
      let ports = (segment.sourcePort, segment.destinationPort)
      if ports.0 == 5_353 || ports.1 == 5_353 { return isDNS(octets) ? .mdns : nil }
      if ports.0 == 53 || ports.1 == 53 { return isDNS(octets) ? .dns : nil }
      if octets.word(at: 4) & 0xFFFF_FFFF == 0x42A4_1221, octets[0] < 0x40 { return .stun }
    }
    if octets[0] & 0xC0 == 0xC0, isQUIC(octets) { return .quic }
    if octets.matches("m-search * http") || octets.matches("notify * http") { return .ssdp }
    if octets.matches("sip/2.0 ") { return .sip }
    if octets[0].isLetter, let blank = octets.prefix(12).first(32),
      octets.matches("sip:", at: blank + 1)
    {
      return .sip
    }
    let isNetBIOS = segment.sourcePort == 137 || segment.destinationPort == 137
    return octets.count >= 17 && !isNetBIOS && isPlainDNS(octets) ? .dns : nil
  }

  /// A header that makes sense (RFC 1035 section 4.1.1).
  private static func isDNS(_ octets: Octets) -> Bool {
    let operation = octets[2] >> 3 & 15
    return operation <= 6 && octets[3] & 0x40 == 0 && octets.big16(at: 4) <= 64
  }

  /// A query for one name of letters, digits and hyphens in class IN, or its answer: on any port.
  private static func isPlainDNS(_ octets: Octets) -> Bool {
    guard octets[2] & 0x78 == 0, octets[3] & 0x40 == 0, octets.big16(at: 4) == 1,
      octets[2] & 0x80 != 0
        || octets.big16(at: 6) == 0 && octets.big16(at: 8) == 0
          && octets[3] & 15 == 0
    else { return false }
    var place = 12
    var labels = 0
    while octets[place] != 0 {
      let length = Int(octets[place])
      guard length < 64, labels < 32, place + length < octets.count else { return false }
      for index in 1...length {
        let byte = octets[place + index]
        guard byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x5F else { return false }
      }
      place += length + 1
      labels += 1
    }
    return labels > 0 && place + 4 < octets.count && octets.big16(at: place + 3) & 0x7FFF == 1
  }

  /// A long header of version 1, 2, a draft, or Google's (RFC 9000 section 17.2).
  private static func isQUIC(_ octets: Octets) -> Bool {
    guard octets.count >= 20 else { return false }
    let version = octets.big16(at: 1) << 16 | octets.big16(at: 3)
    return version == 1 || version == 0x6B33_43CF || version >> 8 == 0xFF0000
      || version >> 24 == 0x51 && octets[2] == 0x30
  }
}
