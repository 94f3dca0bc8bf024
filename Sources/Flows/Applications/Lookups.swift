/// Follows the lookups of Log4j (`${lower:j}`, `${env:NOTHING:-j}`, one in another) to what they say.
enum Lookups {
  /// The most of a text that is looked at. B.
  private static let longest = 512
  private static let most = 64

  /// Whether a lookup is one of JNDI's when those within it are resolved.
  static func reachJNDI(_ text: Octets) -> Bool {
    guard text.contains(0x24, 0x7B) else { return false }
    return withUnsafeTemporaryAllocation(byteCount: longest, alignment: 1) { buffer in
      var count = min(text.count, longest)
      for index in 0..<count { buffer[index] = text[index] }
      for _ in 0..<most {
        let now = Octets(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        guard let open = lastOpen(now) else { return false }
        if now.matches("jndi:", at: open + 2) { return true }
        let close = now.first(0x7D, from: open)
        let value = close.map { Self.value(now.slice(open + 2, $0)) } ?? now.dropFirst(open + 2)
        count = replace(buffer, open, now, with: value, then: close.map { $0 + 1 } ?? count)
      }
      return false
    }
  }

  /// Where the innermost lookup begins.
  private static func lastOpen(_ text: Octets) -> Int? {
    var index = text.count - 2
    while index >= 0, text[index] != 0x24 || text[index + 1] != 0x7B { index -= 1 }
    return index >= 0 ? index : nil
  }

  /// The default, if there is one, else what is behind the kind.
  private static func value(_ lookup: Octets) -> Octets {
    var place = lookup.first(0x3A)
    while let colon = place {
      if lookup[colon + 1] == 0x2D { return lookup.dropFirst(colon + 2) }
      place = lookup.first(0x3A, from: colon + 1)
    }
    if lookup.matches("lower:") || lookup.matches("upper:") { return lookup.dropFirst(6) }
    if lookup.matches("date:'") { return lookup.slice(6, lookup.count - 1) }
    return lookup.prefix(0)
  }

  /// Puts `value`, a part of `text`, in the place of what lies from `open` up to `end`. What is
  /// written never overtakes what is read.
  private static func replace(
    _ buffer: UnsafeMutableRawBufferPointer, _ open: Int, _ text: Octets, with value: Octets,
    then end: Int
  ) -> Int {
    var written = open
    for index in 0..<value.count {
      buffer[written] = value[index]
      written += 1
    }
    for index in end..<max(end, text.count) {
      buffer[written] = text[index]
      written += 1
    }
    return written
  }
}
