import ArgumentParser
import Spool
import Stage

/// The stage.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "File segments from the spool as they come.",
    discussion: """
      Takes mitigated/, notices/ and benign/ in this order, files each segment in
      state/ledger.sqlite in one transaction and appends a line to log/warnings.log for each attack.
      """)

  @OptionGroup var options: StageOptions

  func run() throws {
    try runStage("report", options, from: [.mitigated, .notices, .benign], to: []) { logger in
      let spool = try SpoolDirectory(options.spool)
      return FilingStep(
        ledgerPath: try spool.path("state", "ledger.sqlite"),
        warningsPath: try spool.path("log", "warnings.log"), logger: logger)
    }
  }
}
