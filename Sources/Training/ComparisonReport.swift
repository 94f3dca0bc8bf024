package import Foundation
package import Tables

/// Protocols side by side, for machines and people.
package struct ComparisonReport: Sendable, Encodable {
  private let families: [Family]
  private let options: Hyperparameters
  private let seed: UInt64
  private let cleaning: CleaningReport
  private let repairs: [String: Repairs]
  private let columns: [String]
  private let protocols: [ProtocolResult]

  /// A report of what was done.
  package init(
    plan: Plan, cleaning: CleaningReport, repairs: [String: Repairs], columns: [Measure],
    results: [ProtocolResult]
  ) {
    (families, options, seed) = (plan.families, plan.options, plan.seed)
    (self.cleaning, self.repairs) = (cleaning, repairs)
    self.columns = columns.map(\.rawValue)
    protocols = results
  }

  /// The report as JSON; keys in order.
  package func json() throws -> Data { try canonicalJSON(self) }

  /// The report as Markdown.
  package var markdown: String {
    var text = """
      \(families.map(\.rawValue).joined(separator: " + ")), \(options.words), seed \(seed); \
      \(cleaning.rows) rows, of which \(cleaning.duplicates) repeated another; \
      \(columns.count) columns.

      | protocol | models | rows judged | macro F1 | recall at FPR 10⁻³ | at 10⁻⁴ | PR-AUC | false alerts \
      | per host-day |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |

      """
    for result in protocols {
      let ranking = result.ranking
      let numbers = [
        "\(result.models)", "\(result.judged)", fixed(result.macroF1, 4),
        fixed(ranking.recallAt1e3, 4),
        fixed(ranking.recallAt1e4, 4) + (ranking.benign < 10_000 ? " *" : ""),
        fixed(ranking.area, 4), "\(result.falseAlerts) of \(ranking.benign)",
        result.falseAlertsPerHostDay.map { fixed($0, 2) } ?? "-",
      ]
      text += "| \(result.name.words) | \(numbers.joined(separator: " | ")) |\n"
    }
    text += "\n\\* fewer than 10,000 benign rows: no false alert at all.\n\n"
    return text + perClass
  }

  private var perClass: String {
    let classes = protocols.first?.scores.classes ?? []
    var text = "| F1 by class |" + protocols.map { " \($0.name.rawValue) |" }.joined() + "\n"
    text += "| --- |" + protocols.map { _ in " ---: |" }.joined() + "\n"
    for name in classes {
      let cells = protocols.map { " \($0.f1[name].map { fixed($0, 4) } ?? "-") |" }.joined()
      text += "| \(name) |\(cells)\n"
    }
    return text
  }
}

/// JSON whose bytes depend on nothing but the value.
func canonicalJSON(_ value: some Encodable) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
  return try encoder.encode(value)
}
