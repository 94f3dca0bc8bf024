// A frame on any link. Byte 0 chooses the link and how much is cut off for a second look, byte 1 how
// much longer the frame was on the wire; the rest is the frame, up to the end of its memory.
import Packets
import Time

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzPacket(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeRawBufferPointer(start: start, count: count)
  guard count >= 2 else { return 0 }
  // Half of the byte's values are Ethernet: what lies behind a link is the same for all.
  let link = input[0] < 128 ? .ethernet : LinkType.allCases[Int(input[0]) % 7]
  let bytes = UnsafeRawBufferPointer(rebasing: input[2...])
  let more = input[1] < 255 ? UInt32(input[1]) * 8 : .max - UInt32(bytes.count)
  let wire = UInt32(bytes.count) + more
  let kept = UnsafeRawBufferPointer(rebasing: bytes.dropLast(Int(input[0] & 63)))
  let time = Timestamp(microseconds: 0)
  let whole = Frame(bytes: bytes, time: time, wireLength: wire, link: link)
  let cut = Frame(bytes: kept, time: time, wireLength: wire, link: link)
  for tunnels in [Tunnels.inner, .outer] {
    let packet = Packet(whole, tunnels: tunnels)
    expectSound(packet, whole)
    guard packet == Packet(whole, tunnels: tunnels) else { fatalError("differs from itself") }
    let part = Packet(cut, tunnels: tunnels)
    expectSound(part, cut)
    guard part.oddities.contains(.truncated) || isSame(part, packet) else {
      fatalError("another packet when cut")
    }
  }
  return 0
}

/// What must hold whatever the bytes were.
private func expectSound(_ packet: Packet, _ frame: Frame) {
  guard packet.payloadOffset >= 0, (0...packet.payloadLength).contains(packet.payloadCount),
    packet.payload(of: frame).count == packet.payloadCount,
    packet.payloadOffset + packet.payloadCount <= frame.bytes.count
  else { fatalError("payload outside the frame") }
  guard packet.ipHeaderLength >= 0, packet.transportHeaderLength >= 0, packet.fragmentOffset >= 0,
    packet.ipLength >= packet.ipHeaderLength
  else { fatalError("impossible lengths") }
}

/// Whether only the captured bytes, what is odd and what a message says in its payload differ.
private func isSame(_ part: Packet, _ whole: Packet) -> Bool {
  if whole.kind == .icmp || whole.kind == .icmp6 { return part.kind == whole.kind }
  var part = part
  (part.capturedLength, part.payloadOffset) = (whole.capturedLength, whole.payloadOffset)
  (part.payloadCount, part.oddities) = (whole.payloadCount, whole.oddities)
  return part == whole
}
