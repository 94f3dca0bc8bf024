import Detectors
import Models
import Tables

/// What `explain` says of a row.
struct Explanation {
  private let row: FlowEvidence
  private let ruling: Ruling
  private let findings: [Finding]
  private let court: Court

  init(_ row: FlowEvidence, _ ruling: Ruling, _ findings: [Finding], _ court: Court) {
    (self.row, self.ruling, self.findings, self.court) = (row, ruling, findings, court)
  }

  /// A line with the verdict, then one each for what decided, what the model goes by, what each
  /// detector sees and how unlike the site's traffic the row is.
  var text: String {
    var lines = [verdict, "    decided: \(grounds)"]
    if let opinion = ruling.opinion {
      let reasons = ruling.reasons.map { ": \($0)" } ?? ""
      lines.append("    model \(Self.words(opinion.attack, opinion.confidence))\(reasons)")
    }
    for finding in findings {
      lines.append("    \(Self.words(finding.attack, finding.confidence)): \(finding.reason)")
    }
    if let anomaly { lines.append("    \(anomaly)") }
    return lines.joined(separator: "\n")
  }

  private var verdict: String {
    let identity = row.identity
    let many = row[.folded] > 1 ? " (\(Int(min(row[.folded], 1e15))) flows)" : ""
    return "\(identity.row) \(identity.source) \(identity.sourcePort) -> "
      + "\(identity.destination) \(identity.destinationPort) protocol \(identity.ipProtocol)"
      + "\(many): \(Self.words(ruling.verdict.attack, ruling.verdict.confidence)) "
      + "by \(ruling.verdict.judge.rawValue)"
  }

  private var anomaly: String? {
    guard let anomaly = ruling.anomaly, let baseline = court.baseline else { return nil }
    let threshold = Double(baseline.threshold)
    let compared = anomaly >= threshold ? ">=" : "<"
    return "anomaly \(Clerk.short(anomaly)) \(compared) \(Clerk.short(threshold))"
  }

  /// Which bar decided.
  private var grounds: String {
    switch ruling.verdict.judge {
    case .both:
      "a detector, and the model says the same (\(share) >= \(Self.percent(court.bars.suspicion)))"
    case .model: "the model is sure (\(share) >= \(sureBar))"
    case .detectors: detectors
    case .none: nobody
    }
  }

  private var sureBar: String {
    Self.percent(max(court.bars.sure, ruling.opinion?.bar ?? 0))
  }

  private var detectors: String {
    let confidence = ruling.finding?.confidence ?? 0
    let isClear = confidence >= court.bars.overrule
    let compared = "\(Self.percent(confidence)) \(isClear ? ">=" : "<")"
    let detector = "a detector (\(compared) \(Self.percent(court.bars.overrule)))"
    guard let opinion = ruling.opinion else { return "\(detector); there is no model" }
    guard opinion.isSure(court.bars) else {
      return "\(detector); the model is not sure (\(share) < \(sureBar))"
    }
    return
      "\(detector) over a model that is sure of \(opinion.attack.rawValue) (\(share) >= \(sureBar))"
  }

  private var nobody: String {
    guard ruling.verdict.attack == .unknown else { return "nobody names an attack" }
    if let opinion = ruling.opinion, court.isNamed(opinion) {
      let bar = Self.percent(court.bars.suspicion)
      return "the model suspects an attack (\(share) >= \(bar)), and no detector speaks"
    }
    return "nobody names an attack, but the site's traffic is not like that"
  }

  private var share: String { Self.percent(ruling.opinion?.confidence ?? 0) }

  private static func words(_ attack: Attack, _ confidence: Double) -> String {
    "\(attack.rawValue) \(percent(confidence))"
  }

  private static func percent(_ share: Double) -> String {
    "\(Int((min(max(share, 0), 1) * 100).rounded())) %"
  }
}
