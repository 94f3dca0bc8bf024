import Spool

/// One section of the configuration file: `key = value` lines below `[section]`, `#` comments.
///
/// A stage takes every key it knows, then calls ``finish()``: a key that nobody took is an error
/// with its line, so a misspelt threshold never passes unseen.
public struct Settings: Sendable {
  private struct Entry {
    let value: String
    let line: Int
  }

  private let path: String
  private let section: String
  private var entries: [String: Entry] = [:]

  /// Reads `section` of the file; a nil path is an empty section.
  ///
  /// - Throws: ``Failure`` (config) if the file cannot be read or a line is not understood.
  public init(path: String?, section: String) throws {
    self.path = path ?? "configuration"
    self.section = section
    guard let path else { return }
    let text: String
    do {
      text = try withFile(path) { String(decoding: $0, as: UTF8.self) }
    } catch {
      throw Failure(.config, "\(error)")
    }
    var current = ""
    // By the newline property, since CR LF is one Character.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let content = trimmed(line.prefix { $0 != "#" })
      if content.isEmpty { continue }
      if content.hasPrefix("["), content.hasSuffix("]") {
        current = String(content.dropFirst().dropLast())
        continue
      }
      let parts = content.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = trimmed(parts[0])
      guard parts.count == 2, !key.isEmpty else {
        throw failure(line: index + 1, "expected key = value, found '\(content)'")
      }
      guard current == section else { continue }
      guard
        entries.updateValue(Entry(value: trimmed(parts[1]), line: index + 1), forKey: key) == nil
      else { throw failure(line: index + 1, "\(key) is set twice") }
    }
  }

  private func failure(line: Int, _ message: String) -> Failure {
    Failure(.config, "unable to use \(path): line \(line): \(message)")
  }

  private mutating func take<Value>(
    _ key: String, _ fallback: Value, _ expected: String, _ parse: (String) -> Value?
  ) throws -> Value {
    guard let entry = entries.removeValue(forKey: key) else { return fallback }
    guard let value = parse(entry.value) else {
      throw failure(line: entry.line, "\(key) takes \(expected), not '\(entry.value)'")
    }
    return value
  }

  /// Text.
  public mutating func string(_ key: String, default fallback: String) throws -> String {
    try take(key, fallback, "text") { $0 }
  }

  /// A whole number of `range`.
  public mutating func integer(
    _ key: String, default fallback: Int, in range: ClosedRange<Int>
  ) throws -> Int {
    try take(key, fallback, "a whole number from \(range.lowerBound) to \(range.upperBound)") {
      Int($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A number of `range`.
  public mutating func number(
    _ key: String, default fallback: Double, in range: ClosedRange<Double>
  ) throws -> Double {
    try take(key, fallback, "a number from \(range.lowerBound) to \(range.upperBound)") {
      Double($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// Seconds, written `90`, `90s`, `10m`, `4h`, `1d` or `1w`.
  public mutating func duration(
    _ key: String, default fallback: Int, in range: ClosedRange<Int>
  ) throws -> Int {
    try take(key, fallback, "a time like 90s, 10m, 4h, 1d or 1w") {
      seconds($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// `yes` or `no`, `true` or `false`, `on` or `off`.
  public mutating func flag(_ key: String, default fallback: Bool) throws -> Bool {
    try take(key, fallback, "yes or no") {
      switch $0 {
      case "yes", "true", "on": true
      case "no", "false", "off": false
      default: nil
      }
    }
  }

  /// Call when every known key has been taken.
  ///
  /// - Throws: ``Failure`` (config) naming the first key that is left, and its line.
  public func finish() throws {
    guard let (key, entry) = entries.min(by: { $0.value.line < $1.value.line }) else { return }
    throw failure(line: entry.line, "[\(section)] has no key \(key)")
  }
}

/// Reads a duration like `10m`; nil if it is none.
public func seconds(_ text: String) -> Int? {
  let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
  guard let last = text.last else { return nil }
  let unit = units[last]
  guard let count = Int(unit == nil ? text[...] : text.dropLast()), count >= 0 else { return nil }
  let (product, overflow) = count.multipliedReportingOverflow(by: unit ?? 1)
  return overflow ? nil : product
}

private func trimmed(_ text: some StringProtocol) -> String {
  let isBlank = { (character: Character) in
    character == " " || character == "\t" || character == "\r"
  }
  return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
}
