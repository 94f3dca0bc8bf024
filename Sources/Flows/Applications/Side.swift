/// What is known of one direction of a conversation: where in a message its stream stands.
struct Side: BitwiseCopyable {
  /// The sequence number that the next byte of the stream carries.
  private var next: UInt32 = 0
  /// Bytes of the message that are still to come; ``endless`` if it ends with the connection.
  var left: UInt32 = 0
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// How many bytes are held, at most ``most``.
  private(set) var count: UInt8 = 0
  /// Where in a message it stands: ``start``, ``skipping``, or the protocol's own.
  var state: UInt8 = 0
  /// Two numbers of the protocol's own.
  var number: UInt16 = 0
  var span: UInt16 = 0
  /// Packets with payload, at most 255.
  private(set) var segments: UInt8 = 0
  var marks: Marks = []

  struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    /// The place in the stream is not known: a new message must begin with a segment.
    static let lost = Marks(rawValue: 2)
    /// It began with bytes of no known protocol.
    static let opaque = Marks(rawValue: 4)
    /// An HTTP body in chunks.
    static let chunked = Marks(rawValue: 8)
    /// An HTTP body of stated length.
    static let sized = Marks(rawValue: 16)
    /// Its sequence numbers are followed.
    static let followed = Marks(rawValue: 32)
  }

  /// The most bytes of a message's or line's beginning that are held over a segment's end.
  static let most = 16
  static let endless = UInt32.max
  static let start: UInt8 = 0
  static let skipping: UInt8 = 1

  // MARK: The stream's place

  /// Whether a segment continues a body of which nothing is to be read: the usual case.
  @inline(__always) mutating func skips(_ sequence: UInt32, _ length: Int) -> Bool {
    guard state == Self.skipping, sequence == next, left >= UInt32(truncatingIfNeeded: length),
      left != UInt32(truncatingIfNeeded: length)
    else { return false }
    next = sequence &+ UInt32(truncatingIfNeeded: length)
    if left != Self.endless { left -= UInt32(truncatingIfNeeded: length) }
    return true
  }

  /// Takes the segment's place in the stream: how many of its first bytes came before, and how many
  /// bytes ahead of it were never seen. Nil for a segment without anything new.
  mutating func place(_ sequence: UInt32, _ length: Int) -> (old: Int, missing: Int)? {
    if segments < .max { segments += 1 }
    let end = sequence &+ UInt32(truncatingIfNeeded: length)
    let ahead = Int(Int32(bitPattern: sequence &- next))
    guard marks.contains(.followed), abs(ahead) < 1 << 24 else {
      if marks.contains(.followed) { marks.insert(.lost) }
      marks.insert(.followed)
      next = end
      return (0, 0)
    }
    guard ahead + length > 0 else { return nil }
    next = end
    return (max(0, -ahead), max(0, ahead))
  }

  /// Counts a packet that is not part of a stream.
  mutating func countDatagram() {
    if segments < .max { segments += 1 }
  }

  /// Passes over `number` bytes that nobody saw.
  mutating func jump(_ number: Int, isFramed: Bool) {
    guard number > 0 else { return }
    if left == Self.endless { return }
    let gap = UInt32(clamping: number)
    if isFramed || state == Self.skipping, left >= gap {
      left -= gap
      state = Self.skipping
      release()
      if left == 0, isFramed { state = Self.start }
    } else if isFramed || state == Self.skipping {
      lose()
    } else {
      spoil()
    }
  }

  mutating func lose() {
    release()
    left = 0
    state = Self.start
    marks.insert(.lost)
  }

  /// Begins anew with a message.
  mutating func restart() {
    release()
    left = 0
    state = Self.start
    marks.remove([.lost, .chunked, .sized])
  }

  /// Nothing more is read of this side.
  mutating func ignoreRest() {
    release()
    state = Self.skipping
    left = Self.endless
  }

  /// Whether nothing more is read of it.
  var isIgnored: Bool { state == Self.skipping && left == Self.endless }

  // MARK: Skipping

  /// Begins to skip `number` bytes; ``start`` follows them.
  mutating func skip(_ number: Int) {
    left = UInt32(clamping: number)
    state = left == 0 ? Self.start : Self.skipping
  }

  /// Skips what of the message lies in the bytes from `place` up to `end`.
  mutating func pass(_ place: inout Int, _ end: Int) {
    guard left != Self.endless else {
      place = end
      return
    }
    let number = min(end - place, Int(left))
    place += number
    left -= UInt32(truncatingIfNeeded: number)
    if left == 0 { state = Self.start }
  }

  // MARK: Held bytes

  @inline(__always) subscript(_ index: Int) -> UInt8 {
    let word = index < 8 ? low : high
    return UInt8(truncatingIfNeeded: word >> UInt64(8 * (index & 7)))
  }

  mutating func release() {
    low = 0
    high = 0
    count = 0
  }

  /// Makes the line under way one that means nothing.
  mutating func spoil() {
    low = 0
    high = 0
    count = UInt8(Self.most)
  }

  /// Holds bytes from `from` up to `to`, until `wanted` are held; gives how many were taken.
  @discardableResult
  mutating func hold(_ octets: Octets, _ from: Int, _ to: Int, wanted: Int = most) -> Int {
    let number = min(min(wanted, Self.most) - Int(count), to - from)
    guard number > 0 else { return 0 }
    if count == 0 {
      low = octets.word(at: from) & Self.mask(number)
      high = number > 8 ? octets.word(at: from + 8) & Self.mask(number - 8) : 0
    } else {
      for index in 0..<number { put(octets[from + index], at: Int(count) + index) }
    }
    count += UInt8(number)
    return number
  }

  private mutating func put(_ byte: UInt8, at index: Int) {
    let bits = UInt64(byte) << UInt64(8 * (index & 7))
    if index < 8 { low |= bits } else { high |= bits }
  }

  mutating func hold(_ byte: UInt8) {
    guard count < Self.most else { return }
    put(byte, at: Int(count))
    count += 1
  }

  private static func mask(_ bytes: Int) -> UInt64 {
    bytes >= 8 ? .max : UInt64(1) << UInt64(8 * bytes) &- 1
  }

  /// Whether the held bytes are `text` from `offset` on (lower case, at most 16), letters of either
  /// case.
  @inline(__always)
  func begins(_ text: StaticString, at offset: Int = 0) -> Bool {
    let size = text.utf8CodeUnitCount
    guard Int(count) >= offset + size else { return false }
    guard size > 8 else { return Self.isSame(word(at: offset), text, 0, size) }
    return Self.isSame(word(at: offset), text, 0, 8)
      && Self.isSame(word(at: offset + 8), text, 8, size - 8)
  }

  /// Eight of the held bytes, the first lowest.
  @inline(__always)
  private func word(at offset: Int) -> UInt64 {
    let shift = UInt64(8 * (offset & 7))
    let first = offset < 8 ? low : offset < 16 ? high : 0
    let second = offset < 8 ? high : 0
    return shift == 0 ? first : first >> shift | second << (64 - shift)
  }

  /// The bit that makes small letters is set in both: no two bytes that are told apart differ in it
  /// alone, but letters.
  @inline(__always)
  private static func isSame(
    _ word: UInt64, _ text: StaticString, _ start: Int, _ size: Int
  ) -> Bool {
    var wanted: UInt64 = 0
    for index in 0..<size {
      wanted |= UInt64(text.utf8Start[start + index] | 0x20) << UInt64(8 * index)
    }
    let mask = mask(size)
    return (word | 0x2020_2020_2020_2020) & mask == wanted
  }
}
