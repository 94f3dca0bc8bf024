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
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return BodyValues.anyString(in: text, SQLValue.isInjection)
    case UInt8(ascii: "<"): return BodyValues.anyText(in: text, SQLValue.isInjection)
    case UInt8(ascii: "-") where text[1] == UInt8(ascii: "-"):
      return BodyValues.anyPart(in: text, SQLValue.isInjection)
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
}
