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
      Keeps what it filed in archive/mitigated and archive/benign, the newest of each, to be corrected
      (ward label) and learned from (train).
      """)

  @OptionGroup var options: StageOptions

  func run() throws {
    var kept: [Queue: Int] = [:]
    try reportingFailures("report") { kept = try Self.kept(options.config) }
    try runStage(
      "report", options, from: [.mitigated, .notices, .benign], to: [], kept: kept
    ) { logger in
      let spool = try SpoolDirectory(options.spool)
      return FilingStep(
        ledgerPath: try spool.path("state", "ledger.sqlite"),
        warningsPath: try spool.path("log", "warnings.log"), logger: logger)
    }
  }

  /// The section `[report]`: how many bytes of what was filed to keep of each queue, 0 for none.
  private static func kept(_ config: String?) throws -> [Queue: Int] {
    var settings = try Settings(path: config, section: "report")
    let bytes = try settings.integer("archive_bytes", default: 256 << 20, in: 0...(1 << 44))
    try settings.finish()
    return [.mitigated: bytes, .benign: bytes]
  }
}
