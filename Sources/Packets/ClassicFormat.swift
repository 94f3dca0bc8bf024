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

  func next(_ bytes: Bytes, _ offset: inout Int, _ packets: Int) throws(CaptureError) -> Frame? {
    let start = offset
    guard start < bytes.end else { return nil }
    guard bytes.has(recordHeader, at: start) else {
      throw .truncated(offset: start, packets: packets)
    }
    var captured = bytes.u32(start + 8, swapped: swapped)
    var wireLength = bytes.u32(start + 12, swapped: swapped)
    if lengthsInEitherOrder, captured > wireLength { swap(&captured, &wireLength) }
    guard captured <= CaptureReader.largestFrame else {
      throw .absurdLength(length: captured, offset: start, packets: packets)
    }
    let count = Int(captured)
    guard bytes.has(count, at: start + recordHeader) else {
      throw .truncated(offset: start, packets: packets)
    }
    let fraction = Int64(bytes.u32(start + 4, swapped: swapped))
    offset = start + recordHeader + count
    return Frame(
      bytes: bytes.slice(start + recordHeader, count: count),
      time: Timestamp(
        seconds: Int64(bytes.u32(start, swapped: swapped)),
        microseconds: nanoseconds ? fraction / 1000 : fraction),
      wireLength: wireLength, link: link)
  }
}
