import Glibc

/// Payload bytes from the wire: every read is checked, and zero outside.
struct Octets {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var count: Int { bytes.count }
  var isEmpty: Bool { bytes.isEmpty }

  @inline(__always) subscript(_ index: Int) -> UInt8 {
    UInt(bitPattern: index) < UInt(bitPattern: bytes.count) ? bytes[index] : 0
  }

  /// The bytes from `start` up to `end`, as far as there are such.
  func slice(_ start: Int, _ end: Int) -> Octets {
    let from = min(max(start, 0), bytes.count)
    let to = min(max(end, from), bytes.count)
    return Octets(UnsafeRawBufferPointer(rebasing: bytes[from..<to]))
  }

  func dropFirst(_ number: Int) -> Octets { slice(number, bytes.count) }
  func prefix(_ number: Int) -> Octets { slice(0, number) }

  /// Where `byte` first stands, from `start` on.
  func first(_ byte: UInt8, from start: Int = 0) -> Int? {
    guard let base = bytes.baseAddress, start >= 0, start < bytes.count,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// Eight bytes as a number, the first lowest; zeros beyond the end.
  func word(at offset: Int) -> UInt64 {
    guard offset >= 0, offset < bytes.count else { return 0 }
    if bytes.count - offset >= 8 {
      return UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    var word: UInt64 = 0
    for index in offset..<bytes.count {
      word |= UInt64(bytes[index]) << UInt64(8 * (index - offset))
    }
    return word
  }

  /// Two bytes as a number, the first highest.
  func big16(at offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }

  /// Whether the bytes at `offset` are `text`, letters of either case; `text` is lower case.
  func matches(_ text: StaticString, at offset: Int = 0) -> Bool {
    guard offset >= 0, bytes.count - offset >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount
    where bytes[offset + index].lowercased != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// Whether `text`, in lower case, stands anywhere.
  func contains(_ text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    return (0...(count - text.utf8CodeUnitCount)).contains { matches(text, at: $0) }
  }

  /// Whether `second` follows `first` anywhere.
  func contains(_ first: UInt8, _ second: UInt8) -> Bool {
    var place = self.first(first)
    while let found = place {
      if self[found + 1] == second { return true }
      place = self.first(first, from: found + 1)
    }
    return false
  }

  /// All that `table`, of 256 entries, says of the bytes.
  @inline(__always) func union(_ table: UnsafePointer<UInt8>) -> UInt8 {
    var union: UInt8 = 0
    for byte in bytes { union |= table[Int(byte)] }
    return union
  }

  /// Whether any byte below 64 occurs whose bit is set.
  func holdsAny(of mask: UInt64) -> Bool {
    for byte in bytes where mask >> UInt64(byte & 63) & (byte < 64 ? 1 : 0) != 0 { return true }
    return false
  }
}

extension UInt8 {
  /// The small letter of an ASCII capital, else the byte itself.
  @inline(__always) var lowercased: UInt8 { self &- 65 < 26 ? self | 0x20 : self }
  var isDigit: Bool { self &- 48 < 10 }
  var isLetter: Bool { (self | 0x20) &- 97 < 26 }
  var isBlank: Bool { self == 32 || self &- 9 < 5 || self == 0xA0 }
  /// The value of a hexadecimal digit.
  var hexDigit: UInt8? {
    if isDigit { return self &- 48 }
    let letter = (self | 0x20) &- 97
    return letter < 6 ? letter + 10 : nil
  }
}
