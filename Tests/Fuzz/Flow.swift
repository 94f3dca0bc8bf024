// A story of packets, clocks and cuts through a table of a few flows; Story.swift tells it. Every packet
// must come out in one last row, every row must be readable, and cuts must change none.
import Flows
import Packets
import Tables

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzFlow(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeRawBufferPointer(start: start, count: count)
  let (whole, cuts) = play(input, isCut: false)
  guard cuts == 0 || whole == play(input, isCut: true).rows else {
    fatalError("cuts changed the rows")
  }
  return 0
}

/// The rows of a story, and how many cuts it has.
private func play(_ input: UnsafeRawBufferPointer, isCut: Bool) -> (rows: Rows, cuts: Int) {
  var limits = FlowLimits()
  (limits.flows, limits.keys, limits.burst, limits.active) = (8, 8, 8, 90_000_000)
  var featurizer = Featurizer(sensor: "fuzz", limits: limits)
  var story = Story(input)
  var (rows, cuts) = (Rows(), 0)
  while let event = story.next() {
    switch event {
    case .frame(let bytes, let time, let more, let link):
      bytes.withUnsafeBytes {
        let wire = UInt32($0.count + more)
        featurizer.add(Frame(bytes: $0, time: time, wireLength: wire, link: link))
      }
    case .clock(let time): featurizer.advance(to: time)
    case .cut:
      cuts += 1
      guard isCut else { continue }
      rows.read(featurizer.writer.bytes)
      featurizer.beginSegment()
    }
  }
  featurizer.finish()
  rows.read(featurizer.writer.bytes)
  guard rows.packets == featurizer.counters.packets else { fatalError("packets in, others out") }
  return (rows, cuts)
}
