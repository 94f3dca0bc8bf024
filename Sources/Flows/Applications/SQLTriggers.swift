/// Bytes without which nothing is an injection: all of them lie below 64.
struct SQLTriggers {
  private let mask: UInt64

  /// In a URL, a form or a cookie: quotes, escapes, blanks, and what can stand for a blank.
  static var url: SQLTriggers { SQLTriggers(mask: quoting | bit(0x28) | bit(0x3B) | bit(0x20)) }
  /// Where blanks are usual: quotes, escapes, what compares or continues a URL.
  static var prose: SQLTriggers { SQLTriggers(mask: quoting | bit(0x3D)) }
  static var quotes: SQLTriggers { SQLTriggers(mask: bit(0x22) | bit(0x27)) }
  /// In plain text: digits, quotes, brackets, operators, comments. Without them there is only a
  /// query of words.
  static var plain: SQLTriggers {
    SQLTriggers(mask: 0x3FF << 0x30 | 0x7 << 0x3B | 0xFF << 0x22 | bit(0x2A) | bit(0x2D) | bit(0))
  }

  /// `"`, `%`, `'`, `*`, `+`
  private static var quoting: UInt64 {
    bit(0x22) | bit(0x25) | bit(0x27) | bit(0x2A) | bit(0x2B)
  }
  private static func bit(_ byte: UInt64) -> UInt64 { 1 << byte }

  @inline(__always)
  static func areIn(_ text: Octets, _ triggers: SQLTriggers) -> Bool {
    text.holdsAny(of: triggers.mask)
  }
}
