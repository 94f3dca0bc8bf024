import ArgumentParser
import Spool
import Stage

/// The stage.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the stage (the default).")

  @OptionGroup var judges: JudgeOptions
  @OptionGroup var options: StageOptions

  func run() throws {
    try runStage(
      "classify", options, from: [.featurized], to: [.malicious, .benign, .notices]
    ) { logger in
      let configuration = try Configuration(path: options.config, judges, spool: options.spool)
      // To be watched, the folder must be there.
      if configuration.baseline.isUsual, options.input == nil {
        _ = try SpoolDirectory(options.spool).path("state", "baseline.forest")
      }
      return try ClassifyStep(configuration, logger: logger)
    }
  }
}
