import Time

/// The pcapng file: sections of blocks (draft-ietf-opsawg-pcapng). Blocks that hold no packets and
/// describe no interface are skipped.
struct BlockFormat {
  static let sectionHeader: UInt32 = 0x0A0D_0D0A
  private static let interfaceDescription: UInt32 = 1
  private static let obsoletePacket: UInt32 = 2
  private static let simplePacket: UInt32 = 3
  private static let enhancedPacket: UInt32 = 6

  private var swapped = false
  private var interfaces: [CaptureInterface] = []
  private var time = Timestamp(microseconds: 0)

  /// Whether the byte-order magic at `offset` reads backwards; nil if it is none.
  static func isSwapped(_ bytes: Bytes, _ offset: Int) -> Bool? {
    switch bytes.u32(offset) {
    case 0x1A2B_3C4D: false
    case 0x4D3C_2B1A: true
    default: nil
    }
  }

  mutating func next(
    _ bytes: Bytes, _ offset: inout Int, _ packets: Int
  ) throws(CaptureError) -> Frame? {
    while offset < bytes.end {
      let block = try enter(bytes, offset, packets)
      offset = block.end
      switch block.type {
      case Self.sectionHeader: try startSection(bytes, block)
      case Self.interfaceDescription: try describe(bytes, block)
      case Self.enhancedPacket:
        return try packet(bytes, block, number: bytes.u32(block.body, swapped: swapped))
      case Self.obsoletePacket:
        return try packet(bytes, block, number: UInt32(bytes.u16(block.body, swapped: swapped)))
      case Self.simplePacket: return try simplePacket(bytes, block)
      default: break
      }
    }
    return nil
  }

  /// One block: its body is `body ..< end - 4`.
  private struct Block {
    let type: UInt32
    let start: Int
    let end: Int
    let packets: Int

    var body: Int { start + 8 }
    var bodyLength: Int { end - 4 - body }
    var malformed: CaptureError { .malformedBlock(offset: start, packets: packets) }
  }

  /// Checks the frame of the block at `start`: type and length before, length again behind.
  private mutating func enter(
    _ bytes: Bytes, _ start: Int, _ packets: Int
  ) throws(CaptureError) -> Block {
    guard bytes.has(12, at: start) else { throw .truncated(offset: start, packets: packets) }
    var type = bytes.u32(start, swapped: swapped)
    if bytes.u32(start) == Self.sectionHeader {  // a palindrome, whose body tells the byte order
      type = Self.sectionHeader
      guard let order = Self.isSwapped(bytes, start + 8) else {
        throw .malformedBlock(offset: start, packets: packets)
      }
      swapped = order
    }
    let length = Int(bytes.u32(start + 4, swapped: swapped))
    guard length >= 12, length % 4 == 0 else {
      throw .malformedBlock(offset: start, packets: packets)
    }
    guard bytes.has(length, at: start) else { throw .truncated(offset: start, packets: packets) }
    let block = Block(type: type, start: start, end: start + length, packets: packets)
    guard Int(bytes.u32(block.end - 4, swapped: swapped)) == length else { throw block.malformed }
    return block
  }

  private mutating func startSection(_ bytes: Bytes, _ block: Block) throws(CaptureError) {
    guard block.bodyLength >= 16 else { throw block.malformed }
    let major = bytes.u16(block.body + 4, swapped: swapped)
    guard major == 1 else {
      throw .unsupportedVersion(
        major: major, minor: bytes.u16(block.body + 6, swapped: swapped), offset: block.body + 4)
    }
    interfaces.removeAll(keepingCapacity: true)
  }

  private mutating func describe(_ bytes: Bytes, _ block: Block) throws(CaptureError) {
    guard block.bodyLength >= 8 else { throw block.malformed }
    interfaces.append(
      CaptureInterface(bytes.limited(to: block.end - 4), block.body, swapped: swapped))
  }

  private func interface(_ number: UInt32, _ block: Block) throws(CaptureError) -> (
    CaptureInterface, LinkType
  ) {
    guard number < UInt32(clamping: interfaces.count) else {
      throw .unknownInterface(number: number, offset: block.start, packets: block.packets)
    }
    let interface = interfaces[Int(number)]
    guard let link = interface.link else {
      throw .unsupportedLinkType(
        number: UInt32(interface.number), offset: block.start, packets: block.packets)
    }
    return (interface, link)
  }

  /// An enhanced packet block, or the obsolete packet block, which differs in the first four bytes.
  private mutating func packet(
    _ bytes: Bytes, _ block: Block, number: UInt32
  ) throws(CaptureError) -> Frame {
    guard block.bodyLength >= 20 else { throw block.malformed }
    let (interface, link) = try interface(number, block)
    let captured = bytes.u32(block.body + 12, swapped: swapped)
    guard captured <= CaptureReader.largestFrame else {
      throw .absurdLength(length: captured, offset: block.start, packets: block.packets)
    }
    guard Int(captured) <= block.bodyLength - 20 else { throw block.malformed }
    time = interface.time(
      UInt64(bytes.u32(block.body + 4, swapped: swapped)) << 32
        | UInt64(bytes.u32(block.body + 8, swapped: swapped)))
    return Frame(
      bytes: bytes.slice(block.body + 20, count: Int(captured)), time: time,
      wireLength: bytes.u32(block.body + 16, swapped: swapped), link: link)
  }

  /// A simple packet block is of interface 0 and has no time: it gets that of the packet before.
  private func simplePacket(_ bytes: Bytes, _ block: Block) throws(CaptureError) -> Frame {
    guard block.bodyLength >= 4 else { throw block.malformed }
    let (interface, link) = try interface(0, block)
    let length = bytes.u32(block.body, swapped: swapped)
    let captured = interface.snapLength == 0 ? length : min(length, interface.snapLength)
    guard captured <= CaptureReader.largestFrame else {
      throw .absurdLength(length: captured, offset: block.start, packets: block.packets)
    }
    guard Int(captured) <= block.bodyLength - 4 else { throw block.malformed }
    return Frame(
      bytes: bytes.slice(block.body + 4, count: Int(captured)), time: time, wireLength: length,
      link: link)
  }
}
