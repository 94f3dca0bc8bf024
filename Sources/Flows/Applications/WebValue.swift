/// One value of a request, made plain and judged.
enum WebValue {
  /// Where a value stands.
  enum Place {
    /// A parameter, a cookie, a field.
    case value
    /// A URL's path, which has a root that can be left.
    case path
    /// A header of words.
    case prose
  }

  static func attacks(
    in value: Octets, _ coding: SQLValue.Coding, _ place: Place = .value
  ) -> WebAttacks {
    guard value.count >= 2 else { return [] }
    let triggers = WebTriggers.of(value)
    let isCoded =
      triggers.contains(.escapes) && coding != .plain
      || triggers.contains(.plus) && coding == .url
    guard isCoded else { return judge(value.prefix(SQLValue.longest), triggers, place) }
    return withUnsafeTemporaryAllocation(byteCount: SQLValue.longest, alignment: 1) { buffer in
      let length = shorten(buffer, SQLValue.decode(value, coding, into: buffer))
      let text = Octets(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
      return judge(text, WebTriggers.of(text), place)
    }
  }

  private static func judge(
    _ text: Octets, _ triggers: WebTriggers, _ place: Place
  ) -> WebAttacks {
    var found: WebAttacks = []
    if triggers.contains(.paths) {
      let isTraversal =
        place == .path
        ? PathTraversal.isPresent(inPath: text) : PathTraversal.isPresent(inValue: text)
      if isTraversal { found.insert(.traversal) }
    }
    if triggers.contains(.tags), CrossSiteScript.isPresent(in: text) { found.insert(.script) }
    let isCode = !triggers.isDisjoint(with: [.separators, .brackets])
    if isCode,
      ShellCommand.isPresent(in: text, isProse: place == .prose)
        || InjectedCode.isPresent(in: text)
    {
      found.insert(.command)
    }
    return found
  }

  /// Overlong UTF-8 (two or three bytes for an ASCII character, which RFC 3629 forbids) becomes the
  /// character that careless decoders take it for.
  private static func shorten(_ buffer: UnsafeMutableRawBufferPointer, _ count: Int) -> Int {
    var (read, written) = (0, 0)
    while read < count {
      var byte = buffer[read]
      read += 1
      if byte == 0xC0 || byte == 0xC1, read < count {
        byte = byte << 6 | buffer[read] & 0x3F
        read += 1
      } else if byte == 0xE0, read + 1 < count, buffer[read] & 0xFE == 0x80 {
        byte = buffer[read] << 6 | buffer[read + 1] & 0x3F
        read += 2
      }
      buffer[written] = byte
      written += 1
    }
    return written
  }
}
