import Packets
import Testing

/// Blocks of a pcapng file in one byte order.
struct BlockFile {
  var bytes: [UInt8] = []
  var bigEndian = false

  private func word(_ value: Int, _ count: Int) -> [UInt8] {
    let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return bigEndian ? little.reversed() : little
  }

  mutating func block(_ type: Int, _ body: [UInt8]) {
    let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
    let length = word(padded.count + 12, 4)
    bytes += word(type, 4) + length + padded + length
  }

  mutating func section(major: Int = 1) {
    block(
      0x0A0D_0D0A,
      word(0x1A2B_3C4D, 4) + word(major, 2) + word(0, 2) + [UInt8](repeating: 0xFF, count: 8))
  }

  mutating func interface(
    link: Int = 1, snapLength: Int = 0, resolution: UInt8? = nil, offset: Int = 0
  ) {
    var options: [UInt8] = []
    if let resolution { options += word(9, 2) + word(1, 2) + [resolution, 0, 0, 0] }
    if offset != 0 { options += word(14, 2) + word(8, 2) + word(offset, 8) }
    block(1, word(link, 2) + word(0, 2) + word(snapLength, 4) + options)
  }

  mutating func enhanced(_ frame: [UInt8], at units: Int, interface: Int = 0, captured: Int? = nil)
  {
    block(
      6,
      word(interface, 4) + word(units >> 32, 4) + word(units & 0xFFFF_FFFF, 4)
        + word(captured ?? frame.count, 4) + word(frame.count, 4) + frame)
  }

  mutating func obsolete(_ frame: [UInt8], at units: Int) {
    block(
      2,
      word(0, 2) + word(9, 2) + word(units >> 32, 4) + word(units & 0xFFFF_FFFF, 4)
        + word(frame.count, 4) + word(frame.count, 4) + frame)
  }

  mutating func simple(_ frame: [UInt8], length: Int) { block(3, word(length, 4) + frame) }
}

private let whole: [UInt8] = [1, 2, 3, 4, 5]

@Test(arguments: [false, true])
func `all packet blocks are read in either byte order`(_ bigEndian: Bool) {
  var file = BlockFile(bigEndian: bigEndian)
  file.section()
  file.interface(snapLength: 3)
  file.block(5, [1, 2, 3])  // interface statistics
  file.enhanced(whole, at: 1 << 33)
  file.block(0x0BAD, [])
  file.obsolete(whole, at: 7)
  file.simple([1, 2, 3], length: 5)
  let contents = read(file.bytes)
  #expect(contents.error == nil)
  #expect(contents.frames == [whole, whole, [1, 2, 3]])
  #expect(contents.times == [1 << 33, 7, 7])
  #expect(contents.wireLengths == [5, 5, 5])
}

@Test func `a new section has its own byte order and interfaces`() {
  var file = BlockFile()
  file.section()
  file.interface()
  file.enhanced(whole, at: 1)
  file.bigEndian = true
  file.section()
  file.interface(link: 101)
  file.enhanced(whole, at: 2)
  file.section()
  file.enhanced(whole, at: 3)
  let contents = read(file.bytes)
  #expect(contents.links == [.ethernet, .raw])
  #expect(contents.times == [1, 2])
  guard case .unknownInterface(number: 0, _, packets: 2) = contents.error else {
    Issue.record("\(String(describing: contents.error))")
    return
  }
}

private let clocks: [(UInt8?, Int, Int, Int64)] = [
  (nil, 0, 1_234_567, 1_234_567),
  (3, 0, 1_234, 1_234_000),
  (0, 0, 7, 7_000_000),
  (9, 0, 1_999_999_999, 1_999_999),
  (12, 0, 5_999_999, 5),
  (0x7F, 0, .max, 0),
  (0x80 | 10, 0, 1_536, 1_500_000),
  (0x80, 0, 3, 3_000_000),
  (0xFF, 0, .max, 0),
  (0, 0, .max, .max),
  (6, 1_700_000_000, 5, 1_700_000_000_000_005),
  (6, -1, 5, -999_995),
  (6, .max, .max, .max),
  (6, .min, 5, .min + 5),
]

@Test(arguments: clocks)
func `an interface's clock is rounded down to microseconds`(
  _ resolution: UInt8?, _ offset: Int, _ units: Int, _ expected: Int64
) {
  var file = BlockFile()
  file.section()
  file.interface(resolution: resolution, offset: offset)
  file.enhanced(whole, at: units)
  #expect(read(file.bytes).times == [expected])
}

@Test func `only packets of an interface out of scope are an error`() {
  var file = BlockFile()
  file.section()
  file.interface(link: 127)
  file.interface()
  file.enhanced(whole, at: 1, interface: 1)
  #expect(read(file.bytes).error == nil)
  let offset = file.bytes.count
  file.enhanced(whole, at: 2, interface: 0)
  let contents = read(file.bytes)
  #expect(contents.frames == [whole])
  #expect(contents.error == .unsupportedLinkType(number: 127, offset: offset, packets: 1))
}

@Test func `blocks that contradict themselves are an error`() {
  var good = BlockFile()
  good.section()
  good.interface()
  let start = good.bytes.count
  let malformed = CaptureError.malformedBlock(offset: start, packets: 0)
  func ending(_ change: (inout BlockFile) -> Void) -> CaptureError? {
    var file = good
    change(&file)
    return read(file.bytes).error
  }
  #expect(ending { $0.enhanced(whole, at: 1, captured: 9) } == malformed)
  #expect(ending { $0.block(6, [0, 0, 0, 0]) } == malformed)
  #expect(ending { $0.block(3, []) } == malformed)
  #expect(ending { $0.simple([1], length: 100) } == malformed)
  #expect(ending { $0.bytes += hex("06000000 0d000000 0d000000 00") } == malformed)
  #expect(ending { $0.bytes += hex("06000000 00000000 00000000") } == malformed)
  #expect(ending { $0.bytes += hex("06000000 0c000000 10000000") } == malformed)
  #expect(ending { $0.bytes += hex("0a0d0d0a 1c000000 00000000") } == malformed)
  #expect(
    ending { $0.enhanced(whole, at: 1, captured: 262_145) }
      == .absurdLength(length: 262_145, offset: start, packets: 0))
  #expect(
    ending { $0.bytes += hex("06000000 fcffffff 00000000") }
      == .truncated(offset: start, packets: 0))
  #expect(
    ending { $0.section(major: 2) } == .unsupportedVersion(major: 2, minor: 0, offset: start + 12))
}

@Test func `pcapng cut at any byte gives the whole packets before the cut`() {
  var file = BlockFile()
  file.section()
  file.interface()
  var ends: [Int] = []
  var boundaries = [28, file.bytes.count]
  for index in 0..<3 {
    file.enhanced(whole, at: index)
    ends.append(file.bytes.count)
    boundaries.append(file.bytes.count)
  }
  for length in 0..<file.bytes.count {
    let contents = read(Array(file.bytes.prefix(length)))
    #expect(contents.frames.count == ends.count { $0 <= length })
    #expect((contents.error == nil) == boundaries.contains(length))
  }
}
