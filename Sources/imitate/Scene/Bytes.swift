extension [UInt8] {
  /// Appends 16 bits, high byte first.
  mutating func put(_ value: UInt16) {
    append(UInt8(truncatingIfNeeded: value >> 8))
    append(UInt8(truncatingIfNeeded: value))
  }

  /// Appends 32 bits, high byte first.
  mutating func put(_ value: UInt32) {
    put(UInt16(truncatingIfNeeded: value >> 16))
    put(UInt16(truncatingIfNeeded: value))
  }

  /// Appends 64 bits, high byte first.
  mutating func put(_ value: UInt64) {
    put(UInt32(truncatingIfNeeded: value >> 32))
    put(UInt32(truncatingIfNeeded: value))
  }

  /// Appends the `count` lowest bytes of a number, low byte first.
  mutating func put(little value: UInt32, count: Int = 4) {
    for index in 0..<count { append(UInt8(truncatingIfNeeded: value >> UInt32(8 * index))) }
  }

  /// Overwrites two bytes.
  mutating func set(_ value: UInt16, at index: Int) {
    self[index] = UInt8(truncatingIfNeeded: value >> 8)
    self[index + 1] = UInt8(truncatingIfNeeded: value)
  }

  /// The bytes of a text.
  init(_ text: String) { self = Array(text.utf8) }
}

/// The ones' complement sum of 16-bit words (RFC 1071), unfolded.
func internetSum(_ bytes: ArraySlice<UInt8>, _ start: UInt64 = 0) -> UInt64 {
  bytes.withUnsafeBytes { raw in
    var sum = start
    var index = 0
    while index + 1 < raw.count {
      sum += UInt64(raw[index]) << 8 | UInt64(raw[index + 1])
      index += 2
    }
    return index < raw.count ? sum + UInt64(raw[index]) << 8 : sum
  }
}

/// The checksum of an unfolded sum.
func internetChecksum(_ sum: UInt64) -> UInt16 {
  var folded = sum
  while folded >> 16 != 0 { folded = folded & 0xFFFF + folded >> 16 }
  return ~UInt16(truncatingIfNeeded: folded)
}
