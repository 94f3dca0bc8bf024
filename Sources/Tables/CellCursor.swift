import Addresses
import Time

/// Writes cells that never need quotes, each behind its comma, into memory that ``RowWriter`` has made
/// room in.
struct CellCursor {
  /// The most bytes of a number's cell, its comma included: 20 digits; or 13, a point, six decimals.
  /// Numbers below 1,000 are written four bytes at a time, of which fewer may count.
  static let mostNumber = 21
  /// A comma and the number, for 0 to 999: the bytes from the lowest on, how many in the highest. Made
  /// once, never changed, never freed.
  nonisolated(unsafe) private static let small: UnsafePointer<UInt64> = table(1_000) { number in
    let text = Array(",\(number)".utf8)
    return text.indices.reduce(UInt64(text.count) << 32) {
      $0 | UInt64(text[$1]) << UInt64(8 * $1)
    }
  }

  /// Two digits, for 0 to 99: the bytes from the lowest on. As above.
  nonisolated(unsafe) private static let pairs: UnsafePointer<UInt16> = table(100) { number in
    (UInt16(UInt8(ascii: "0")) * 257 + UInt16(number / 10) + UInt16(number % 10) * 256)
  }

  private static func table<Entry: BitwiseCopyable>(
    _ count: Int, _ entry: (Int) -> Entry
  ) -> UnsafePointer<Entry> {
    let memory = UnsafeMutablePointer<Entry>.allocate(capacity: count)
    for number in 0..<count { (memory + number).initialize(to: entry(number)) }
    return UnsafePointer(memory)
  }

  /// Where the next byte goes.
  private(set) var at: UnsafeMutablePointer<UInt8>
  private var isFirst: Bool
  private let small = CellCursor.small
  private let pairs = CellCursor.pairs

  init(at start: UnsafeMutablePointer<UInt8>, isFirst: Bool) {
    at = start
    self.isFirst = isFirst
  }

  @inline(__always) private mutating func put(_ byte: UInt8) {
    at.pointee = byte
    at += 1
  }

  @inline(__always) private mutating func separate() {
    if isFirst { isFirst = false } else { put(UInt8(ascii: ",")) }
  }

  mutating func cell(_ value: Int) {
    separate()
    if value < 0 { put(UInt8(ascii: "-")) }
    digits(UInt64(value.magnitude))
  }

  mutating func cell(_ value: Double) {
    separate()
    number(value)
  }

  /// A cell for each of `values`, none of which is a row's first.
  mutating func cells(_ values: UnsafeBufferPointer<Double>) {
    guard let numbers = UnsafeRawPointer(values.baseAddress) else { return }
    var index = 0
    while index < values.count {
      // Zeros come in runs: the columns of what did not happen.
      if index + 4 <= values.count,
        numbers.loadUnaligned(fromByteOffset: index * 8, as: SIMD4<UInt64>.self) == SIMD4()
      {
        let zeros: UInt64 = 0x302C_302C_302C_302C  // ",0,0,0,0"
        UnsafeMutableRawPointer(at).storeBytes(of: zeros.littleEndian, as: UInt64.self)
        at += 8
        index += 4
        continue
      }
      one(values[index])
      index += 1
    }
  }

  @inline(__always) private mutating func one(_ value: Double) {
    // Most numbers are small and whole: those that 2⁵² can be added to and taken from.
    let shifted = value + 0x1p52
    let whole = UInt32(truncatingIfNeeded: shifted.bitPattern)
    guard value < 1_000, whole < 1_000, shifted - 0x1p52 == value else {
      put(UInt8(ascii: ","))
      return number(value)
    }
    let text = small[Int(whole)]
    UnsafeMutableRawPointer(at).storeBytes(
      of: UInt32(truncatingIfNeeded: text).littleEndian, as: UInt32.self)
    at += Int(text >> 32)
  }

  mutating func cell(_ address: IPAddress) {
    separate()
    at += address.write(at: at)
  }

  mutating func cell(_ address: MACAddress) {
    separate()
    at += address.write(at: at)
  }

  mutating func cell(_ time: Timestamp) {
    separate()
    at += time.write(at: at)
  }

  private mutating func number(_ value: Double) {
    guard value > 0 else { return put(UInt8(ascii: "0")) }
    guard value < 1e13 else {
      let rounded = value.rounded()
      return digits(rounded < 0x1p64 ? UInt64(rounded) : value.isFinite ? .max : 0)
    }
    var whole = UInt64(value)
    var millionths = UInt32((value - Double(whole)) * 1e6 + 0.5)
    if millionths == 1_000_000 {
      whole += 1
      millionths = 0
    }
    digits(whole)
    if millionths > 0 { decimals(millionths) }
  }

  /// A point and six digits, less the zeros at the end.
  private mutating func decimals(_ millionths: UInt32) {
    put(UInt8(ascii: "."))
    pair(millionths / 10_000)
    pair(millionths / 100 % 100)
    pair(millionths % 100)
    while (at - 1).pointee == UInt8(ascii: "0") { at -= 1 }
  }

  @inline(__always) private mutating func small(_ value: UInt32) {
    if value >= 100 {
      put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 100))
      return pair(value % 100)
    }
    if value >= 10 { return pair(value) }
    put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
  }

  /// Two digits.
  @inline(__always) private mutating func pair(_ value: UInt32) {
    UnsafeMutableRawPointer(at).storeBytes(
      of: pairs[Int(value)].littleEndian, as: UInt16.self)
    at += 2
  }

  private mutating func digits(_ value: UInt64) {
    guard value >= 1_000 else { return small(UInt32(truncatingIfNeeded: value)) }
    // Six digits at a time: what lies above them first.
    let (above, rest) = value.quotientAndRemainder(dividingBy: 1_000_000)
    let six = UInt32(truncatingIfNeeded: rest)
    if above == 0 {
      digits(UInt64(six / 1_000))
      put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: six / 100 % 10))
      return pair(six % 100)
    }
    digits(above)
    pair(six / 10_000)
    pair(six / 100 % 100)
    pair(six % 100)
  }
}
