/// Finds SQL in the clear text of a web request.
///
/// The text is first made plain, as a database would see it: URL escapes decoded (twice, since
/// attackers encode twice), `+` and comments to blanks, letters lower, runs of blanks to one. Then
/// words that only SQL has, in the order only SQL has them, and comparisons that are always true.
/// Blind to what is encrypted, compressed, or beyond the captured length.
enum SQLInjection {
  /// The most of a payload that is looked at. B.
  static let longest = 2_048

  /// Whether the bytes hold an injection pattern.
  static func isPresent(in payload: UnsafeRawBufferPointer) -> Bool {
    let plain = normalized(payload)
    return phrases.contains { plain.contains($0) } || hasTautology(plain)
  }

  private static let phrases: [[UInt8]] = [
    "union select", "union all select", "union distinct select", "information_schema",
    "select @@version", "into outfile", "into dumpfile", "load_file(", "xp_cmdshell",
    "group_concat(",
    "extractvalue(", "updatexml(", "waitfor delay", "benchmark(", "pg_sleep(", "and sleep(",
    "or sleep(", "(select sleep(", "; drop table", ";drop table", "; insert into", "; delete from",
    "; update ", "' order by ", "' group by ", "' having ", "having 1=1", "' union", ") union",
    "select * from", "select password", "from mysql.", "from sysobjects", "from pg_", "concat(0x",
    "concat(char(", "'; exec", "; exec ", "exec master", "' or ''='", "admin'--", "admin' --",
    "admin'#", "' --", "'--", "' #", "0x3a", "select(", "char(58)", "utl_http", "dbms_",
  ].map { Array($0.utf8) }

  /// `or 1=1`, `and 'a'='a`, `or 2>1`, `|| 1=1`: a connective, then a comparison of two constants.
  private static func hasTautology(_ text: [UInt8]) -> Bool {
    for connective in connectives {
      var from = text.startIndex
      while let found = text.firstRange(of: connective, from: from) {
        if comparesConstants(text[found.upperBound...]) { return true }
        from = found.upperBound
      }
    }
    return false
  }

  private static let connectives: [[UInt8]] = [
    " or ", " and ", "'or ", "'and ", "|| ", "&& ", " or(", " and(",
  ]
  .map { Array($0.utf8) }

  private static func comparesConstants(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    rest = rest.drop { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: " ") }
    guard let left = constant(&rest) else { return false }
    rest = rest.drop { $0 == UInt8(ascii: " ") }
    guard let sign = rest.first, "=<>".utf8.contains(sign) else { return false }
    rest = rest.drop { "=<> ".utf8.contains($0) }
    guard let right = constant(&rest) else { return false }
    return left.isQuoted == right.isQuoted
  }

  private static func constant(_ text: inout ArraySlice<UInt8>) -> (isQuoted: Bool, length: Int)? {
    let quotes = "'\"".utf8
    let isQuoted = text.first.map { quotes.contains($0) } ?? false
    if isQuoted { text = text.dropFirst() }
    let word = text.prefix {
      isQuoted ? !quotes.contains($0) && $0 != UInt8(ascii: "&") : (48...57).contains($0)
    }
    guard isQuoted ? word.count <= 32 : (1...10).contains(word.count) else { return nil }
    text = text.dropFirst(word.count)
    if isQuoted, let end = text.first, quotes.contains(end) { text = text.dropFirst() }
    return (isQuoted, word.count)
  }

  // MARK: Plain text

  static func normalized(_ payload: UnsafeRawBufferPointer) -> [UInt8] {
    let head = UnsafeRawBufferPointer(rebasing: payload.prefix(longest))
    return withoutComments(decoded(decoded(Array(head))))
  }

  private static func decoded(_ text: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      var byte = text[index]
      if byte == UInt8(ascii: "%"), index + 2 < text.count, let high = digit(text[index + 1]),
        let low = digit(text[index + 2])
      {
        byte = high << 4 | low
        index += 2
      }
      switch byte {
      case UInt8(ascii: "+"), 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0xA0: byte = UInt8(ascii: " ")
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte |= 0x20
      default: break
      }
      plain.append(byte)
      index += 1
    }
    return plain
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// `/* ... */` and runs of blanks become one blank.
  private static func withoutComments(_ text: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    let blank = UInt8(ascii: " ")
    var index = 0
    while index < text.count {
      var byte = text[index]
      if byte == UInt8(ascii: "/"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "*"),
        let end = text.firstRange(of: Array("*/".utf8), from: index + 2)
      {
        byte = blank
        index = end.upperBound - 1
      }
      if byte != blank || plain.last != blank { plain.append(byte) }
      index += 1
    }
    return plain
  }
}

extension [UInt8] {
  fileprivate func contains(_ needle: [UInt8]) -> Bool { firstRange(of: needle, from: 0) != nil }

  fileprivate func firstRange(of needle: [UInt8], from start: Int) -> Range<Int>? {
    guard let first = needle.first, count >= needle.count, start <= count - needle.count
    else { return nil }
    for index in start...(count - needle.count)
    where self[index] == first && self[index..<(index + needle.count)].elementsEqual(needle) {
      return index..<(index + needle.count)
    }
    return nil
  }
}
