extension IPAddress: LosslessStringConvertible, CustomStringConvertible {
  /// Reads dotted decimal (four numbers, no leading zeros, no octal) or RFC 4291 text; nil for
  /// anything else, a zone (`%eth0`), a port or surrounding blanks included.
  public init?(_ text: String) {
    var text = text
    guard let address = text.withUTF8({ IPAddress(ascii: $0) }) else { return nil }
    self = address
  }

  /// As ``init(_:)``, from bytes.
  public init?(ascii text: UnsafeBufferPointer<UInt8>) {
    if text.contains(UInt8(ascii: ":")) {
      guard let words = Self.v6Words(text) else { return nil }
      let half = { (range: Range<Int>) in range.reduce(UInt64(0)) { $0 << 16 | UInt64(words[$1]) } }
      self.init(v6: half(0..<4), half(4..<8))
    } else {
      guard let bits = Self.v4Bits(text[...]) else { return nil }
      self.init(v4: bits)
    }
  }

  private static func v4Bits(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    var bits: UInt32 = 0
    var parts = 0
    for part in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0")
      else { return nil }
      var value: UInt32 = 0
      for digit in part {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + UInt32(digit - UInt8(ascii: "0"))
      }
      guard value <= 255 else { return nil }
      bits = bits << 8 | value
      parts += 1
    }
    return parts == 4 ? bits : nil
  }

  private static func v6Words(_ text: UnsafeBufferPointer<UInt8>) -> [UInt16]? {
    let colon = UInt8(ascii: ":")
    var head: [UInt16] = []
    var tail: [UInt16] = []
    var compressed = false
    var index = text.startIndex
    if text.starts(with: [colon]) {
      guard text.starts(with: [colon, colon]) else { return nil }
      compressed = true
      index += 2
    }
    while index < text.endIndex {
      guard head.count + tail.count < 8 else { return nil }
      let end = text[index...].firstIndex(of: colon) ?? text.endIndex
      let part = text[index..<end]
      if part.contains(UInt8(ascii: ".")) {
        guard end == text.endIndex, let bits = v4Bits(part) else { return nil }
        let words = [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
        if compressed { tail += words } else { head += words }
        index = end
        break
      }
      guard let word = hexWord(part) else { return nil }
      if compressed { tail.append(word) } else { head.append(word) }
      index = end
      guard index < text.endIndex else { break }
      index += 1
      guard index < text.endIndex else { return nil }
      if text[index] == colon {
        guard !compressed else { return nil }
        compressed = true
        index += 1
      }
    }
    let count = head.count + tail.count
    guard compressed ? count < 8 : count == 8 else { return nil }
    return head + Array(repeating: 0, count: 8 - count) + tail
  }

  private static func hexWord(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> UInt16? {
    guard (1...4).contains(part.count) else { return nil }
    var word: UInt16 = 0
    for character in part {
      let digit: UInt8
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = character - UInt8(ascii: "A") + 10
      default: return nil
      }
      word = word << 4 | UInt16(digit)
    }
    return word
  }

  /// Dotted decimal, or the one canonical form of RFC 5952.
  public var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text of ``description`` to `bytes` without making a `String`.
  public func write(to bytes: inout [UInt8]) {
    if family == .v4 {
      for shift in stride(from: 24, through: 0, by: -8) {
        Self.write(UInt8(truncatingIfNeeded: low >> UInt64(shift)), to: &bytes)
        if shift > 0 { bytes.append(UInt8(ascii: ".")) }
      }
    } else {
      writeV6(to: &bytes)
    }
  }

  private static func write(_ octet: UInt8, to bytes: inout [UInt8]) {
    let zero = UInt8(ascii: "0")
    if octet >= 100 { bytes.append(zero + octet / 100) }
    if octet >= 10 { bytes.append(zero + octet / 10 % 10) }
    bytes.append(zero + octet % 10)
  }

  private func writeV6(to bytes: inout [UInt8]) {
    let colon = UInt8(ascii: ":")
    if high == 0, low >> 32 == 0xFFFF {  // RFC 5952 section 5
      bytes.append(contentsOf: "::ffff:".utf8)
      IPAddress(v4: UInt32(truncatingIfNeeded: low)).write(to: &bytes)
      return
    }
    let words = (0..<8).map { index in
      UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)))
    }
    let gap = Self.longestZeroRun(words)
    var index = 0
    while index < 8 {
      if index == gap.lowerBound, !gap.isEmpty {
        bytes.append(contentsOf: [colon, colon])
        index = gap.upperBound
        continue
      }
      if index > 0, index != gap.upperBound || gap.isEmpty { bytes.append(colon) }
      bytes.append(contentsOf: String(words[index], radix: 16).utf8)
      index += 1
    }
  }

  /// The first longest run of at least two zero words (RFC 5952 section 4.2); empty if none.
  private static func longestZeroRun(_ words: [UInt16]) -> Range<Int> {
    var best = 0..<0
    var start = 0
    for index in 0...words.count where index == words.count || words[index] != 0 {
      if index - start > max(best.count, 1) { best = start..<index }
      start = index + 1
    }
    return best
  }
}
