/// Bytes without which nothing is an injection: all of them lie below 64, or are the few above.
struct SQLTriggers {
  private let mask: UInt64

  private init(_ bytes: StaticString) {
    var mask: UInt64 = 0
    for index in 0..<bytes.utf8CodeUnitCount { mask |= 1 << UInt64(bytes.utf8Start[index]) }
    self.mask = mask
  }

  /// In a URL, a form or a cookie: quotes, escapes, blanks, and what can stand for a blank.
  static let url = SQLTriggers("\"'%+(;* ")
  /// Where blanks are usual: quotes, escapes, what compares or continues a URL.
  static let prose = SQLTriggers("\"'%=+*")
  static let quotes = SQLTriggers("\"'")

  @inline(__always)
  static func areIn(_ text: Octets, _ triggers: SQLTriggers) -> Bool { triggers.occur(in: text) }

  private func occur(in text: Octets) -> Bool {
    for index in 0..<text.count {
      let byte = text[index]
      if byte < 64, mask >> UInt64(byte) & 1 != 0 { return true }
    }
    return false
  }
}
