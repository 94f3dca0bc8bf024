import Packets
import Testing
import Time
import TestSupport

/// What must hold whatever the bytes were, for the packet of `frame` and for the one it carries.
private func isSound(_ frame: Frame) -> Bool {
  let outer = Packet(frame, tunnels: .outer)
  let inner = Packet(frame)
  return isSound(outer, frame) && isSound(inner, frame) && outer.tunnel == .none
    && inner.oddities.isSuperset(of: outer.oddities)
    && (inner.tunnel == .none
      || inner.binding == nil && inner.kind != .nonIP
        && inner.payloadOffset + inner.payloadCount <= outer.payloadOffset + outer.payloadCount)
}

private func isSound(_ packet: Packet, _ frame: Frame) -> Bool {
  packet.payloadLength >= 0 && packet.payloadCount >= 0
    && packet.payloadCount <= packet.payloadLength && packet.payloadOffset >= 0
    && packet.payloadOffset + packet.payloadCount <= frame.bytes.count
    && packet.ipLength >= packet.ipHeaderLength
    && packet.payload(of: frame).count == packet.payloadCount
}

@Test func `every cut of every frame is dissected soundly`() {
  for sample in Sample.all {
    let bytes = hex(sample)
    for length in 0...bytes.count {
      // A copy of its own, so that a read beyond its end is one beyond the allocation.
      Array(bytes.prefix(length)).withUnsafeBytes {
        let frame = Frame(
          bytes: $0, time: .init(microseconds: 0), wireLength: UInt32(bytes.count), link: .ethernet)
        #expect(isSound(frame))
        let oddities = Packet(frame).oddities
        #expect(length < bytes.count || oddities.isSubset(of: [.ipOptions, .sourceRouted]))
      }
    }
  }
}

/// What a cut must not change without saying so.
private func essence(_ packet: Packet) -> [AnyHashable] {
  [
    packet.kind, packet.tunnel, packet.ipVersion, packet.source, packet.destination,
    packet.ipProtocol, packet.sourcePort, packet.destinationPort, packet.tcpFlags,
    packet.sequence, packet.ipLength, packet.ipHeaderLength, packet.transportHeaderLength,
    packet.payloadLength, packet.sourceMAC, packet.destinationMAC, packet.vlan, packet.icmpType,
  ]
}

@Test func `a cut frame tells the same as the whole one, or that it is truncated`() {
  for sample in Sample.all {
    let bytes = hex(sample)
    for tunnels in [Tunnels.inner, .outer] {
      let whole = essence(dissect(bytes, tunnels: tunnels))
      for length in 0..<bytes.count {
        let cut = dissect(
          Array(bytes.prefix(length)), wireLength: bytes.count, tunnels: tunnels)
        #expect(
          cut.oddities.contains(.truncated) || essence(cut) == whole,
          "\(length) bytes of \(sample)")
      }
    }
  }
}

@Test func `mutated frames are dissected soundly`() {
  var generator = Seeded(state: 20_250_506)
  let samples = Sample.all.map(hex)
  var unsound = 0
  for round in 0..<400_000 {
    var bytes = samples[round % samples.count]
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
    }
    if round % 3 == 0 { bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator)) }
    let link = LinkType.allCases[round % 7 == 0 ? round / 7 % LinkType.allCases.count : 0]
    bytes.withUnsafeBytes {
      let frame = Frame(
        bytes: $0, time: .init(microseconds: 0),
        wireLength: UInt32.random(in: 0...2000, using: &generator), link: link)
      if !isSound(frame) { unsound += 1 }
    }
  }
  #expect(unsound == 0)
}

@Test func `noise is dissected soundly on every link`() {
  var generator = Seeded(state: 1)
  var unsound = 0
  for round in 0..<100_000 {
    let bytes = (0..<round % 97).map { _ in UInt8.random(in: 0...255, using: &generator) }
    bytes.withUnsafeBytes {
      let frame = Frame(
        bytes: $0, time: .init(microseconds: 0), wireLength: .max,
        link: LinkType.allCases[round % LinkType.allCases.count])
      if !isSound(frame) { unsound += 1 }
    }
  }
  #expect(unsound == 0)
}

@Test func `mutated captures end in packets or an error, and no byte is read twice`() {
  var generator = Seeded(state: 42)
  var blocks = BlockFile()
  blocks.section()
  blocks.interface(resolution: 9, offset: 3)
  var classic: [UInt8] = []
  CaptureWriter.appendHeader(to: &classic)
  for sample in Sample.all {
    blocks.enhanced(hex(sample), at: 1)
    CaptureWriter.append(hex(sample), at: .init(microseconds: 1), to: &classic)
  }
  for round in 0..<20_000 {
    var file = round % 2 == 0 ? classic : blocks.bytes
    for _ in 0..<4 {
      file[Int.random(in: 4..<file.count, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
    }
    let contents = read(file)
    // A mutant may split records into more of them, but none overlaps another or leaves the file.
    let read = contents.frames.reduce(0) { $0 + 16 + $1.count }
    #expect(read <= file.count)
  }
}
