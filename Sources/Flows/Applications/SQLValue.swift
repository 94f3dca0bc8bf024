/// One value of a request, made plain and judged.
enum SQLValue {
  /// How a value was written.
  enum Coding {
    /// URL escapes, twice over, and `+` for a blank (WHATWG URL section 5).
    case url
    /// Backslash escapes (RFC 8259 section 7).
    case json
    /// As it stands.
    case plain
  }

  /// The most of a value that is looked at. B.
  static let longest = 1_024
  /// The most tokens of a value that are looked at.
  static let mostTokens = 512

  static func isInjection(_ value: Octets, _ coding: Coding) -> Bool {
    guard value.count >= 3 else { return false }
    return withUnsafeTemporaryAllocation(byteCount: longest, alignment: 1) { buffer in
      let length = decode(value, coding, into: buffer)
      let text = Octets(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
      guard SQLTriggers.areIn(text, .plain) || text.contains("select") else { return false }
      return isInjection(text)
    }
  }

  private static func isInjection(_ text: Octets) -> Bool {
    withUnsafeTemporaryAllocation(of: SQLToken.self, capacity: mostTokens) { tokens in
      var hasSingle = false
      var hasDouble = false
      for index in 0..<text.count {
        if text[index] == 0x27 { hasSingle = true }
        if text[index] == 0x22 { hasDouble = true }
      }
      return judge(text, nil, tokens) || hasSingle && judge(text, 0x27, tokens)
        || hasDouble && judge(text, 0x22, tokens)
    }
  }

  private static func judge(
    _ text: Octets, _ quote: UInt8?, _ tokens: UnsafeMutableBufferPointer<SQLToken>
  ) -> Bool {
    var tokenizer = SQLTokenizer(text, tokens)
    let count = tokenizer.run(from: quote)
    return SQLJudge(tokens, count, isQuoted: quote != nil).findsInjection
  }

  // MARK: Decoding

  /// Makes a value plain, as far as ``longest``.
  ///
  /// - Returns: its length.
  static func decode(
    _ value: Octets, _ coding: Coding, into buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    let number = min(value.count, longest)
    switch coding {
    case .plain:
      for index in 0..<number { buffer[index] = value[index] }
      return number
    case .json: return unescapeStrings(value, into: buffer)
    case .url:
      let once = unescape(value, into: buffer, isForm: true)
      let plain = Octets(UnsafeRawBufferPointer(rebasing: buffer[..<once]))
      // In place: what is written never overtakes what is read.
      return plain.first(0x25) == nil ? once : unescape(plain, into: buffer, isForm: false)
    }
  }

  /// `%27`, `%u0027`, and `+` in forms.
  private static func unescape(
    _ text: Octets, into buffer: UnsafeMutableRawBufferPointer, isForm: Bool
  ) -> Int {
    var (read, written) = (0, 0)
    while read < text.count, written < longest {
      var byte = text[read]
      read += 1
      if byte == 0x2B, isForm {
        byte = 32
      } else if byte == 0x25 {
        if let high = text[read].hexDigit, let low = text[read + 1].hexDigit {
          byte = high << 4 | low
          read += 2
        } else if text[read] | 0x20 == UInt8(ascii: "u"), let character = wide(text, read + 1) {
          byte = character
          read += 5
        }
      }
      buffer[written] = byte
      written += 1
    }
    return written
  }

  private static func unescapeStrings(
    _ text: Octets, into buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    var (read, written) = (0, 0)
    while read < text.count, written < longest {
      var byte = text[read]
      read += 1
      if byte == 0x5C {
        if text[read] == UInt8(ascii: "u"), let character = wide(text, read + 1) {
          byte = character
          read += 5
        } else {
          byte = text[read].isLetter ? 32 : text[read]
          read += 1
        }
      }
      buffer[written] = byte
      written += 1
    }
    return written
  }

  /// Four hexadecimal digits as the ASCII character they are or look like (full width forms);
  /// other characters are letters.
  private static func wide(_ text: Octets, _ start: Int) -> UInt8? {
    var code: UInt32 = 0
    for index in 0..<4 {
      guard let digit = text[start + index].hexDigit else { return nil }
      code = code << 4 | UInt32(digit)
    }
    switch code {
    case 0..<0x100: return UInt8(code)
    case 0xFF01...0xFF5E: return UInt8(code - 0xFEE0)
    case 0x02B9, 0x02BC, 0x02C8, 0x2018, 0x2019, 0x2032: return 0x27
    default: return 0xFF
    }
  }
}
