/// DICOM's upper layer (PS3.8 section 9.3): the types of its PDUs.
extension Conversation {
  mutating func readDICOM(_ side: inout Side, _ octets: Octets) {
    var place = 0
    if side.marks.contains(.lost) {
      guard (1...7).contains(octets[0]), octets[1] == 0, octets.count >= 10 else { return }
      side.restart()
    }
    while place < octets.count {
      guard side.state == Side.start else {
        side.pass(&place, octets.count)
        continue
      }
      place += side.hold(octets, place, octets.count, wanted: 6)
      guard side.count == 6 else { return }
      guard (1...7).contains(side[0]) else { return side.lose() }
      if side[0] == 1 { tallies.dicomAssociations.bump() }
      if side[0] == 3 { tallies.dicomRejections.bump() }
      let length =
        UInt32(side[2]) << 24 | UInt32(side[3]) << 16 | UInt32(side[4]) << 8 | UInt32(side[5])
      side.release()
      side.skip(Int(length))
    }
  }
}
