import Time

/// The classic pcap file: a 24-byte header, then records (draft-ietf-opsawg-pcap).
struct ClassicFormat {
  static let headerLength = 24

  private let swapped: Bool
  private let nanoseconds: Bool
  private let recordHeader: Int
  /// Writers before 2.4 put the two lengths in either order.
  private let lengthsInEitherOrder: Bool
  private let link: LinkType

  init(_ bytes: Bytes) throws(CaptureError) {
    switch bytes.u32(0) {
    case 0xA1B2_C3D4: (swapped, nanoseconds, recordHeader) = (false, false, 16)
    case 0xD4C3_B2A1: (swapped, nanoseconds, recordHeader) = (true, false, 16)
    case 0xA1B2_3C4D: (swapped, nanoseconds, recordHeader) = (false, true, 16)
    case 0x4D3C_B2A1: (swapped, nanoseconds, recordHeader) = (true, true, 16)
    case 0xA1B2_CD34: (swapped, nanoseconds, recordHeader) = (false, false, 24)  // Kuznetzov's
    case 0x34CD_B2A1: (swapped, nanoseconds, recordHeader) = (true, false, 24)
    default: throw .notACapture
    }
    guard bytes.has(Self.headerLength, at: 0) else { throw .truncated(offset: 0, packets: 0) }
    let major = bytes.u16(4, swapped: swapped)
    let minor = bytes.u16(6, swapped: swapped)
    guard major == 2, minor <= 4 else {
      throw .unsupportedVersion(major: major, minor: minor, offset: 4)
    }
    lengthsInEitherOrder = minor < 4
    // The upper six bits tell of a frame check sequence.
    let number = bytes.u32(20, swapped: swapped) & 0x03FF_FFFF
    guard let link = LinkType(number: number) else {
      throw .unsupportedLinkType(number: number, offset: 20, packets: 0)
    }
    self.link = link
  }

  /// The frame of the record at `offset`, which is moved behind it; nil if there is no whole record,
  /// for which ``fault(_:_:_:)`` has the reason.
  @inline(__always) func next(_ bytes: Bytes, _ offset: inout Int) -> Frame? {
    guard let header = bytes.header(16, at: offset) else { return nil }
    let (captured, wireLength) = lengths(header)
    let start = offset &+ recordHeader
    let count = Int(captured)
    guard captured <= CaptureReader.largestFrame, bytes.has(count, at: start) else { return nil }
    offset = start &+ count
    // The next record's header and the frame's headers behind it lie in two lines.
    bytes.expect(offset)
    bytes.expect(offset &+ 64)
    let seconds = Int64(number(header, 0))
    let fraction = Int64(number(header, 4))
    return Frame(
      bytes: bytes.slice(start, count: count),
      time: Timestamp(
        microseconds: seconds &* 1_000_000 &+ (nanoseconds ? fraction / 1000 : fraction)),
      wireLength: wireLength, link: link)
  }

  /// Why there is no whole record at `offset`; nil at the end of the file.
  @inline(never) func fault(_ bytes: Bytes, _ offset: Int, _ packets: Int) -> CaptureError? {
    guard offset < bytes.end else { return nil }
    if bytes.has(recordHeader, at: offset), let header = bytes.header(16, at: offset) {
      let length = lengths(header).captured
      if length > CaptureReader.largestFrame {
        return .absurdLength(length: length, offset: offset, packets: packets)
      }
    }
    return .truncated(offset: offset, packets: packets)
  }

  @inline(__always) private func lengths(
    _ header: Header
  ) -> (captured: UInt32, wireLength: UInt32) {
    let (captured, wireLength) = (number(header, 8), number(header, 12))
    if lengthsInEitherOrder, captured > wireLength { return (wireLength, captured) }
    return (captured, wireLength)
  }

  @inline(__always) private func number(_ header: Header, _ offset: Int) -> UInt32 {
    let number = header.u32(offset)
    return swapped ? number.byteSwapped : number
  }
}
