/// TLS records (RFC 8446 section 5.1, RFC 5246 section 6.2.1), as far as they are in the clear.
extension Conversation {
  /// A side is read until its records are encrypted; then nothing is counted any more.
  mutating func readTLS(_ side: inout Side, _ octets: Octets, _ segment: Segment) {
    var place = 0
    while place < octets.count, !side.isIgnored {
      guard side.state == Side.start else {
        side.pass(&place, octets.count)
        continue
      }
      place += side.hold(octets, place, octets.count, wanted: 6)
      guard side.count == 6 else { return }
      readRecord(&side)
    }
    let other = segment.isForward ? backward : forward
    if side.isIgnored, other.isIgnored { phase = .done }
  }

  private mutating func readRecord(_ side: inout Side) {
    let length = Int(side[3]) << 8 | Int(side[4])
    // 16 KiB, and what encryption adds at most.
    let isRecord = side[1] == 3 && side[2] <= 4 && length >= 1 && length <= 16_384 + 2_048
    let kind = side[0]
    guard isRecord, kind == 21 || kind == 22 else { return side.ignoreRest() }
    if kind == 21 { tallies.tlsAlerts.bump() }
    if kind == 22, side[5] == 1 { tallies.tlsClientHellos.bump() }
    side.release()
    side.skip(length - 1)
  }
}
