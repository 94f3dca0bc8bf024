import ArgumentParser
import Detectors
import Logging
import Spool
import Stage
import Tables

/// `classify explain FILE`: which judge saw what in which row, and which bar decided.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say of each row of a file which judge saw what, why, and which bar decided.",
    discussion: "Judges anew, also rows that were judged before.")

  @Argument(help: ArgumentHelp("A file of flows, verdicts or actions.", valueName: "file"))
  var file: String

  @Flag(help: "Leave out rows that are benign and in which nobody saw anything.")
  var onlyFindings = false

  @Option(
    help: ArgumentHelp("The spool, of which state/baseline.forest is used.", valueName: "dir"))
  var spool = "spool"

  @Option(help: ArgumentHelp("The configuration: key = value below [section].", valueName: "file"))
  var config: String?

  @OptionGroup var judges: JudgeOptions

  func run() throws {
    try reportingFailures("classify") {
      let configuration = try Configuration(path: config, judges, spool: spool)
      let logger = Logger(stage: "classify", level: .warning)
      var court = Court(configuration)
      court.model = try configuration.model.load(logger)
      court.baseline = try configuration.baseline.load(logger)
      court.keepsEvidence = true
      do {
        try withFile(file) { try explain($0, court) }
      } catch let error as TableError {
        throw Failure(.data, "unable to read \(file): \(error)")
      }
    }
  }

  private func explain(_ text: UnsafeRawBufferPointer, _ court: Court) throws {
    let table = [Table.action, .verdict].first { text.starts(with: $0.columns[0].utf8) } ?? .flow
    try court.judge(text, table) { batch, rulings in
      for (row, ruling) in zip(batch.evidence, rulings) {
        let findings = court.detectors.judge(row).all
        if onlyFindings, findings.isEmpty, ruling.verdict.attack == .benign { continue }
        print(Explanation(row, ruling, findings, court).text)
      }
    }
  }
}
