// A frame on every kind of link. Bytes 0 and 1 choose the link and how much longer the frame was on
// the wire; the rest is the frame, in memory of exactly its size.
import Packets
import Time

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzPacket(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeRawBufferPointer(start: start, count: count)
  guard count >= 2 else { return 0 }
  // Half of the byte's values are Ethernet: what lies behind a link is the same for all.
  let links = LinkType.allCases
  let link = input[0] < 128 ? .ethernet : links[Int(input[0]) % links.count]
  let bytes = UnsafeRawBufferPointer(rebasing: input[2...])
  let more = input[1] < 255 ? UInt32(input[1]) * 8 : .max - UInt32(bytes.count)
  let frame = Frame(
    bytes: bytes, time: Timestamp(microseconds: 7), wireLength: UInt32(bytes.count) + more,
    link: link)
  let packet = Packet(frame)
  expectSound(packet, frame)
  guard packet == Packet(frame) else { fatalError("two packets of one frame") }
  return 0
}

/// What must hold whatever the bytes were.
private func expectSound(_ packet: Packet, _ frame: Frame) {
  let payload = packet.payload(of: frame)
  guard packet.payloadLength >= 0, packet.payloadOffset >= 0,
    (0...packet.payloadLength).contains(packet.payloadCount),
    packet.payloadOffset + packet.payloadCount <= frame.bytes.count,
    payload.count == packet.payloadCount
  else { fatalError("payload outside the frame") }
  guard packet.ipHeaderLength >= 0, packet.transportHeaderLength >= 0, packet.fragmentOffset >= 0,
    packet.ipLength >= packet.ipHeaderLength
  else { fatalError("impossible lengths") }
  guard packet.kind != .nonIP || (packet.ipVersion == 0 && packet.payloadLength == 0) else {
    fatalError("a payload of nothing")
  }
  // Every byte can be read.
  guard payload.reduce(0, { $0 | UInt32($1) }) <= 255 else { fatalError("bytes above 255") }
}
