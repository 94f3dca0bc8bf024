/// Character references of HTML (section 13.2.5.72): numbers, and the names of what attacks are made of.
enum HTMLEntities {
  /// Replaces the references of `text` by their characters; those beyond ASCII by `?`.
  ///
  /// - Returns: the length; nil if there are none.
  static func decode(_ text: Octets, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    var (read, written) = (0, 0)
    var isChanged = false
    while read < text.count, written < buffer.count {
      var byte = text[read]
      var length = 1
      if byte == 0x26, let reference = reference(text, read + 1) {
        (byte, length) = (reference.character, reference.length + 1)
        isChanged = true
      }
      buffer[written] = byte
      read += length
      written += 1
    }
    return isChanged ? written : nil
  }

  private static func reference(_ text: Octets, _ start: Int) -> (character: UInt8, length: Int)? {
    if text[start] == 0x23 { return number(text, start) }
    let found = names.first { text.matches($0.name, at: start) }
    return found.map { ($0.character, $0.name.utf8CodeUnitCount) }
  }

  private static let names: [(name: StaticString, character: UInt8)] = [
    ("lt;", 0x3C), ("gt;", 0x3E), ("quot;", 0x22), ("apos;", 0x27), ("amp;", 0x26),
    ("colon;", 0x3A), ("lpar;", 0x28), ("rpar;", 0x29), ("sol;", 0x2F), ("equals;", 0x3D),
    ("tab;", 9), ("newline;", 10),
  ]

  /// `#60;`, `#x3c;`, the semicolon optional.
  private static func number(_ text: Octets, _ start: Int) -> (character: UInt8, length: Int)? {
    let isHexadecimal = text[start + 1] | 0x20 == UInt8(ascii: "x")
    let first = start + (isHexadecimal ? 2 : 1)
    var place = first
    var code: UInt32 = 0
    while place - first < 8, let digit = text[place].hexDigit, isHexadecimal || digit < 10 {
      code = code &* (isHexadecimal ? 16 : 10) &+ UInt32(digit)
      place += 1
    }
    guard place > first else { return nil }
    if text[place] == 0x3B { place += 1 }
    return (code < 128 ? UInt8(code) : 0x3F, place - start)
  }
}
