import Tables

extension FlowEvidence {
  /// `svc_half_open_1s 4812 >= 50`
  func said(_ measure: Measure, atLeast bar: Double) -> String {
    "\(measure.rawValue) \(short(self[measure])) >= \(short(bar))"
  }
}

/// A number in few characters: whole from 100 up, else with at most two decimals.
func short(_ value: Double) -> String {
  guard value.isFinite, value >= 0 else { return "0" }
  guard value < 1e15 else { return "over 1e15" }
  guard value < 100, value != value.rounded() else { return String(Int(value.rounded())) }
  return share(value)
}

/// A number with two decimals.
func share(_ value: Double) -> String {
  guard value.isFinite, value >= 0 else { return "0.00" }
  let hundredths = Int((min(value, 1e12) * 100).rounded())
  let rest = hundredths % 100
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}
