public import Time

/// Data in the form people read.
public enum Display {
  /// Text that any of the report's fonts can show and that cannot reorder or hide what stands
  /// beside it: printable ASCII, Latin-1 and Latin Extended-A stay; everything else (controls, bidi
  /// marks, other scripts) becomes `<U+202E>`. PDF/A forbids a character without a glyph, so
  /// Typst would refuse the whole report for one.
  ///
  /// - Parameter limit: longer text is cut to so many characters and `…` put after it.
  public static func text(_ text: String, limit: Int = 160) -> String {
    var shown = ""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < limit else { return shown + "…" }
      switch scalar.value {
      case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x17F, 0x2013, 0x2014, 0x2018...0x201D, 0x2026:
        shown.unicodeScalars.append(scalar)
      case let value:
        let digits = String(value, radix: 16, uppercase: true)
        shown += "<U+\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)>"
      }
      count += 1
    }
    return shown.isEmpty ? "-" : shown
  }

  /// `1,234,567`.
  public static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    return value < 0 ? "-\(grouped)" : grouped
  }

  /// `1 packet`, `2 packets`.
  public static func count(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? noun : plural ?? "\(noun)s")"
  }

  /// `999 B`, `1.5 kB`, `2 GB`: powers of 1,000; the blank does not break.
  public static func bytes(_ value: Int) -> String {
    scaled(Double(value), ["B", "kB", "MB", "GB", "TB", "PB"], separator: "\u{A0}")
  }

  /// `999`, `1.5k`, `20M`: for axes.
  public static func short(_ value: Double) -> String {
    scaled(value, ["", "k", "M", "G", "T"], separator: "")
  }

  private static func scaled(_ value: Double, _ units: [String], separator: String) -> String {
    var value = value
    var unit = 0
    while value >= 999.5, unit + 1 < units.count {
      value /= 1_000
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let number =
      tenths % 10 == 0 || tenths >= 1_000 ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
    return number + separator + units[unit]
  }

  /// `2025-05-06 01:09:00` (UTC is said once, where the report begins).
  public static func time(_ moment: Timestamp) -> String {
    let text = moment.formatted()
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  /// `97 %`.
  public static func share(_ value: Double) -> String {
    "\(Int((min(max(value, 0), 1) * 100).rounded()))\u{A0}%"
  }

  /// `0.97`.
  public static func hundredths(_ value: Double) -> String {
    let hundredths = Int((min(max(value, 0), 1) * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  /// `2 d 3 h`, `45 min`, `12 s`: the two largest units.
  public static func duration(_ microseconds: Int64) -> String {
    let seconds = max(0, microseconds / 1_000_000)
    if seconds == 0 { return microseconds > 0 ? "under 1 s" : "0 s" }
    let parts = [
      (seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"),
      (seconds % 60, "s"),
    ]
    return parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }.map { "\($0.0)\u{A0}\($0.1)" }
      .joined(separator: "\u{A0}")
  }

  /// `192.0.2.1:443`, `[2001:db8::1]:443`; the bare address for port 0.
  public static func endpoint(_ address: String, _ port: Int) -> String {
    guard port > 0 else { return address }
    return address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
  }

  /// `tcp`, `udp`, ...; the number for others.
  public static func ipProtocol(_ number: UInt8) -> String {
    switch number {
    case 0: "arp"
    case 1: "icmp"
    case 6: "tcp"
    case 17: "udp"
    case 58: "icmp6"
    default: "ip-\(number)"
    }
  }
}
