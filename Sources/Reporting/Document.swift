public import Ledger

/// The files a PDF is made of: the layout, what stands on the pages, the drawings, the attachments.
public struct Document: Sendable {
  /// One of them.
  public struct File: Sendable {
    /// Its name in the folder.
    public var name: String
    /// Its whole content.
    public var bytes: [UInt8]
  }

  /// All of them; `main.typ` is the one to typeset.
  public private(set) var files: [File] = []

  /// Makes the files of `report` from the same survey.
  ///
  /// - Throws: what the survey throws.
  public init(_ report: Report, _ survey: Survey, bounds: Report.Bounds = Report.Bounds()) throws {
    var csv: [UInt8] = []
    try EvidenceCSV.write(survey, limit: bounds.attachedRows) { csv.append(contentsOf: $0) }
    let view = View(
      report, evidence: try survey.mainEvidence(limit: bounds.evidence),
      attachedRows: min(bounds.attachedRows, report.evidenceRows))
    add("main.typ", Template.typst)
    files.append(File(name: "view.json", bytes: try Report.encode(view)))
    files.append(File(name: "report.json", bytes: try report.json()))
    files.append(File(name: "evidence.csv", bytes: csv))
    add("timeline.svg", TimelineChart.svg(report.timeline, width: report.bucketSeconds))
    add(
      "attacks.svg",
      BarChart.svg(
        report.attacks.map {
          BarChart.Bar(
            Wording.attack($0.attack), $0.packets, note: Display.count($0.packets))
        }, title: "Packets by type of attack"))
    add(
      "attackers.svg",
      BarChart.svg(
        report.attackers.prefix(10).map {
          BarChart.Bar(
            Wording.party($0.address), $0.packets,
            note: "\(Display.count($0.packets)), \(Wording.done($0).lowercased())")
        }, title: "Packets by attacking address"))
  }

  private mutating func add(_ name: String, _ text: String) {
    files.append(File(name: name, bytes: Array(text.utf8)))
  }
}
