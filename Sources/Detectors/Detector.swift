public import Tables

/// One kind of attack, told by a rule a person can read.
///
/// A detector is a value made of its thresholds. Most read the context columns, so they judge the
/// *window*: what the last seconds say of this source, destination, service or pair. A finding then
/// belongs only to the rows that take part in what the window shows; an honest client of a flooded
/// server is the patient, not the disease.
///
/// To add one: a file here, a line in ``DetectorSet``, a test.
public protocol Detector: Sendable {
  /// What its keys in the configuration begin with.
  static var name: String { get }
  /// What its findings are called.
  var attack: Attack { get }

  /// Takes thresholds from a configuration.
  ///
  /// - Parameter threshold: given a key and its default, what holds instead. Keys that end in
  ///   `share` are from 0 to 1; all others are numbers ≥ 0.
  /// - Throws: what `threshold` throws.
  init(_ threshold: (_ key: String, _ fallback: Double) throws -> Double) rethrows

  /// What the rule sees in a row; nil for nothing.
  func judge(_ row: FlowEvidence) -> Finding?
}

extension Detector {
  /// A finding of this detector's attack.
  ///
  /// - Parameters:
  ///   - value: what was measured, at or beyond `bar`.
  ///   - bar: its threshold.
  ///   - floor: the confidence at the threshold.
  ///   - isDirect: whether it was seen in the flow's own bytes.
  func finding(
    _ value: Double, over bar: Double, floor: Double = Finding.lowest, isDirect: Bool = false,
    because reason: String
  ) -> Finding {
    Finding(
      attack: attack, confidence: Finding.confidence(value, over: bar, floor: floor),
      reason: reason, isDirect: isDirect)
  }

  /// A finding, or below `bar` a hint.
  ///
  /// - Parameters:
  ///   - value: what was measured, at or beyond `hint`.
  ///   - hint: the threshold from which on it is worth a word.
  ///   - bar: the threshold from which on it can be acted upon.
  func finding(
    _ value: Double, hint: Double, over bar: Double, because reason: String
  ) -> Finding {
    Finding(
      attack: attack, confidence: Finding.confidence(value, hint: hint, over: bar), reason: reason)
  }
}

/// The finding of which a detector is surest, direct ones before others; the earlier one of equals.
func strongest(_ findings: [Finding?]) -> Finding? {
  findings.lazy.compactMap(\.self).reduce(nil) { best, next in
    guard let best else { return next }
    if next.isDirect != best.isDirect { return next.isDirect ? next : best }
    return next.confidence > best.confidence ? next : best
  }
}
