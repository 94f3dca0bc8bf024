/// The shortest decimal text of a `Double` that reads back as the same number, as other languages
/// set it.
enum NumberForm {
  /// `Double.toString` of Java 19 and later; whole numbers end in `.0`, others are whole only where
  /// Java holds an integer.
  case java
  /// Python's `repr`, and columns that hold nothing but whole numbers without a point, as in the
  /// published release.
  case release

  /// A number.
  func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    let sign = value.sign == .minus ? "-" : ""
    guard value != 0 else { return sign + "0.0" }
    let (digits, point) = Self.decimal(value.magnitude)
    let isPlain = self == .java ? (-2...7).contains(point) : (-3...16).contains(point)
    return sign + (isPlain ? Self.plain(digits, point) : scientific(digits, point - 1))
  }

  /// A number of a column that is known to hold whole numbers.
  func whole(_ value: Double) -> String {
    guard self == .release, let integer = Int64(exactly: value) else { return text(value) }
    return String(integer)
  }

  /// Its digits, and how many of them stand before the point; fewer than none if zeros follow it.
  private static func decimal(_ value: Double) -> (digits: String, point: Int) {
    let parts = value.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    let all = String(mantissa[0]) + fraction
    let digits = all.drop { $0 == "0" }
    point -= all.count - digits.count
    var end = digits
    while end.last == "0" { end.removeLast() }
    return (String(end), point)
  }

  private static func plain(_ digits: String, _ point: Int) -> String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count {
      return digits + String(repeating: "0", count: point - digits.count) + ".0"
    }
    return digits.prefix(point) + "." + digits.dropFirst(point)
  }

  private func scientific(_ digits: String, _ exponent: Int) -> String {
    let fraction = digits.dropFirst()
    let mantissa = digits.prefix(1)
    if self == .java { return "\(mantissa).\(fraction.isEmpty ? "0" : fraction)E\(exponent)" }
    let power = "\(exponent.magnitude)"
    let point = fraction.isEmpty ? "" : "."
    return mantissa + point + fraction + (exponent < 0 ? "e-" : "e+")
      + (power.count < 2 ? "0" : "") + power
  }
}
