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
    var part: UInt32 = 0
    var digits = 0
    for byte in text {
      if byte == UInt8(ascii: ".") {
        guard digits > 0, parts < 3 else { return nil }
        bits = bits << 8 | part
        parts += 1
        part = 0
        digits = 0
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      // No zero leads, but one alone.
      guard digit <= 9, digits == 0 || part > 0 else { return nil }
      part = part * 10 + UInt32(digit)
      digits += 1
      guard part <= 255 else { return nil }
    }
    return digits > 0 && parts == 3 ? bits << 8 | part : nil
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
    String(unsafeUninitializedCapacity: Self.mostText) { write(at: $0.baseAddress!) }
  }

  /// The most bytes ``description`` can have.
  public static let mostText = 45

  /// Writes the text of ``description`` to `start`, where there is room for ``mostText`` bytes.
  ///
  /// - Returns: how many bytes it took.
  public func write(at start: UnsafeMutablePointer<UInt8>) -> Int {
    family == .v4 ? writeV4(at: start) : writeV6(at: start)
  }

  private func writeV4(at start: UnsafeMutablePointer<UInt8>) -> Int {
    var at = start
    for shift in stride(from: UInt64(24), through: 0, by: -8) {
      let octet = UInt8(truncatingIfNeeded: low >> shift)
      if octet >= 100 { at = at.put(UInt8(ascii: "0") + octet / 100) }
      if octet >= 10 { at = at.put(UInt8(ascii: "0") + octet / 10 % 10) }
      at = at.put(UInt8(ascii: "0") + octet % 10)
      if shift > 0 { at = at.put(UInt8(ascii: ".")) }
    }
    return at - start
  }

  private func writeV6(at start: UnsafeMutablePointer<UInt8>) -> Int {
    var at = start
    if high == 0, low >> 32 == 0xFFFF {  // RFC 5952 section 5
      for byte in "::ffff:".utf8 { at = at.put(byte) }
      return 7 + IPAddress(v4: UInt32(truncatingIfNeeded: low)).writeV4(at: at)
    }
    let gap = longestZeroRun
    var index = 0
    while index < 8 {
      if index == gap.lowerBound, !gap.isEmpty {
        at = at.put(UInt8(ascii: ":")).put(UInt8(ascii: ":"))
        index = gap.upperBound
        continue
      }
      if index > 0, index != gap.upperBound || gap.isEmpty { at = at.put(UInt8(ascii: ":")) }
      at = Self.writeHex(word(index), at: at)
      index += 1
    }
    return at - start
  }

  private func word(_ index: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)))
  }

  private static func writeHex(
    _ word: UInt16, at start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var at = start
    var shift = max(0, 15 - word.leadingZeroBitCount) / 4 * 4
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: word >> UInt16(shift)) & 0xF
      at = at.put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      shift -= 4
    }
    return at
  }

  /// The first longest run of at least two zero words (RFC 5952 section 4.2); empty if none.
  private var longestZeroRun: Range<Int> {
    var best = 0..<0
    var start = 0
    for index in 0...8 where index == 8 || word(index) != 0 {
      if index - start > max(best.count, 1) { best = start..<index }
      start = index + 1
    }
    return best
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// Writes a byte; where the next one goes.
  @inline(__always) func put(_ byte: UInt8) -> UnsafeMutablePointer<UInt8> {
    pointee = byte
    return self + 1
  }
}
