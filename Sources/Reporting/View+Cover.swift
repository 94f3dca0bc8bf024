import Ledger
import Time

extension View {
  static func banner(_ report: Report) -> String {
    let blocks = report.actions.filter { $0.action == "blocked" }
    guard !blocks.isEmpty, blocks.allSatisfy({ !$0.isInForce }) else { return "" }
    return "All blocks in this report were simulated. They say what would have been done; no packet"
      + " was stopped."
  }

  static func figures(_ report: Report) -> [Figure] {
    let totals = report.totals
    let blocked = Set(report.actions.filter { $0.action == "blocked" }.map(\.source)).count
    let gaps = report.coverage.reduce(0) { $0 + $1.gaps.count }
    return [
      Figure(
        value: Display.count(totals.attackFlows),
        label: totals.attackFlows == 1 ? "attack flow" : "attack flows",
        alarm: totals.attackFlows > 0),
      Figure(
        value: Display.count(report.attacks.count),
        label: report.attacks.count == 1 ? "kind of attack" : "kinds of attack"),
      Figure(
        value: Display.count(totals.attackTargets),
        label: totals.attackTargets == 1 ? "address attacked" : "addresses attacked"),
      Figure(
        value: Display.count(blocked),
        label: blocked == 1 ? "source blocked" : "sources blocked"),
      report.coverage.isEmpty
        ? Figure(value: "no", label: "coverage", alarm: true)
        : Figure(
          value: Display.count(gaps), label: gaps == 1 ? "gap in coverage" : "gaps in coverage"),
    ]
  }

  static func facts(_ report: Report) -> [[String]] {
    let totals = report.totals
    var facts = [
      [
        "Time",
        "\(Display.time(report.from)) to \(Display.time(report.to)) (UTC, as all times here)",
      ],
      [
        "Sensors",
        totals.sensors.isEmpty
          ? "none reported" : Display.text(totals.sensors.joined(separator: ", ")),
      ],
    ]
    if let source = report.source { facts.append(["Limited to sources in", Display.text(source)]) }
    if let destination = report.destination {
      facts.append(["Limited to targets in", Display.text(destination)])
    }
    facts.append([
      "Examined",
      "\(Display.count(totals.rows, "flow row")) in \(Display.count(totals.segments, "segment"))",
    ])
    if let rows = totals.benignRows, let packets = totals.benignPackets,
      let bytes = totals.benignBytes
    {
      facts.append([
        "Benign",
        "\(Display.count(rows, "row")), \(Display.count(packets, "packet")) (\(Display.bytes(bytes)))",
      ])
    }
    facts.append(["Made", "\(Display.time(report.generated)) by \(Display.text(report.generator))"])
    return facts
  }

  static func reading(_ report: Report) -> String {
    guard report.totals.segments > 0 else { return "" }
    return "Attack packets stand where their rows do, benign ones where their flow ended; the strip"
      + " below marks every bar with an attack in it, however small."
      + (report.source == nil && report.destination == nil
        ? ""
        : " Benign traffic is kept as sums without addresses and is left out of a limited report.")
  }

  static let attackChart = Chart(
    file: "attacks.svg", caption: "Packets by type of attack",
    alt: "Horizontal bars: packets by type of attack; the table below has the numbers.")

  static let attackerChart = Chart(
    file: "attackers.svg", caption: "Packets by attacking address, the ten largest",
    alt: "Horizontal bars: packets by attacking address; the table below has the numbers.")

  static func timeline(_ report: Report) -> Chart? {
    let packets = report.timeline.contains {
      $0.attackPackets + $0.benignPackets + $0.unknownPackets > 0
    }
    guard packets else { return nil }
    let peak = report.timeline.max { $0.attackPackets < $1.attackPackets }
    let width = Display.duration(Int64(report.bucketSeconds) * 1_000_000)
    let most =
      peak.map {
        $0.attackPackets > 0
          ? " The most attack packets: \(Display.count($0.attackPackets)) in the \(width) from \(Display.time($0.start))."
          : ""
      } ?? ""
    return Chart(
      file: "timeline.svg", caption: "Packets over time, \(width) a bar.\(most)",
      alt: "Stacked bars over time: benign, unknown and attack packets.\(most)")
  }
}
