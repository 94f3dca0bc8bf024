import ArgumentParser
import Spool
import Stage

/// The stage.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the stage (the default).")

  @OptionGroup var model: ModelOption
  @OptionGroup var options: StageOptions

  func run() throws {
    try runStage("classify", options, from: [.featurized], to: [.malicious, .benign]) { logger in
      let configuration = try Configuration(path: options.config, model: model.model)
      return try ClassifyStep(configuration, logger: logger)
    }
  }
}
