import Time

/// A finished segment: a classic pcap file in memory, in microseconds.
struct Segment {
  /// When its first packet was seen.
  let first: Timestamp
  /// The moment up to which it is complete.
  let clock: Timestamp
  /// How many packets it holds.
  let packets: Int
  /// The whole file; valid until the next packet is added to the builder that made it.
  let bytes: UnsafeRawBufferPointer
}

/// Cuts a stream of packets into segments. Packets in, finished segments out; it reads no clock and
/// opens no file.
///
/// Time is divided into cells of equal length that begin at the epoch, so that two sensors cut at the
/// same moments. A segment ends with its cell, or earlier when it holds as many packets or bytes as
/// the rules allow. When a packet is earlier than the cell of the open segment, the clock was
/// stepped back: the segment ends and the next one follows the new time.
struct SegmentBuilder: ~Copyable {
  /// When a segment ends.
  struct Rules {
    /// The length of a cell, in microseconds, above 0.
    var cell: Int64
    /// The most packets in a segment, above 0.
    var packets: Int
    /// The most bytes in a segment's file; a segment with one packet may be larger.
    var bytes: Int
  }

  /// Packets of one moment may come in the wrong order from several processors. One that is so many
  /// microseconds too early for its cell is still counted to it.
  static let jitter: Int64 = 1_000

  /// Bytes before the first packet.
  static let fileHeader = 24
  /// Bytes before each packet: seconds, microseconds, length kept, length on the wire.
  static let packetHeader = 16

  private let rules: Rules
  private let memory: UnsafeMutableRawBufferPointer
  private var length = fileHeader
  private var count = 0
  private var first = Timestamp(microseconds: 0)
  private var last = Timestamp(microseconds: 0)
  private var cellStart: Int64 = 0

  /// `linkType` and `snapLength` are for the files' header.
  init(rules: Rules, linkType: UInt32, snapLength: Int) {
    self.rules = rules
    let least = Self.fileHeader + Self.packetHeader + snapLength
    memory = .allocate(byteCount: max(rules.bytes, least), alignment: 8)
    let header: [UInt32] = [0xa1b2_c3d4, 0x0004_0002, 0, 0, UInt32(snapLength), linkType]
    header.withUnsafeBytes { memory.copyMemory(from: $0) }
  }

  deinit { memory.deallocate() }

  /// Whether no packet waits.
  var isEmpty: Bool { count == 0 }

  /// The end of the open segment's cell, nil when no packet waits.
  var boundary: Timestamp? { isEmpty ? nil : cellEnd }

  /// The latest boundary between cells that is not after `time`.
  func boundary(notAfter time: Timestamp) -> Timestamp {
    Timestamp(microseconds: time.microseconds - offset(in: time))
  }

  /// The segment that must end before `packet` is added, if one must. Call ``add(_:)`` next.
  mutating func cut(before packet: Packet) -> Segment? {
    if isEmpty { return nil }
    if packet.time >= cellEnd { return cut(at: cellEnd) }
    let stepped = packet.time.microseconds < cellStart - Self.jitter
    let full = count >= rules.packets || length + size(of: packet) > rules.bytes
    return stepped || full ? cut(at: last) : nil
  }

  /// The open segment, complete up to `clock`; with no packet waiting an empty one, that only says
  /// how late it is.
  mutating func cut(at clock: Timestamp) -> Segment {
    let segment = Segment(
      first: isEmpty ? clock : first, clock: clock, packets: count,
      bytes: UnsafeRawBufferPointer(rebasing: memory[..<length]))
    count = 0
    length = Self.fileHeader
    return segment
  }

  /// The packets that wait, with the last one's time as the clock; nil when none does.
  mutating func cutRest() -> Segment? { isEmpty ? nil : cut(at: last) }

  /// Adds a packet to the open segment. ``cut(before:)`` must have made room.
  mutating func add(_ packet: Packet) {
    if isEmpty {
      cellStart = packet.time.microseconds - offset(in: packet.time)
      first = packet.time
      last = packet.time
    }
    first = min(first, packet.time)
    last = max(last, packet.time)
    count += 1
    let (seconds, rest) = packet.time.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    put(UInt32(clamping: seconds), at: length)
    put(UInt32(clamping: rest), at: length + 4)
    put(UInt32(packet.bytes.count), at: length + 8)
    put(packet.length, at: length + 12)
    UnsafeMutableRawBufferPointer(rebasing: memory[(length + Self.packetHeader)...])
      .copyMemory(from: packet.bytes)
    length += size(of: packet)
  }

  private var cellEnd: Timestamp { Timestamp(microseconds: cellStart).advanced(by: rules.cell) }

  private func offset(in time: Timestamp) -> Int64 {
    let rest = time.microseconds % rules.cell
    return rest < 0 ? rest + rules.cell : rest
  }

  private func size(of packet: Packet) -> Int { Self.packetHeader + packet.bytes.count }

  private func put(_ value: UInt32, at offset: Int) {
    memory.storeBytes(of: value, toByteOffset: offset, as: UInt32.self)
  }
}
