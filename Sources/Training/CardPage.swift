/// The model card as a page that needs nothing else: no script, no font, no picture from elsewhere; light,
/// for the screen and for paper.
package struct CardPage {
  private let card: ModelCard

  /// The page of a card.
  package init(_ card: ModelCard) { self.card = card }

  /// The page.
  package var html: String {
    let title = "Model card: \(card.families.map(\.rawValue).joined(separator: " + "))"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(HTML.text(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <h1>\(HTML.text(title))</h1>
      <p>\(HTML.text(card.data)). Made \(HTML.text(card.date)), seed \(card.seed), \
      \(card.bytes) bytes, \(card.classes.count) classes, \(card.columns.count) columns.</p>
      \(sections.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private var sections: [String] {
    [
      limits, result("Held-out captures", card.heldOut, Self.heldWords),
      result("Cross-validation over captures", card.crossValidation, crossWords),
      protocols, sure, importance, data, cleaning, options, search,
    ]
  }

  private static let heldWords = """
    No row of these captures was learned from, and no option, round or threshold was chosen by them.
    """

  private var crossWords: String {
    """
    \(card.folds) folds; each row was judged by a model that learned no row of its capture, its confidence \
    calibrated by the other folds. The rounds of boosting were chosen on these folds, so these figures \
    flatter a little.
    """
  }

  private var limits: String {
    let items = card.limits.map { "<li>\(HTML.text($0))</li>" }.joined(separator: "\n")
    return "<h2>Limits</h2>\n<ul>\n\(items)\n</ul>"
  }

  private func result(_ title: String, _ result: ModelCard.Result?, _ words: String) -> String {
    guard let result else { return "<h2>\(title)</h2>\n<p>Not run.</p>" }
    let ranking = result.ranking
    let few =
      ranking.benign < 10_000 ? " (fewer than 10,000 benign rows: no false alert at all)" : ""
    return """
      <h2>\(title)</h2>
      <p>\(HTML.text(words))</p>
      <p>Macro F1 <b>\(fixed(result.macroF1, 4))</b>. Attacks found at one false alert in 1,000 benign \
      rows: \(fixed(ranking.recallAt1e3, 4)); in 10,000: \(fixed(ranking.recallAt1e4, 4))\(few). Area under \
      precision over recall: \(fixed(ranking.area, 4)). \(ranking.attacks) attack rows, \
      \(ranking.benign) benign rows.</p>
      \(HTML.scores(result.scores))
      <h3>Confusion: rows are the truth, columns what the model said</h3>
      \(HTML.confusion(result.scores))
      <h3>Confidence</h3>
      <p>Expected calibration error \(fixed(result.reliability.error, 4)) \
      (\(fixed(result.uncalibrated.error, 4)) before calibration), Brier score \
      \(fixed(result.reliability.brier, 4)) (\(fixed(result.uncalibrated.brier, 4))).</p>
      \(Plots.reliability(result.reliability, before: result.uncalibrated))
      """
  }

  private var protocols: String {
    guard let protocols = card.protocols else {
      return "<h2>Protocols side by side</h2>\n<p>Not run.</p>"
    }
    let rows = protocols.map { result in
      [
        result.name.words, "\(result.models)", "\(result.judged)", fixed(result.macroF1, 4),
        fixed(result.ranking.recallAt1e3, 4), fixed(result.ranking.recallAt1e4, 4),
        fixed(result.ranking.area, 4), "\(result.falseAlerts) of \(result.ranking.benign)",
        result.falseAlertsPerHostDay.map { fixed($0, 2) } ?? "-",
      ]
    }
    return "<h2>Protocols side by side</h2>\n"
      + HTML.table(
        [
          "protocol", "models", "rows", "macro F1", "recall at FPR 10⁻³", "at 10⁻⁴", "PR-AUC",
          "false alerts", "per host-day",
        ], rows)
  }

  private var sure: String {
    let rows = card.classes.map { name in
      let bar = card.sure[name] ?? 0
      return [name, bar == 0 ? "no bar of its own" : bar >= 1 ? "never" : fixed(bar, 4)]
    }
    let words = """
      The confidence from which on the model counts as sure of a class: at most \
      \(fixed(card.falsePositiveRate * 10_000, 2)) in 10,000 benign rows of captures it had not learned \
      from, every source weighing the same, were called the class with as much.
      """
    return "<h2>When the model is sure</h2>\n<p>\(words)</p>\n"
      + (card.sure.isEmpty ? "<p>Not run.</p>" : HTML.table(["class", "bar"], rows))
  }

  private var importance: String {
    let top = Array(card.importance.prefix(30))
    guard !top.isEmpty else {
      return "<h2>What the columns do</h2>\n<p>Not known for this family.</p>"
    }
    return """
      <h2>What the columns do</h2>
      <p>Share of all that the trees' splits lowered the loss by (bars), and mean magnitude of a column's \
      contribution to the classes' margins (numbers; TreeSHAP). The first \(top.count) of \
      \(card.importance.count).</p>
      \(Plots.importance(top))
      """
  }

  private var data: String {
    let rows = card.sources.map { source in
      [source.name, "\(source.groups)"] + card.classes.map { "\(source.rows[$0] ?? 0)" }
    }
    var words = "<p>Rows as they were read, by source."
    if card.corrections > 0 {
      words += " \(card.corrections) were named by people and weigh \(card.correctionWeight) each."
    }
    if card.selfTrained > 0 {
      words +=
        " \(card.selfTrained) were named by an earlier model and the detectors (self-training)."
    }
    return "<h2>Data</h2>\n\(words)</p>\n"
      + HTML.table(["source", "captures"] + card.classes, rows)
      + division
  }

  private var division: String {
    guard let division = card.division else { return "" }
    let rows = card.classes.map { name in
      [name, "\(division.learned[name] ?? 0)", "\(division.held[name] ?? 0)"]
    }
    let held = division.groupsHeld.joined(separator: ", ")
    return """
      <p>Learned from \(division.groupsLearned) captures. Held out: \
      \(held.isEmpty ? "none" : HTML.text(held)).</p>
      \(HTML.table(["class", "rows learned", "rows held out"], rows))
      """
  }

  private var cleaning: String {
    let cleaning = card.cleaning
    var items = [
      "\(cleaning.duplicates) of \(cleaning.rows) rows repeated another one and were left out.",
      "\(cleaning.constant.count) columns had one value only: "
        + cleaning.constant.joined(separator: ", ") + ".",
      "\(cleaning.repeated.count) columns repeated another one: "
        + cleaning.repeated.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        .joined(separator: ", ") + ".",
    ]
    for (name, count) in cleaning.thinned.sorted(by: { $0.key < $1.key }) {
      items.append("\(count) rows of \(name) were left out: the class had more than asked for.")
    }
    for (path, repairs) in card.repairs.sorted(by: { $0.key < $1.key }) {
      let cells = repairs.columns.values.reduce(0) { $0 + $1.total }
      items.append("\(path): \(cells) cells repaired, \(repairs.brokenRows) broken rows left out.")
    }
    let list = items.map { "<li>\(HTML.text($0))</li>" }.joined(separator: "\n")
    return "<h2>Cleaning</h2>\n<ul>\n\(list)\n</ul>"
  }

  private var options: String {
    "<h2>Options</h2>\n<p>\(HTML.text(card.options.words)); forest: \(card.options.trees) trees "
      + "a class, depth \(card.options.forestDepth); perceptron: 64-64, \(card.options.epochs) "
      + "passes, step "
      + "\(card.options.step).</p>"
  }

  private var search: String {
    guard !card.search.isEmpty else { return "<h2>Search for options</h2>\n<p>Not run.</p>" }
    let rows = card.search.sorted { $1.macroF1 < $0.macroF1 }.map {
      [fixed($0.macroF1, 4), $0.options.words]
    }
    return "<h2>Search for options</h2>\n" + HTML.table(["macro F1", "options"], rows)
  }

  private static let style = """
    body { font: 15px/1.45 system-ui, sans-serif; color: #1c2430; background: #fff; margin: 2rem auto; \
    max-width: 62rem; padding: 0 1rem; }
    h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #d5dbe3; }
    h3 { font-size: 1rem; }
    table { border-collapse: collapse; font-size: 13px; display: block; overflow-x: auto; }
    th, td { padding: .2rem .55rem; border-bottom: 1px solid #e4e8ee; text-align: right; \
    vertical-align: top; }
    th:first-child, td:first-child { text-align: left; }
    th { font-weight: 600; background: #f4f6f9; }
    svg { max-width: 100%; height: auto; }
    @media print { body { margin: 0; max-width: none; font-size: 10pt; } h2 { break-after: avoid; } \
    tr, svg { break-inside: avoid; } table { display: table; font-size: 8pt; } }
    """
}
