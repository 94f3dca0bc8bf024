import ArgumentParser
import Detectors

/// `classify thresholds`: the keys of `[classify]` and their defaults.
struct Thresholds: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the detectors' keys of the configuration, at their defaults.")

  func run() {
    let (bars, drift) = (Verdict.Bars(), DriftWatch.Bounds())
    print("[classify]\n#confidence = \(bars.sure)\n#overrule = \(bars.overrule)")
    print("#suspicion = \(bars.suspicion)\n#model =\n#baseline =\n#detectors = yes")
    print("#explain_rows = \(Court.usualExplainedRows)")
    print("#drift = \(drift.index)\n#drift_rows = \(drift.rows)")
    var lines: [String] = []
    _ = DetectorSet { key, fallback in
      let value = fallback == fallback.rounded() ? "\(Int(fallback))" : "\(fallback)"
      lines.append("#\(key) = \(value)")
      return fallback
    }
    for line in lines.sorted() { print(line) }
  }
}
