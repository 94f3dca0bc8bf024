/// Splits text into the tokens of SQL, those of MySQL, PostgreSQL, SQL Server, Oracle and SQLite alike.
struct SQLTokenizer {
  private let text: Octets
  private let tokens: UnsafeMutableBufferPointer<SQLToken>
  private var count = 0
  private var place = 0

  init(_ text: Octets, _ tokens: UnsafeMutableBufferPointer<SQLToken>) {
    self.text = text
    self.tokens = tokens
  }

  /// Fills the tokens; gives how many there are, an ``SQLToken/Kind/end`` behind them not counted.
  ///
  /// With `quote`, the text is taken for the rest of a string in such quotes: its first token is that
  /// rest. An escaped quote ends it too, as it does where backslashes mean nothing.
  mutating func run(from quote: UInt8?) -> Int {
    if let quote, let close = text.first(quote) {
      put(SQLToken(.string, close == 0 ? SQLToken.Trait.empty.rawValue : 0))
      place = close + 1
    }
    while place < text.count, count < tokens.count - 1 { step() }
    tokens[count] = SQLToken(.end)
    return count
  }

  func token(at index: Int) -> SQLToken { index < count ? tokens[index] : SQLToken(.end) }

  private mutating func put(_ token: SQLToken) {
    guard count < tokens.count - 1 else { return }
    tokens[count] = token
    count += 1
  }

  private mutating func put(_ kind: SQLToken.Kind, width: Int = 1) {
    put(SQLToken(kind))
    place += width
  }

  private mutating func step() {
    let byte = text[place]
    let next = text[place + 1]
    switch byte {
    case 0: endLine(width: 1, traits: [])
    case 9...13, 32, 0xA0: place += 1
    case UInt8(ascii: "'"), UInt8(ascii: "\""): readString(byte)
    case UInt8(ascii: "`"), UInt8(ascii: "["): readQuotedName(byte)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: ".") where next.isDigit: readNumber()
    case UInt8(ascii: "@"): readVariable()
    case UInt8(ascii: "#"): endLine(width: 1, traits: [])
    case UInt8(ascii: "-") where next == byte: endLine(width: 2, traits: .hyphens)
    case UInt8(ascii: "/") where next == UInt8(ascii: "*"): readComment()
    case UInt8(ascii: "*") where next == UInt8(ascii: "/"): place += 2
    case UInt8(ascii: "("): put(.open)
    case UInt8(ascii: ")"): put(.close)
    case UInt8(ascii: ","): put(.comma)
    case UInt8(ascii: ";"): put(.semicolon)
    default:
      if byte.isLetter || byte == 0x5F || byte >= 0x80 {
        readWord()
      } else {
        readOperator(byte, next)
      }
    }
  }

  // MARK: Operators

  private mutating func readOperator(_ byte: UInt8, _ next: UInt8) {
    switch byte {
    case UInt8(ascii: "="): put(.comparison)
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      var width = 1
      while width < 3, text[place + width] == 0x3D || text[place + width] == 0x3E { width += 1 }
      if next == byte { put(.sign, width: 2) } else { put(.comparison, width: width) }
    case UInt8(ascii: "!"):
      if next == 0x3D { put(.comparison, width: 2) } else { put(.not) }
    case UInt8(ascii: "|"), UInt8(ascii: "&"):
      if next == byte {
        put(SQLToken(.logical, byte))
        place += 2
      } else {
        put(.sign)
      }
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
      UInt8(ascii: "%"), UInt8(ascii: "^"), UInt8(ascii: "~"):
      put(SQLToken(.sign, byte))
      place += 1
    case UInt8(ascii: ":") where next == byte:
      // PostgreSQL's cast changes no meaning.
      place += 2
      while text[place].isLetter { place += 1 }
    default: put(.other)
    }
  }

  // MARK: Comments

  private mutating func endLine(width: Int, traits: SQLToken.Trait) {
    let start = place + width
    let line = text.first(10, from: start) ?? text.count
    var rest = line + 1
    while text[rest].isBlank { rest += 1 }
    if rest < text.count {
      place = line + 1  // what stands on the next line counts again
      return
    }
    putComment(start, line, traits)
  }

  private mutating func putComment(_ start: Int, _ end: Int, _ traits: SQLToken.Trait) {
    var (first, last) = (start, end)
    while first < last, text[first].isBlank { first += 1 }
    while last > first, text[last - 1].isBlank { last -= 1 }
    var traits = traits
    if first == last { traits.insert(.empty) }
    if last - first > 8 || (first..<last).contains(where: { text[$0].isBlank }) {
      traits.insert(.prose)
    }
    put(SQLToken(.comment, traits.rawValue))
    place = text.count
  }

  /// A comment is a blank; but what `/*!` begins is run by MySQL.
  private mutating func readComment() {
    if text[place + 2] == UInt8(ascii: "!") {
      place += 3
      while text[place].isDigit { place += 1 }
      return
    }
    var end = place + 2
    while end < text.count, !(text[end] == 0x2A && text[end + 1] == 0x2F) { end += 1 }
    if end < text.count {
      place = end + 2
    } else if count == 0 {
      place += 2  // it hides the application's own query, not what follows
    } else {
      putComment(place + 2, text.count, [])
    }
  }

  // MARK: Literals and names

  private mutating func readString(_ quote: UInt8) {
    let start = place + 1
    var end = start
    var traits: SQLToken.Trait = []
    while end < text.count {
      if text[end] == 0x5C {
        end += 2
      } else if text[end] == quote {
        guard text[end + 1] == quote, end > start else { break }
        end += 2  // doubled: one of the string's own
      } else {
        if text[end].isBlank { traits.insert(.prose) }
        end += 1
      }
    }
    if end >= text.count { traits.insert(.open) }
    if end == start { traits.insert(.empty) }
    if end - start > 12 { traits.insert(.prose) }
    put(SQLToken(.string, traits.rawValue))
    place = end + 1
  }

  private mutating func readQuotedName(_ open: UInt8) {
    let close: UInt8 = open == 0x5B ? 0x5D : open
    guard let end = text.first(close, from: place + 1), end - place <= 64 else {
      return put(.other)
    }
    put(SQLToken(.word))
    place = end + 1
  }

  private mutating func readVariable() {
    let start = place
    while text[place] == UInt8(ascii: "@") { place += 1 }
    while isPartOfName(text[place]) { place += 1 }
    put(SQLToken(place > start + 1 ? .variable : .other))
  }

  private mutating func readNumber() {
    let start = place
    if text[place] == 0x30, text[place + 1] | 0x20 == UInt8(ascii: "x") {
      place += 2
      while text[place].hexDigit != nil { place += 1 }
    } else {
      while text[place].isDigit || text[place] == UInt8(ascii: ".") { place += 1 }
      if text[place] | 0x20 == UInt8(ascii: "e"), text[place + 1].isDigit {
        place += 2
        while text[place].isDigit { place += 1 }
      }
    }
    guard text[place].isLetter || text[place] == 0x5F else { return put(SQLToken(.number)) }
    // `1or`, `1union`: a number and a keyword; else a name that begins with a digit.
    var end = place
    while isPartOfName(text[end]) { end += 1 }
    if let word = SQLWords.token(text.slice(place, end), isCalled: text[end] == 0x28),
      word.kind == .logical || word.kind == .keyword
    {
      return put(SQLToken(.number))
    }
    place = max(end, start + 1)
    put(SQLToken(.word))
  }

  private func isPartOfName(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == 0x5F || byte == 0x24 || byte == 0x2E
      || byte >= 0x80
        && byte != 0xA0
  }

  private mutating func readWord() {
    let start = place
    while isPartOfName(text[place]) { place += 1 }
    // A full stop ends a sentence more often than a name.
    if text[place - 1] == UInt8(ascii: "."), place - start > 1 { place -= 1 }
    let length = place - start
    if length == 1, text[place] == 0x27, isStringPrefix(text[start]) { return }
    var next = place
    while text[next].isBlank { next += 1 }
    let token =
      SQLWords.token(text.slice(start, place), isCalled: text[next] == 0x28)
      ?? SQLToken(.word)
    join(token)
    if place < text.count, text[place] == UInt8(ascii: ".") { place += 1 }
  }

  /// `x'41'`, `b'1'`, `n'text'`, `e'text'`.
  private func isStringPrefix(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "x"), UInt8(ascii: "b"), UInt8(ascii: "n"), UInt8(ascii: "e"): true
    default: false
    }
  }

  /// `order by` and `group by` are one token.
  private mutating func join(_ token: SQLToken) {
    if token.is(.by), count > 0 {
      if tokens[count - 1].is(.order) {
        tokens[count - 1] = SQLToken(.keyword, .orderBy)
        return
      }
      if tokens[count - 1].is(.group) {
        tokens[count - 1] = SQLToken(.keyword, .groupBy)
        return
      }
    }
    put(token)
  }
}
