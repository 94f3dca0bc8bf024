/// A moment in UTC, counted in microseconds since 1970-01-01T00:00:00Z, leap seconds left out.
///
/// Written and read for the years 0000 to 9999; moments outside are clamped to that range when
/// written.
public struct Timestamp: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Microseconds since the epoch; negative before it.
  public var microseconds: Int64

  /// The moment `microseconds` after the epoch.
  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }

  /// The moment `seconds` and `microseconds` after the epoch, saturating at the ends of `Int64`.
  @inlinable public init(seconds: Int64, microseconds: Int64 = 0) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = product.addingReportingOverflow(microseconds)
    self.microseconds = overflow || carry ? (seconds < 0 ? .min : .max) : sum
  }

  /// Whether `left` is earlier.
  @inlinable public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The moment `microseconds` later, saturating.
  @inlinable public func advanced(by microseconds: Int64) -> Timestamp {
    let (sum, overflow) = self.microseconds.addingReportingOverflow(microseconds)
    return Timestamp(microseconds: overflow ? (microseconds < 0 ? .min : .max) : sum)
  }

  /// Microseconds from `earlier` to this moment, saturating; negative if `earlier` is later.
  @inlinable public func microseconds(since earlier: Timestamp) -> Int64 {
    let (difference, overflow) = microseconds.subtractingReportingOverflow(earlier.microseconds)
    return overflow ? (microseconds < 0 ? .min : .max) : difference
  }
}

extension Timestamp {
  /// The two forms Ward writes.
  public enum Form: Sendable {
    /// RFC 3339 with microseconds: `2025-05-06T01:09:00.123456Z`; for rows.
    case extended
    /// ISO 8601 basic: `20250506T010900.123456Z`; for file names, 23 bytes that sort by time.
    case basic
  }

  private static let earliest: Int64 = -62_167_219_200_000_000  // 0000-01-01T00:00:00Z
  private static let latest: Int64 = 253_402_300_799_999_999  // 9999-12-31T23:59:59.999999Z

  /// The text of this moment.
  public func formatted(_ form: Form = .extended) -> String {
    String(unsafeUninitializedCapacity: Self.mostText) { write(form, at: $0.baseAddress!) }
  }

  /// The most bytes the text of a moment has.
  public static let mostText = 27

  /// Writes the text of this moment to `start`, where there is room for ``mostText`` bytes.
  ///
  /// - Returns: how many bytes it took.
  public func write(_ form: Form = .extended, at start: UnsafeMutablePointer<UInt8>) -> Int {
    let total = min(max(microseconds, Self.earliest), Self.latest)
    let (days, ofDay) = total.flooredDivision(by: 86_400_000_000)
    let date = civil(days)
    let isExtended = form == .extended
    let second = ofDay / 1_000_000
    let fraction = ofDay % 1_000_000
    var at = start.put(date.year / 100).put(date.year % 100)
    if isExtended { at = at.put("-") }
    at = at.put(date.month)
    if isExtended { at = at.put("-") }
    at = at.put(date.day).put("T").put(second / 3_600)
    if isExtended { at = at.put(":") }
    at = at.put(second / 60 % 60)
    if isExtended { at = at.put(":") }
    at = at.put(second % 60).put(".")
    at = at.put(fraction / 10_000).put(fraction / 100 % 100).put(fraction % 100).put("Z")
    return at - start
  }

  /// Reads either form, with or without a fraction of one to six digits, always `Z`; nil for
  /// anything else.
  public init?(_ text: some StringProtocol) {
    self.init(ascii: Array(text.utf8)[...])
  }

  /// As ``init(_:)``, from bytes.
  public init?(ascii text: ArraySlice<UInt8>) {
    var rest = text
    let isExtended = text.dropFirst(4).first == UInt8(ascii: "-")
    func separator(_ character: Character) -> Bool {
      !isExtended || rest.popFirst() == character.asciiValue
    }
    func number(_ width: Int) -> Int64? {
      guard rest.count >= width else { return nil }
      var value: Int64 = 0
      for digit in rest.prefix(width) {
        guard (48...57).contains(digit) else { return nil }
        value = value * 10 + Int64(digit - 48)
      }
      rest = rest.dropFirst(width)
      return value
    }
    guard let year = number(4), separator("-"), let month = number(2), separator("-"),
      let day = number(2), rest.popFirst() == UInt8(ascii: "T"),
      let hour = number(2), separator(":"), let minute = number(2), separator(":"),
      let second = number(2)
    else { return nil }
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let width = rest.prefix(while: { (48...57).contains($0) }).count
      guard (1...6).contains(width), let digits = number(width) else { return nil }
      fraction = (width..<6).reduce(digits) { value, _ in value * 10 }
    }
    guard rest == [UInt8(ascii: "Z")], (1...12).contains(month), (0...23).contains(hour),
      (0...59).contains(minute), (0...60).contains(second),
      day >= 1, day <= daysInMonth(year, month)
    else { return nil }
    let days = daysFromCivil(year, month, day)
    self.init(
      seconds: days * 86_400 + hour * 3_600 + minute * 60 + second, microseconds: fraction)
  }
}

extension UnsafeMutablePointer<UInt8> {
  fileprivate func put(_ sign: Unicode.Scalar) -> UnsafeMutablePointer<UInt8> {
    pointee = UInt8(truncatingIfNeeded: sign.value)
    return self + 1
  }

  /// Two digits of a number below 100.
  fileprivate func put(_ pair: Int64) -> UnsafeMutablePointer<UInt8> {
    self[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: pair / 10)
    self[1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: pair % 10)
    return self + 2
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
  let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  switch month {
  case 2: return leap ? 29 : 28
  case 4, 6, 9, 11: return 30
  default: return 31
  }
}

// Days since 1970-01-01 and back, proleptic Gregorian: Howard Hinnant, "chrono-Compatible
// Low-Level Date Algorithms". Years are 0 to 9999 here, so the era is never negative but in year 0.

func daysFromCivil(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
  let shifted = month <= 2 ? year - 1 : year
  let era = shifted.flooredDivision(by: 400)
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  let dayOfEra =
    era.remainder * 365 + era.remainder / 4 - era.remainder / 100 + dayOfYear
  return era.quotient * 146_097 + dayOfEra - 719_468
}

private func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
  let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
  let yearOfEra =
    (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  return (
    yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
  )
}
