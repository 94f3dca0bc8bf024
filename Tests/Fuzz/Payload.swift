// A dialogue of any words on a port of any service; PayloadDialogue.swift tells it. Each packet lies in
// memory of exactly its size.
import Flows
import Packets
import Tables

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzPayload(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard var dialogue = Dialogue(UnsafeRawBufferPointer(start: start, count: count)) else {
    return 0
  }
  var limits = FlowLimits()
  (limits.flows, limits.keys, limits.burst) = (4, 4, 1)
  var featurizer = Featurizer(sensor: "fuzz", limits: limits)
  while let packet = dialogue.next() {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: packet.bytes.count, alignment: 1)
    defer { bytes.deallocate() }
    bytes.copyBytes(from: packet.bytes)
    featurizer.add(
      Frame(
        bytes: UnsafeRawBufferPointer(bytes), time: packet.time,
        wireLength: UInt32(bytes.count + packet.more), link: .ipv4))
  }
  featurizer.finish()
  var rows = Rows()
  rows.read(featurizer.writer.bytes)
  guard rows.packets == featurizer.counters.packets else { fatalError("packets in, others out") }
  return 0
}
