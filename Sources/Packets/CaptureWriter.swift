public import Time

/// The bytes of a classic pcap file, little-endian with microseconds.
///
///     var file: [UInt8] = []
///     CaptureWriter.appendHeader(to: &file)
///     CaptureWriter.append(frame, at: time, to: &file)
public enum CaptureWriter {
  /// Appends the 24-byte file header. `link` is a LINKTYPE_ number, `snapLength` the most bytes kept
  /// of a frame.
  public static func appendHeader(
    link: UInt32 = LinkType.ethernet.number, snapLength: UInt32 = CaptureReader.largestFrame,
    to file: inout [UInt8]
  ) {
    append(0xA1B2_C3D4, to: &file)
    append(4 << 16 | 2, to: &file)
    append(0, to: &file)
    append(0, to: &file)
    append(snapLength, to: &file)
    append(link, to: &file)
  }

  /// Appends one record of `bytes`.
  ///
  /// `wireLength` is the frame's length before it was cut, by default that of `bytes`. Times outside
  /// 1970 to 2106 are clamped: the format has 32 bits for seconds.
  public static func append(
    _ bytes: UnsafeRawBufferPointer, at time: Timestamp, wireLength: UInt32? = nil,
    to file: inout [UInt8]
  ) {
    let latest = Int64(UInt32.max) * 1_000_000 + 999_999
    let moment = min(max(time.microseconds, 0), latest)
    append(UInt32(truncatingIfNeeded: moment / 1_000_000), to: &file)
    append(UInt32(truncatingIfNeeded: moment % 1_000_000), to: &file)
    append(UInt32(clamping: bytes.count), to: &file)
    append(wireLength ?? UInt32(clamping: bytes.count), to: &file)
    file.append(contentsOf: bytes)
  }

  /// As ``append(_:at:wireLength:to:)``, from an array.
  public static func append(
    _ bytes: [UInt8], at time: Timestamp, wireLength: UInt32? = nil, to file: inout [UInt8]
  ) {
    bytes.withUnsafeBytes { append($0, at: time, wireLength: wireLength, to: &file) }
  }

  private static func append(_ value: UInt32, to file: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { file.append(contentsOf: $0) }
  }
}
