import ArgumentParser
import Detectors
import Logging
import Models
import Spool
import Stage
import Tables

/// `classify explain FILE`: which judge saw what in which row.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say of each row of a file from featurized/ which judge saw what.")

  @Argument(help: ArgumentHelp("A file of flows.", valueName: "file"))
  var file: String

  @Flag(help: "Leave out rows that are benign and in which nobody saw anything.")
  var onlyFindings = false

  @Option(help: ArgumentHelp("The configuration: key = value below [section].", valueName: "file"))
  var config: String?

  @OptionGroup var model: ModelOption

  func run() throws {
    try reportingFailures("classify") {
      let configuration = try Configuration(path: config, model: model.model)
      let court = Court(
        model: try configuration.source.load(Logger(stage: "classify", level: .warning)),
        detectors: configuration.detectors, bars: configuration.bars)
      do {
        try withFile(file) { try explain($0, court) }
      } catch let error as TableError {
        throw Failure(.data, "unable to read \(file): \(error)")
      }
    }
  }

  private func explain(_ text: UnsafeRawBufferPointer, _ court: Court) throws {
    let rulings = try court.judge(text)
    var index = 0
    try court.read(text) { row in
      let ruling = rulings[index]
      index += 1
      let findings = court.detectors.judge(row).all
      if onlyFindings, findings.isEmpty, ruling.verdict.attack == .benign { return }
      print(Self.line(row.identity, row[.folded], ruling))
      for finding in findings {
        print(
          "    \(finding.attack.rawValue) \(Self.percent(finding.confidence)): \(finding.reason)")
      }
    }
  }

  private static func line(
    _ identity: FlowIdentity, _ folded: Double, _ ruling: Court.Ruling
  ) -> String {
    let verdict = ruling.verdict
    let many = folded > 1 ? " (\(Int(min(folded, 1e15))) flows)" : ""
    let opinion = ruling.opinion.map { "; model \($0.attack.rawValue) \(percent($0.confidence))" }
    return "\(identity.row) \(identity.source) \(identity.sourcePort) -> "
      + "\(identity.destination) \(identity.destinationPort) protocol \(identity.ipProtocol)\(many): "
      + "\(verdict.attack.rawValue) \(percent(verdict.confidence)) by \(verdict.judge.rawValue)"
      + (opinion ?? "")
  }

  private static func percent(_ share: Double) -> String {
    "\(Int((min(max(share, 0), 1) * 100).rounded())) %"
  }
}
