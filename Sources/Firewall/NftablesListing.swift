public import Addresses

/// What `nft list set` says, read back.
public enum NftablesListing {
  /// One element of a set in the kernel.
  public struct Element: Hashable, Sendable {
    /// What it covers.
    public var prefix: Prefix
    /// Seconds until it goes by itself, rounded down; nil if it never does.
    public var secondsLeft: Int?
    /// Packets dropped on its account.
    public var packets: UInt64
    /// Bytes dropped on its account.
    public var bytes: UInt64
  }

  /// The elements in the text of a set; what does not read as an element is passed over.
  public static func elements(_ text: String) -> [Element] {
    guard let begin = text.utf8.firstRange(of: "elements = {".utf8) else { return [] }
    let body = text[begin.upperBound...].utf8.prefix { $0 != UInt8(ascii: "}") }
    return body.split(separator: UInt8(ascii: ",")).compactMap(element)
  }

  private static func element(_ text: Substring.UTF8View) -> Element? {
    let words = text.split { $0 <= UInt8(ascii: " ") }.map(Substring.init)
    guard let first = words.first, let prefix = Prefix(String(first)) else { return nil }
    var element = Element(prefix: prefix, secondsLeft: nil, packets: 0, bytes: 0)
    for (word, value) in zip(words, words.dropFirst()) {
      switch word {
      case "expires": element.secondsLeft = seconds(value)
      case "packets": element.packets = UInt64(value) ?? 0
      case "bytes": element.bytes = UInt64(value) ?? 0
      default: break
      }
    }
    return element
  }

  /// Reads `6d23h59m59s980ms`; nil if it is not a span of time.
  public static func seconds(_ text: Substring) -> Int? {
    var total = 0
    var rest = text.utf8[...]
    while !rest.isEmpty {
      let digits = rest.prefix { (48...57).contains($0) }
      let unit = rest[digits.endIndex...].prefix { !(48...57).contains($0) }
      guard let number = Int(Substring(digits)), number < 1_000_000 else { return nil }
      switch Substring(unit) {
      case "d": total += number * 86_400
      case "h": total += number * 3_600
      case "m": total += number * 60
      case "s": total += number
      case "ms": break
      default: return nil
      }
      rest = rest[unit.endIndex...]
    }
    return text.isEmpty ? nil : total
  }
}
