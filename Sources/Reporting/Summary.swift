import Ledger
import Time

/// The report in a few sentences for a reader who reads nothing else.
public enum Summary {
  /// What happened, what was done, what is still in force, what was not seen; a paragraph each.
  public static func paragraphs(_ report: Report) -> [String] {
    [happened(report), done(report), standing(report), seen(report)].filter { !$0.isEmpty }
  }

  private static func happened(_ report: Report) -> String {
    let totals = report.totals
    guard totals.segments > 0 || report.evidenceRows > 0 else {
      return "The ledger holds nothing for this time: no sensor reported, so nothing can be said"
        + " about whether attacks took place."
    }
    guard totals.attackRows > 0 else {
      let unknown =
        totals.unknownRows == 0
        ? ""
        : " \(Display.count(totals.unknownRows, "row")) resembled nothing learned and should be looked at."
      return "No attack was found in this time.\(unknown)"
    }
    let kinds = report.attacks.prefix(4).map {
      "\(Wording.attack($0.attack)) (\(Display.count($0.flows, "flow")), \(Display.count($0.packets, "packet")))"
    }
    let more =
      report.attacks.count > 4 ? [Display.count(report.attacks.count - 4, "other kind")] : []
    let first = report.attacks.map(\.first).min() ?? report.from
    let last = report.attacks.map(\.last).max() ?? report.to
    return "Between \(Display.time(first)) and \(Display.time(last)) UTC, "
      + "\(Display.count(totals.attackFlows, "attack flow")) with \(Display.count(totals.attackPackets, "packet"))"
      + " (\(Display.bytes(totals.attackBytes))) came from \(origins(report)) against"
      + " \(Display.count(totals.attackTargets, "address", "addresses")): \(Wording.list(kinds + more))."
  }

  private static func origins(_ report: Report) -> String {
    let folded = report.attackers.count { $0.address == "0.0.0.0" || $0.address == "::" }
    let named = report.totals.attackSources - folded
    let addresses = Display.count(named, "address", "addresses")
    guard folded > 0 else { return addresses }
    let many = "sources too many to tell apart, often forged"
    return named > 0 ? "\(addresses) and from \(many)," : "\(many),"
  }

  private static func done(_ report: Report) -> String {
    guard report.totals.attackRows > 0 else { return "" }
    let blocks = report.actions.filter { $0.action == "blocked" }
    let real = Set(blocks.filter(\.isInForce).map(\.source)).count
    let simulated = Set(blocks.filter { !$0.isInForce }.map(\.source)).count
    var sentences: [String] = []
    if real > 0 {
      sentences.append(
        "\(Display.count(real, "address was", "addresses were")) blocked at the firewall.")
    }
    if simulated > 0 {
      sentences.append(
        "Blocks of \(Display.count(simulated, "address", "addresses")) were simulated: recorded as"
          + " they would have been made, but no packet was stopped.")
    }
    if blocks.isEmpty { sentences.append("No address was blocked.") }
    let others = ["advised", "observed", "spared", "unverified", "braked", "failed"].compactMap {
      name in
      report.actionCounts[name].map {
        "\(Wording.action(name).lowercased()) (\(Display.count($0, "row")))"
      }
    }
    if !others.isEmpty { sentences.append("Otherwise: \(Wording.list(others)).") }
    return sentences.joined(separator: " ")
  }

  private static func standing(_ report: Report) -> String {
    guard report.actions.contains(where: { $0.action == "blocked" }) else { return "" }
    let sources = Set(report.inForce.map(\.source)).sorted()
    guard !sources.isEmpty else {
      return
        "No block of this time was in force when the report was made, \(Display.time(report.generated)) UTC."
    }
    let shown = sources.prefix(5).map { Display.text($0) }
    let more = sources.count > 5 ? ["\(sources.count - 5) more"] : []
    return "Still in force at \(Display.time(report.generated)) UTC: \(Wording.list(shown + more)),"
      + " unless lifted by hand since."
  }

  private static func seen(_ report: Report) -> String {
    var sentences: [String] = []
    let gaps = report.coverage.flatMap(\.gaps)
    if !gaps.isEmpty, !report.coverage.isEmpty {
      let blind = gaps.reduce(Int64(0)) { $0 + $1.to.microseconds(since: $1.from) }
      sentences.append(
        "There is no record for \(Display.duration(blind)) of this time"
          + " (\(Display.count(gaps.count, "gap"))).")
    }
    let told = report.notices.reduce(0) { $0 + $1.notices }
    if told > 0 {
      sentences.append(
        "The stages gave \(Display.count(told, "notice")), such as losses and refusals; see Losses and coverage."
      )
    }
    return sentences.joined(separator: " ")
  }
}
