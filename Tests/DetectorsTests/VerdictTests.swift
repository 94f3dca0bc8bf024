import Detectors
import Tables
import Testing

struct VerdictTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let model: Opinion?
    let finding: Finding?
    let attack: Attack
    let confidence: Double
    let judge: Judge
    var disputed = false

    var testDescription: String {
      "\(model.map { "\($0.attack) \($0.confidence)" } ?? "no model"), "
        + "\(finding.map { "\($0.attack) \($0.confidence)" } ?? "silence")"
    }
  }

  static func finding(_ attack: Attack, _ confidence: Double) -> Finding {
    Finding(attack: attack, confidence: confidence, reason: "because")
  }

  static let cases: [Case] = [
    Case(model: nil, finding: nil, attack: .benign, confidence: 0, judge: .none),
    Case(
      model: nil, finding: finding(.portScan, 0.6), attack: .portScan, confidence: 0.6,
      judge: .detectors),
    Case(
      model: Opinion(.portScan, 0.9), finding: nil, attack: .portScan, confidence: 0.9,
      judge: .model),
    Case(
      model: Opinion(.portScan, 0.70), finding: finding(.portScan, 0.95), attack: .portScan,
      confidence: 0.95, judge: .both),
    Case(
      model: Opinion(.portScan, 0.9), finding: finding(.synFlood, 0.5), attack: .synFlood,
      confidence: 0.5, judge: .detectors, disputed: true),
    Case(
      model: Opinion(.portScan, 0.9), finding: finding(.synFlood, 0.4), attack: .portScan,
      confidence: 0.9, judge: .model, disputed: true),
    Case(
      model: Opinion(.benign, 0.9), finding: finding(.synFlood, 0.4), attack: .benign,
      confidence: 0.9, judge: .model, disputed: true),
    Case(
      model: Opinion(.benign, 0.6), finding: finding(.synFlood, 0.4), attack: .synFlood,
      confidence: 0.4, judge: .detectors),
    Case(
      model: nil, finding: finding(.synFlood, 0.4), attack: .synFlood, confidence: 0.4,
      judge: .detectors),
    Case(
      model: Opinion(.synFlood, 0.6), finding: finding(.synFlood, 0.4), attack: .synFlood,
      confidence: 0.6, judge: .both),
    Case(
      model: Opinion(.portScan, 0.9, bar: 0.95), finding: nil, attack: .unknown, confidence: 0.9,
      judge: .none),
    Case(
      model: Opinion(.portScan, 0.96, bar: 0.95), finding: nil, attack: .portScan,
      confidence: 0.96, judge: .model),
    Case(
      model: Opinion(.portScan, 0.6, bar: 0.5), finding: nil, attack: .unknown, confidence: 0.6,
      judge: .none),
    Case(
      model: Opinion(.portScan, 0.9, bar: 0.95), finding: finding(.synFlood, 0.4),
      attack: .synFlood, confidence: 0.4, judge: .detectors),
    Case(
      model: Opinion(.benign, 0.9994), finding: finding(.synFlood, 0.98), attack: .synFlood,
      confidence: 0.98, judge: .detectors, disputed: true),
    Case(
      model: Opinion(.benign, 0.9994), finding: finding(.synFlood, 0.5), attack: .synFlood,
      confidence: 0.5, judge: .detectors, disputed: true),
    Case(
      model: Opinion(.benign, 0.9), finding: nil, attack: .benign, confidence: 0.9, judge: .model),
    Case(
      model: Opinion(.benign, 0.69), finding: nil, attack: .benign, confidence: 0.69, judge: .none),
    Case(
      model: Opinion(.benign, 0.69), finding: finding(.ddos, 0.6), attack: .ddos, confidence: 0.6,
      judge: .detectors),
    Case(
      model: Opinion(.udpFlood, 0.6), finding: nil, attack: .unknown, confidence: 0.6, judge: .none),
    Case(
      model: Opinion(.udpFlood, 0.5), finding: nil, attack: .unknown, confidence: 0.5, judge: .none),
    Case(
      model: Opinion(.udpFlood, 0.49), finding: nil, attack: .benign, confidence: 0, judge: .none),
    Case(
      model: Opinion(.udpFlood, 0.6), finding: finding(.udpFlood, 0.55), attack: .udpFlood,
      confidence: 0.6, judge: .both),
    Case(
      model: Opinion(.udpFlood, 0.6), finding: finding(.ddos, 0.55), attack: .ddos,
      confidence: 0.55, judge: .detectors),
  ]

  @Test(arguments: cases)
  func `the rule between the judges holds`(_ example: Case) {
    let verdict = Verdict.decide(model: example.model, detectors: example.finding)
    #expect(verdict.attack == example.attack)
    #expect(verdict.confidence == example.confidence)
    #expect(verdict.judge == example.judge)
    #expect(verdict.isDisputed == example.disputed)
  }

  @Test func `a row beyond the baseline is unknown where nobody names it`() {
    let lonely = Verdict.decide(model: nil, detectors: nil, isStrange: true)
    #expect(lonely.attack == .unknown)
    #expect(lonely.judge == .none)
    #expect(!lonely.isDisputed)
    let benign = Verdict.decide(model: Opinion(.benign, 0.99), detectors: nil, isStrange: true)
    #expect(benign.attack == .unknown)
    #expect(benign.isDisputed)
  }

  @Test func `a row beyond the baseline keeps the name that a judge gave it`() {
    let scan = Verdict.decide(model: Opinion(.portScan, 0.9), detectors: nil, isStrange: true)
    #expect(scan == Verdict.decide(model: Opinion(.portScan, 0.9), detectors: nil))
    let flood = Verdict.decide(
      model: nil, detectors: Self.finding(.synFlood, 0.4), isStrange: true)
    #expect(flood.attack == .synFlood)
  }

  @Test func `the bar for overruling can be raised`() {
    var bars = Verdict.Bars()
    bars.overrule = 0.80
    let verdict = Verdict.decide(
      model: Opinion(.benign, 0.9), detectors: Self.finding(.portScan, 0.7), bars: bars)
    #expect(verdict.attack == .benign)
    #expect(verdict.isDisputed)
  }

  @Test func `labels are three`() {
    #expect(Verdict.decide(model: nil, detectors: nil).label == "benign")
    #expect(
      Verdict.decide(model: nil, detectors: Self.finding(.ddos, 0.9)).label == "malicious")
    #expect(Verdict.decide(model: Opinion(.ddos, 0.6), detectors: nil).label == "unknown")
  }
}
