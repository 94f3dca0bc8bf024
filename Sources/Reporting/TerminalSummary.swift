import Ledger
import Time

/// A report for a terminal: a paragraph and three tables, 100 columns.
public enum TerminalSummary {
  /// The whole text, with its line ends. What comes from outside holds no control character.
  public static func text(_ report: Report) -> String {
    var text = "Ward, \(Display.time(report.from)) to \(Display.time(report.to)) UTC\n\n"
    for paragraph in Summary.paragraphs(report) { text += folded(paragraph) + "\n" }
    if !report.attacks.isEmpty { text += "\n" + attacks(report) + "\n" + attackers(report) }
    let blocks = report.actions.filter { $0.action == "blocked" }
    if !blocks.isEmpty { text += "\n" + table(blocked(blocks)) }
    return text
  }

  private static func attacks(_ report: Report) -> String {
    table(
      [["ATTACK", "FLOWS", "PACKETS", "SOURCES", "TARGETS", "TECHNIQUE"]]
        + report.attacks.map {
          [
            $0.attack, Display.count($0.flows), Display.count($0.packets),
            Display.count($0.sources), Display.count($0.targets), $0.technique,
          ]
        })
  }

  private static func attackers(_ report: Report) -> String {
    table(
      [["ATTACKER", "FLOWS", "PACKETS", "TARGETS", "DONE", "ATTACKS"]]
        + report.attackers.prefix(10).map { party in
          [
            Wording.party(party.address), Display.count(party.flows),
            Display.count(party.packets), Display.count(party.peers), Wording.done(party),
            party.attacks.map(\.attack).joined(separator: " "),
          ]
        })
  }

  private static func blocked(_ blocks: [ActionTaken]) -> [[String]] {
    [["BLOCKED", "WHEN", "UNTIL", "BACKEND", "FOR"]]
      + blocks.prefix(10).map { block in
        [
          Display.text(block.source), Display.time(block.first),
          block.expires.map(Display.time) ?? "-",
          block.isInForce ? Display.text(block.backend, limit: 20) : "simulated",
          block.attacks.joined(separator: " "),
        ]
      }
  }

  /// Columns two blanks apart, as wide as their widest cell.
  private static func table(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      var line = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private static func folded(_ paragraph: String) -> String {
    var lines = [""]
    for word in paragraph.split(separator: " ") {
      if lines[lines.count - 1].count + word.count >= 100 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.joined(separator: "\n")
  }
}
