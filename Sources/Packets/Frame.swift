public import Time

/// One record of a capture: what was on the wire, as far as it was kept.
public struct Frame {
  /// The captured bytes, link-layer header first. Valid only while the capture they came from is.
  public let bytes: UnsafeRawBufferPointer
  /// When it was seen; finer resolutions are rounded down to microseconds.
  public let time: Timestamp
  /// Its length on the wire in bytes, never less than `bytes.count`.
  public let wireLength: UInt32
  /// What `bytes` begins with.
  public let link: LinkType

  /// A frame of `bytes`; a `wireLength` below their number is raised to it.
  public init(
    bytes: UnsafeRawBufferPointer, time: Timestamp, wireLength: UInt32, link: LinkType
  ) {
    self.bytes = bytes
    self.time = time
    self.wireLength = max(wireLength, UInt32(clamping: bytes.count))
    self.link = link
  }
}
