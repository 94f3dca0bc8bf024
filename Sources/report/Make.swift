import ArgumentParser
import Glibc
import Ledger
import Reporting
import Stage
import Time

/// A report of a slice of the ledger.
struct Make: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a report: PDF for people, JSON or CSV for programs.",
    discussion: "Prints the name of the file it made. Works while the stage is filing.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case pdf, json, csv }

  @OptionGroup var slice: SliceOptions

  @Option(help: "What to make.")
  var format = Format.pdf

  @Option(
    help: ArgumentHelp(
      "The file to make; - is standard output (JSON, CSV). Otherwise reports/ward-<from>-<to>.",
      valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Who may read it; stands on every page.", valueName: "mark"))
  var classification = "Confidential"

  @Option(
    help: ArgumentHelp("What runs Typst; else $WARD_TYPST, else scripts/typst.", valueName: "file"))
  var typst: String?

  @Flag(help: "Make nothing when there is nothing to tell: no attack, no unknown row, no notice.")
  var unlessQuiet = false

  mutating func validate() throws {
    if output == "-", format == .pdf {
      throw ValidationError("a PDF does not go to standard output")
    }
    if classification.isEmpty { throw ValidationError("--classification is empty") }
  }

  func run() throws {
    try reportingFailures("report") {
      let ledger = try slice.ledger()
      let now = try slice.present(ledger)
      let span = try slice.slice(ledger, from: .ago(86_400), to: .now, now: now)
      try naming {
        try ledger.survey(span) { survey in
          let report = try Report(
            survey, now: now, generator: "Ward \(Version.current)", classification: classification)
          if unlessQuiet, report.isQuiet { return }
          try write(report, survey)
        }
      }
    }
  }

  private func write(_ report: Report, _ survey: Survey) throws {
    let path = try output ?? defaultPath(report)
    switch format {
    case .pdf:
      let launcher = try Launcher.find(typst)
      try Typesetter(launcher: launcher).typeset(try Document(report, survey), to: path)
    case .json:
      try Sink.write(path) { try $0(try report.json()) }
    case .csv:
      try Sink.write(path) { write in
        try EvidenceCSV.write(survey) { try write(Array($0)) }
      }
    }
    if path != "-" { print(path) }
  }

  private func defaultPath(_ report: Report) throws -> String {
    let folder = "\(slice.spool)/reports"
    if mkdir(folder, 0o750) != 0, errno != EEXIST {
      throw Failure(.cannotCreate, "unable to make \(folder): \(String(cString: strerror(errno)))")
    }
    let name = [report.from, report.to].map { String($0.formatted(.basic).prefix(15)) + "Z" }
    return "\(folder)/ward-\(name[0])-\(name[1]).\(format.rawValue)"
  }
}
