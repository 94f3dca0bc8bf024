/// Reads the frames of a whole capture file in memory, pcap or pcapng, in the order of the file.
///
/// The file's bytes are not copied: they must outlive the reader and all frames it gave. A file that
/// is cut in the middle of a record gives all whole records first and then ``CaptureError/truncated(offset:packets:)``.
public struct CaptureReader {
  /// The most captured bytes a record may have: 256 KiB, libpcap's own bound.
  public static let largestFrame: UInt32 = 262_144

  private let bytes: Bytes
  /// What the file is, one of the two; neither behind its end.
  private var classic: ClassicFormat?
  private var blocks: BlockFormat?
  /// How far it has read. B.
  public private(set) var offset: Int
  /// How many frames were given so far.
  public private(set) var packets = 0

  /// Starts to read `file`: recognises the format and its byte order.
  ///
  /// Throws ``CaptureError`` if it is no capture, of another version, of a link type out of scope
  /// (pcap; in pcapng that is known only at a packet), or ends within the file header.
  public init(_ file: UnsafeRawBufferPointer) throws(CaptureError) {
    guard file.count >= 4, let bytes = Bytes(file) else { throw .notACapture }
    self.bytes = bytes
    if bytes.u32(0) == BlockFormat.sectionHeader {
      blocks = BlockFormat()
      offset = 0
      guard bytes.has(12, at: 0) else { throw .truncated(offset: 0, packets: 0) }
      guard BlockFormat.isSwapped(bytes, 8) != nil else { throw .notACapture }
    } else {
      classic = try ClassicFormat(bytes)
      offset = ClassicFormat.headerLength
    }
  }

  /// The next frame; nil at the end of the file.
  ///
  /// Throws ``CaptureError`` where the file stops making sense; every later call then gives nil.
  public mutating func next() throws(CaptureError) -> Frame? {
    guard let frame = classic?.next(bytes, &offset) else { return try nextOrEnd() }
    packets &+= 1
    return frame
  }

  /// The next frame of blocks, or what the end of records means.
  @inline(never) private mutating func nextOrEnd() throws(CaptureError) -> Frame? {
    if let format = classic {
      classic = nil
      if let fault = format.fault(bytes, offset, packets) { throw fault }
      return nil
    }
    do {
      guard let frame = try blocks?.next(bytes, &offset, packets) else { return nil }
      packets &+= 1
      return frame
    } catch {
      blocks = nil
      throw error
    }
  }
}
