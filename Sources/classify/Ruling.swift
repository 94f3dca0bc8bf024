import Detectors
import Models
import Tables

/// What is said of one row.
struct Ruling {
  /// What it is called.
  var verdict: Verdict
  /// What the model says; nil without a model.
  let opinion: Opinion?
  /// What the surest detector says; nil if none speaks.
  let finding: Finding?
  /// What weighed most in the model's opinion; nil unless it names an attack.
  var reasons: String?
  /// How unlike the site's normal traffic it is, 0 to 1; nil unless it was asked.
  var anomaly: Double?
}

extension RowWriter {
  /// The cells that a verdict adds to a flow's.
  mutating func cells(_ ruling: Ruling) {
    cell(ruling.verdict.label)
    cell(ruling.verdict.attack.rawValue)
    cell(ruling.verdict.confidence)
    cell(ruling.verdict.judge.rawValue)
    cell(ruling.opinion?.attack.rawValue ?? "-")
    cell(ruling.opinion?.confidence ?? 0)
    cell(ruling.finding?.attack.rawValue ?? "-")
    cell(ruling.finding?.reason ?? "-")
    cell(ruling.reasons ?? "-")
    cell(ruling.anomaly ?? 0)
  }
}
