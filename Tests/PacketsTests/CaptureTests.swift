import Packets
import Testing
import Time

private let frames: [[UInt8]] = [hex(Sample.all[0]), [], hex(Sample.all[8])]

private func capture() -> [UInt8] {
  var file: [UInt8] = []
  CaptureWriter.appendHeader(to: &file)
  for (index, frame) in frames.enumerated() {
    CaptureWriter.append(
      frame, at: Timestamp(seconds: 1_700_000_000, microseconds: Int64(index)), to: &file)
  }
  return file
}

@Test func `what was written is read`() {
  let contents = read(capture())
  #expect(contents.error == nil)
  #expect(contents.frames == frames)
  #expect(contents.times == [0, 1, 2].map { 1_700_000_000_000_000 + $0 })
  #expect(contents.wireLengths == frames.map { UInt32($0.count) })
}

@Test func `a capture cut at any byte gives the whole packets before the cut`() {
  let file = capture()
  var ends = [24]
  for frame in frames { ends.append((ends.last ?? 0) + 16 + frame.count) }
  for length in 0..<file.count {
    let contents = read(Array(file.prefix(length)))
    let whole = ends.lastIndex { $0 <= length } ?? 0
    #expect(contents.frames == Array(frames.prefix(whole)))
    switch length {
    case ..<4: #expect(contents.error == .notACapture)
    case ..<24: #expect(contents.error == .truncated(offset: 0, packets: 0))
    case _ where ends.contains(length): #expect(contents.error == nil)
    default: #expect(contents.error == .truncated(offset: ends[whole], packets: whole))
    }
  }
}

/// Magic, version, record header (seconds 1, fraction 5000, captured 1, wire 3) and one byte.
private let variants: [(String, Int64, UInt32)] = [
  (
    "d4c3b2a1 02000400 0000000000000000 00000400 01000000 | 01000000 88130000 01000000 03000000 ff",
    5000, 3
  ),
  (
    "a1b2c3d4 00020004 0000000000000000 00040000 00000001 | 00000001 00001388 00000001 00000003 ff",
    5000, 3
  ),
  (
    "4d3cb2a1 02000400 0000000000000000 00000400 01000000 | 01000000 88130000 01000000 03000000 ff",
    5, 3
  ),
  (
    "a1b23c4d 00020004 0000000000000000 00040000 00000001 | 00000001 00001388 00000001 00000003 ff",
    5, 3
  ),
  (
    "34cdb2a1 02000400 0000000000000000 00000400 01000000 | 01000000 88130000 01000000 03000000 0000000000000000 ff",
    5000, 3
  ),
  (
    "d4c3b2a1 02000100 0000000000000000 00000400 01000000 | 01000000 88130000 03000000 01000000 ff",
    5000, 3
  ),
  (
    "d4c3b2a1 02000400 0000000000000000 00000400 01000014 | 01000000 88130000 01000000 00000000 ff",
    5000, 1
  ),
]

@Test(arguments: variants)
func `classic pcap of either order and resolution is read`(
  _ file: String, _ fraction: Int64, _ wireLength: UInt32
) {
  let contents = read(hex(file))
  #expect(contents.error == nil)
  #expect(contents.frames == [[0xFF]])
  #expect(contents.times == [1_000_000 + fraction])
  #expect(contents.wireLengths == [wireLength])
  #expect(contents.links == [.ethernet])
}

private let header = "d4c3b2a1 02000400 0000000000000000 00000400 "

private let refused: [(String, CaptureError)] = [
  ("", .notACapture),
  ("00000000 02000400", .notACapture),
  ("0a0d0d0a 1c000000 00000000", .notACapture),
  (
    "d4c3b2a1 03000400 0000000000000000 00000400 01000000",
    .unsupportedVersion(major: 3, minor: 4, offset: 4)
  ),
  (header + "69000000", .unsupportedLinkType(number: 105, offset: 20, packets: 0)),
  (
    header + "01000000 01000000 00000000 01000400 01000400",
    .absurdLength(length: 262_145, offset: 24, packets: 0)
  ),
  (
    header + "01000000 01000000 00000000 ffffffff ffffffff",
    .absurdLength(length: .max, offset: 24, packets: 0)
  ),
  (header + "01000000 01000000 00000000 02000000 02000000 ff", .truncated(offset: 24, packets: 0)),
]

@Test(arguments: refused)
func `a broken capture is refused with its reason`(_ file: String, _ error: CaptureError) {
  #expect(read(hex(file)).error == error)
}

@Test func `an error names cause, place and packets`() {
  #expect(
    CaptureError.unsupportedLinkType(number: 105, offset: 20, packets: 0).description
      == "unable to read capture: link type 105 is out of scope, at byte 20 after 0 packets")
  #expect(
    CaptureError.truncated(offset: 94, packets: 1).description
      == "unable to read capture: the file ends within what begins at byte 94, after 1 packets")
}

@Test func `after an error there is nothing`() throws {
  let file = Array(capture().dropLast())
  try file.withUnsafeBytes { bytes in
    var reader = try CaptureReader(bytes)
    #expect(try reader.next() != nil)
    #expect(try reader.next() != nil)
    #expect(throws: CaptureError.self) { try reader.next() }
    #expect(try reader.next() == nil)
    #expect(reader.packets == 2)
  }
}

@Test func `times the format cannot hold are clamped`() {
  var file: [UInt8] = []
  CaptureWriter.appendHeader(link: 101, to: &file)
  CaptureWriter.append([0x45], at: Timestamp(microseconds: -1), wireLength: 60, to: &file)
  CaptureWriter.append([0x45], at: Timestamp(microseconds: .max), to: &file)
  let contents = read(file)
  #expect(contents.times == [0, 4_294_967_295_999_999])
  #expect(contents.links == [.raw, .raw])
  #expect(contents.wireLengths == [60, 1])
}
