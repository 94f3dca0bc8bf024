/// What kinds of bytes a text holds; a text without any of them is no attack.
struct WebTriggers: OptionSet {
  let rawValue: UInt8
  /// `%`, `\`: something else may be meant.
  static let escapes = WebTriggers(rawValue: 1)
  /// `+`: a blank, in a URL.
  static let plus = WebTriggers(rawValue: 2)
  /// `<`, `&` and quotes.
  static let tags = WebTriggers(rawValue: 4)
  /// `;`, `|`, `&`, backtick, `$`, line ends.
  static let separators = WebTriggers(rawValue: 8)
  /// `{`, `<`, `(`.
  static let brackets = WebTriggers(rawValue: 16)
  /// `.`, `:` and `/`, which every URL has: not decisive alone.
  static let paths = WebTriggers(rawValue: 32)

  /// Whether a text is worth a closer look.
  @inline(__always) static func areIn(_ text: Octets) -> Bool {
    !of(text).isDisjoint(with: [.escapes, .tags, .separators, .brackets]) || climbs(text)
  }

  @inline(__always) static func of(_ text: Octets) -> WebTriggers {
    table.withUnsafeBufferPointer { table in
      table.baseAddress.map { WebTriggers(rawValue: text.union($0)) } ?? []
    }
  }

  /// `..`, a wrapper's `://`, or an absolute path behind `=`.
  static func climbs(_ text: Octets) -> Bool {
    text.contains(0x2E, 0x2E) || text.contains(0x3D, 0x2F) || text.contains(0x3A, 0x2F)
      || text.matches("/etc/")
  }

  private static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 256)
    func put(_ text: String, _ trigger: WebTriggers) {
      for byte in text.utf8 { table[Int(byte)] |= trigger.rawValue }
    }
    put("%\\", .escapes)
    put("+", .plus)
    put("<&'\"", .tags)
    put(";|&`$\n\r", .separators)
    put("{<(", .brackets)
    put("./:", .paths)
    return table
  }()
}
