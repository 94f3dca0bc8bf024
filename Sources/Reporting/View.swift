import Ledger
import Time

/// The report as the strings that stand on its pages; what ``Template`` reads.
struct View: Encodable {
  /// A table of strings.
  struct Sheet: Encodable {
    var caption: String
    var heads: [String]
    /// Of each column: `text`, `mono`, `strong` or `number`.
    var kinds: [String]
    /// Of each column: its share of the room; 0 for as wide as its content.
    var widths: [Int]
    var rows: [[String]] = []
    /// What stands in place of a table without rows.
    var empty: String
    var note = ""
  }

  /// A drawing beside the document.
  struct Chart: Encodable {
    var file: String
    var caption: String
    var alt: String
  }

  /// A number on the cover.
  struct Figure: Encodable {
    var value: String
    var label: String
    var alarm = false
  }

  /// A file inside the PDF. `relation` is PDF/A-3's: `data`, `source`, `supplement`.
  struct File: Encodable {
    var name: String
    var type: String
    var relation: String
    var description: String
  }

  let title: String
  let range: String
  let rangeShort: String
  let classification: String
  let generator: String
  let generated: String
  let date: [Int]
  let banner: String
  let figures: [Figure]
  let facts: [[String]]
  let summary: [String]
  let reading: String
  let timeline: Chart?
  let attackChart: Chart?
  let attackerChart: Chart?
  let attacks: Sheet
  let attackers: Sheet
  let targets: Sheet
  let blocks: Sheet
  let decisions: Sheet
  let coverageNote: String
  let coverage: Sheet
  let gaps: Sheet
  let notices: Sheet
  let method: [String]
  let files: [File]
  let attached: Sheet
  let evidence: Sheet

  enum CodingKeys: String, CodingKey {
    case title, range, classification, generator, generated, date, banner, figures, facts, summary
    case rangeShort = "range-short"
    case reading, timeline, attackChart, attackerChart, attacks, attackers, targets, blocks
    case decisions, coverageNote, coverage, gaps, notices, method, files, attached, evidence
  }

  init(_ report: Report, evidence rows: [FiledRow], attachedRows: Int) {
    title = "Security report"
    range = "\(Display.time(report.from)) to \(Display.time(report.to)) UTC"
    rangeShort =
      "\(Display.time(report.from).dropLast(3)) to \(Display.time(report.to).dropLast(3)) UTC"
    classification = Display.text(report.classification, limit: 40)
    generator = Display.text(report.generator, limit: 60)
    generated = "\(Display.time(report.generated)) UTC"
    date = Self.parts(of: report.generated)
    banner = Self.banner(report)
    figures = Self.figures(report)
    facts = Self.facts(report)
    summary = Summary.paragraphs(report)
    reading = Self.reading(report)
    timeline = Self.timeline(report)
    attackChart = report.attacks.isEmpty ? nil : Self.attackChart
    attackerChart = report.attackers.isEmpty ? nil : Self.attackerChart
    attacks = Self.attacks(report)
    attackers = Self.attackers(report)
    targets = Self.targets(report)
    blocks = Self.blocks(report)
    decisions = Self.decisions(report)
    coverageNote = Self.coverageNote
    coverage = Self.coverage(report)
    gaps = Self.gaps(report)
    notices = Self.notices(report)
    method = Self.method
    files = Self.files
    attached = Self.attached(report, attachedRows)
    evidence = Self.evidence(rows, of: report.evidenceRows)
  }

  /// The absent charts are null in the JSON: Typst looks for the key.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(title, forKey: .title)
    try container.encode(range, forKey: .range)
    try container.encode(rangeShort, forKey: .rangeShort)
    try container.encode(classification, forKey: .classification)
    try container.encode(generator, forKey: .generator)
    try container.encode(generated, forKey: .generated)
    try container.encode(date, forKey: .date)
    try container.encode(banner, forKey: .banner)
    try container.encode(figures, forKey: .figures)
    try container.encode(facts, forKey: .facts)
    try container.encode(summary, forKey: .summary)
    try container.encode(reading, forKey: .reading)
    try container.encode(timeline, forKey: .timeline)
    try container.encode(attackChart, forKey: .attackChart)
    try container.encode(attackerChart, forKey: .attackerChart)
    for (key, sheet) in sheets { try container.encode(sheet, forKey: key) }
    try container.encode(coverageNote, forKey: .coverageNote)
    try container.encode(method, forKey: .method)
    try container.encode(files, forKey: .files)
  }

  private var sheets: [(CodingKeys, Sheet)] {
    [
      (.attacks, attacks), (.attackers, attackers), (.targets, targets), (.blocks, blocks),
      (.decisions, decisions), (.coverage, coverage), (.gaps, gaps), (.notices, notices),
      (.attached, attached), (.evidence, evidence),
    ]
  }

  private static func parts(of moment: Timestamp) -> [Int] {
    let text = Array(moment.formatted(.extended).utf8)
    return [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].map { range in
      text[range].reduce(0) { $0 * 10 + Int($1 &- 48) }
    }
  }
}
