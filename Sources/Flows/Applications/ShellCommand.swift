/// Judges whether a value goes on as a command of a shell: a separator, then a command's name used as
/// one.
///
/// `cat`, `find` or `more` are words of every day, and `id` is the name of many a column: most count
/// only before a path, an option, a number or an address, some alone if no word stands before the
/// separator.
enum ShellCommand {
  /// - Parameter isProse: whether words between separators are usual, as in `User-Agent`, where `id` is
  ///   Indonesian.
  static func isPresent(in text: Octets, isProse: Bool) -> Bool {
    for index in 0..<text.count {
      let start: Int
      switch text[index] {
      case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), 10, 13: start = index + 1
      case UInt8(ascii: "`"): start = index + 1
      case UInt8(ascii: "$") where text[index + 1] == UInt8(ascii: "("): start = index + 2
      default: continue
      }
      if isCommand(text, start, behind: index, isProse: isProse) { return true }
    }
    return false
  }

  private static func isCommand(
    _ text: Octets, _ start: Int, behind separator: Int, isProse: Bool
  ) -> Bool {
    var place = start
    while isBlank(text[place]) || text[place] == UInt8(ascii: "(") { place += 1 }
    let name = pathEnd(text, place)
    let isPath = name > place
    guard let (word, end) = word(text, name), let use = ShellWord.uses[word] else { return false }
    guard !isPartOfText(text, separator) else { return false }
    if isArgument(text, end, of: use) { return true }
    guard isOver(text[end]) else { return false }
    switch use {
    case .alone: return true
    case .brief: return isPath || !isProse && !isWordBefore(text, separator)
    case .withArgument, .withNumber: return false
    }
  }

  private static let folders: [StaticString] = ["/usr", "/local", "/bin", "/sbin"]
  private static let blanks: [StaticString] = ["${ifs}", "$ifs$9", "$ifs", "<"]

  /// Behind `/usr/bin/`.
  private static func pathEnd(_ text: Octets, _ start: Int) -> Int {
    var end = start
    for folder in folders where text.matches(folder, at: end) {
      end += folder.utf8CodeUnitCount
    }
    return end > start && text[end] == 0x2F ? end + 1 : start
  }

  /// The first eight letters of a word, lowest first, and where it ends. A shell takes `c'a't` and
  /// `c\at` for `cat`.
  private static func word(_ text: Octets, _ start: Int) -> (UInt64, end: Int)? {
    var (word, length, place) = (UInt64(0), 0, start)
    while length < 16 {
      let byte = text[place]
      let isQuote = byte == 0x27 || byte == 0x22 || byte == 0x5C
      if isQuote, length > 0 || byte == 0x5C {
        guard text[place + 1].isLetter || text[place + 1] == byte else { break }
      } else if byte.isLetter || length > 0 && (byte.isDigit || ".-_".utf8.contains(byte)) {
        if length < 8 { word |= UInt64(byte.lowercased) << UInt64(8 * length) }
        length += 1
      } else {
        break
      }
      place += 1
    }
    return length > 0 ? (word, place) : nil
  }

  // MARK: What stands around

  /// A line's end separates.
  private static func isBlank(_ byte: UInt8) -> Bool { byte.isBlank && byte != 10 && byte != 13 }

  /// The end of a command: of the value, or what a shell ends it by.
  private static func isOver(_ byte: UInt8) -> Bool {
    byte == 0 || byte == 10 || byte == 13 || ";|&`)#<>'\"".utf8.contains(byte)
  }

  /// Blanks, or what a shell takes for them, then a path, an option, a variable, a name with dots, or a
  /// number where one is enough.
  private static func isArgument(_ text: Octets, _ end: Int, of use: ShellWord.Use) -> Bool {
    var place = end
    while isBlank(text[place]) { place += 1 }
    for blank in blanks where text.matches(blank, at: place) {
      place += blank.utf8CodeUnitCount
    }
    guard place > end else { return false }
    while text[place] == 0x22 || text[place] == 0x27 { place += 1 }
    let first = text[place]
    let second = text[place + 1]
    switch first {
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "\\"):
      return second > 32 && !second.isBlank
    case UInt8(ascii: "~"): return second == 0x2F
    case UInt8(ascii: "*"): return true
    case UInt8(ascii: "$"): return second.isLetter || second == 0x7B || second == 0x28
    case UInt8(ascii: "."): return second == 0x2E || second == 0x2F
    default: return use == .withNumber && first.isDigit || isName(text, place)
    }
  }

  /// `evil.example`, `c:\`, `shell.sh`, `http://`
  private static func isName(_ text: Octets, _ start: Int) -> Bool {
    for place in start..<min(text.count, start + 64) {
      let (byte, next) = (text[place], text[place + 1])
      if byte.isBlank || isOver(byte) { return false }
      let isInner = byte == 0x2E || byte == 0x3A || byte == 0x5C
      if isInner, place > start, next.isLetter || next.isDigit || next == 0x2F || next == 0x5C {
        return true
      }
    }
    return false
  }

  /// Whether a word ends before the separator.
  private static func isWordBefore(_ text: Octets, _ separator: Int) -> Bool {
    if text[separator] == 0x24 || text[separator] == 0x60 { return false }
    var place = separator - 1
    while text[place].isBlank || text[place] == text[separator], place > 0 { place -= 1 }
    return text[place].isLetter
  }

  /// A backtick behind a blank marks code in what people write; a line that follows a word is one of a
  /// text.
  private static func isPartOfText(_ text: Octets, _ separator: Int) -> Bool {
    switch text[separator] {
    case 0x60: separator > 0 && text[separator - 1].isBlank
    case 10, 13: isSentence(text, separator)
    default: false
    }
  }

  private static func isSentence(_ text: Octets, _ separator: Int) -> Bool {
    var place = separator - 1
    while text[place].isBlank, place > 0 { place -= 1 }
    return place > 0 && (text[place].isLetter || ".,:;!?".utf8.contains(text[place]))
  }
}
