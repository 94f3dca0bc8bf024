/// HL7 version 2 in MLLP's frames: a segment a line, ended by a carriage return.
extension Conversation {
  mutating func readHL7(_ side: inout Side, _ octets: Octets) {
    var place = 0
    while place < octets.count {
      let end = octets.first(0x0D, from: place)
      let stop = end ?? octets.count
      // A frame begins with 0x0B; the one before ended with 0x1C.
      while side.count == 0, place < stop, octets[place] < 0x20 { place += 1 }
      side.hold(octets, place, stop)
      guard end != nil else { return }
      if side.begins("msh") { tallies.hl7Messages.bump() }
      if side.begins("msa") { judgeAcknowledgment(side[4], side[5]) }
      side.release()
      place = stop + 1
    }
  }

  /// MSA-1 (table 0008): application or commit, error or reject.
  private mutating func judgeAcknowledgment(_ mode: UInt8, _ result: UInt8) {
    guard mode == UInt8(ascii: "A") || mode == UInt8(ascii: "C") else { return }
    if result == UInt8(ascii: "E") || result == UInt8(ascii: "R") { tallies.hl7Refusals.bump() }
  }
}
