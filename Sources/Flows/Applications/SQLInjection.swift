/// Finds SQL in what a web request says in the clear.
///
/// Each value (of a parameter, a cookie, a form field, a JSON string) is decoded as a server would
/// decode it, split into SQL's tokens, and judged by their order, three times: as it stands, and as
/// the end of a text in single and in double quotes. Most values hold no byte that an injection needs
/// and get no further than ``SQLTriggers``. Blind to what is encrypted, compressed, beyond the
/// captured length, or cut by a segment's end.
///
/// The way is that of libinjection (N. Galbreath, Black Hat USA 2012): grammar, not keywords.
enum SQLInjection {
  /// Searches a request line: the path, then each parameter. `isWhole` says that it is there from
  /// the method on.
  static func isPresent(inRequestLine line: Octets, isWhole: Bool) -> Bool {
    var start = 0
    if isWhole, let blank = line.first(32) { start = blank + 1 }
    var end = line.count
    if let version = line.lastBlank, line.matches("http/", at: version + 1) { end = version }
    let target = line.slice(start, end)
    return SQLTriggers.areIn(target, .url) && isPresent(inTarget: target)
  }

  /// Searches a header line: a cookie's values, a URL's parameters, or all that is said.
  static func isPresent(inHeader line: Octets, isWhole: Bool) -> Bool {
    let isCookie = line.matches("cookie:")
    let isLink = line.matches("referer:")
    guard isCookie || SQLTriggers.areIn(line, .prose) else { return false }
    var text = line.withoutLineEnd
    if isWhole, let colon = text.first(0x3A) { text = text.dropFirst(colon + 1) }
    while text[0] == 32 { text = text.dropFirst(1) }
    if isCookie { return anyValue(in: text, between: 0x3B) }
    return isLink ? isPresent(inTarget: text) : SQLValue.isInjection(text, .url)
  }

  /// Searches a part of a body: a form, JSON, XML, the parts of a multipart body, or plain text.
  static func isPresent(inBody body: Octets) -> Bool {
    let text = body.prefix(4_096)
    guard SQLTriggers.areIn(text, .url), text.isText else { return false }
    switch text[0] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return anyString(in: text)
    case UInt8(ascii: "<"): return anyText(in: text)
    case UInt8(ascii: "-") where text[1] == UInt8(ascii: "-"): return anyPart(in: text)
    default: return anyValue(in: text.withoutLineEnd, between: 0x26)
    }
  }

  // MARK: Values

  private static func isPresent(inTarget target: Octets) -> Bool {
    let query = target.first(0x3F) ?? target.count
    if SQLValue.isInjection(target.prefix(query), .url) { return true }
    guard query < target.count else { return false }
    return anyValue(in: target.dropFirst(query + 1), between: 0x26)
  }

  /// `name=value`, separated by `separator`.
  private static func anyValue(in text: Octets, between separator: UInt8) -> Bool {
    var start = 0
    while start < text.count {
      let end = text.first(separator, from: start) ?? text.count
      var item = text.slice(start, end)
      while item[0] == 32 { item = item.dropFirst(1) }
      if isInjection(item) { return true }
      start = end + 1
    }
    // `&&` and `;` are SQL's, too.
    let isCut = separator == 0x26 ? text.contains(0x26, 0x26) : text.contains(0x27, 0x3B)
    return isCut && SQLValue.isInjection(text.dropFirst((text.first(0x3D) ?? -1) + 1), .url)
  }

  private static func isInjection(_ item: Octets) -> Bool {
    guard SQLTriggers.areIn(item, .url) else { return false }
    guard let equals = item.first(0x3D), !SQLTriggers.areIn(item.prefix(equals), .quotes) else {
      return SQLValue.isInjection(item, .url)
    }
    return SQLValue.isInjection(item.dropFirst(equals + 1), .url)
  }

  /// The strings of JSON.
  private static func anyString(in text: Octets) -> Bool {
    var start = text.first(0x22)
    while let open = start {
      var close = open + 1
      while close < text.count, text[close] != 0x22 {
        close += text[close] == 0x5C ? 2 : 1
      }
      if SQLValue.isInjection(text.slice(open + 1, close), .json) { return true }
      start = text.first(0x22, from: close + 1)
    }
    return false
  }

  /// What stands between the tags of XML.
  private static func anyText(in text: Octets) -> Bool {
    var start = text.first(0x3E)
    while let open = start {
      let close = text.first(0x3C, from: open) ?? text.count
      if SQLValue.isInjection(text.slice(open + 1, close), .plain) { return true }
      start = text.first(0x3E, from: close)
    }
    return false
  }

  /// The contents of multipart/form-data (RFC 7578): lines behind an empty one, up to a boundary.
  private static func anyPart(in text: Octets) -> Bool {
    var line = 0
    var content: Int?
    while line < text.count {
      let end = text.first(10, from: line) ?? text.count
      let isEmpty = end == line || end == line + 1 && text[line] == 13
      if let begin = content, text[line] == 0x2D, text[line + 1] == 0x2D, line > begin {
        if SQLValue.isInjection(text.slice(begin, line).withoutLineEnd, .plain) { return true }
        content = nil
      } else if content == nil, isEmpty {
        content = end + 1
      }
      line = end + 1
    }
    guard let begin = content else { return false }
    return SQLValue.isInjection(text.dropFirst(begin).withoutLineEnd, .plain)
  }
}

extension Octets {
  fileprivate var lastBlank: Int? {
    var index = count - 1
    while index >= 0, self[index] != 32 { index -= 1 }
    return index >= 0 ? index : nil
  }

  fileprivate var withoutLineEnd: Octets {
    var end = count
    while end > 0, self[end - 1] == 13 || self[end - 1] == 10 { end -= 1 }
    return prefix(end)
  }

  /// No control characters but those of lines.
  fileprivate var isText: Bool {
    for index in 0..<count where self[index] < 32 && !(9...13).contains(self[index]) {
      return false
    }
    return true
  }
}
