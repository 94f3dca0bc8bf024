import ArgumentParser
import Logging
import Spool
import Stage

/// Turns packet captures into a row a flow.
@main
struct Featurize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "featurize",
    abstract: "Turn packet captures into a row a flow.",
    discussion: """
      Takes pcap segments from spool/captured and hands a CSV of flow rows to spool/featurized. \
      At start it reads again what spool/archive/captured keeps, to know the flows that are open. \
      With --input it reads one pcap or pcapng file and writes its rows to --output. \
      The columns are described in docs/columns.md.
      """)

  @OptionGroup var stage: StageOptions

  func run() throws {
    var settings = FeaturizeSettings()
    try reportingFailures("featurize") { settings = try FeaturizeSettings(stage.config) }
    try runStage(
      "featurize", stage, from: [.captured], to: [.featurized], archive: settings.archive
    ) { logger in
      if settings.archive == 0, stage.input == nil {
        logger.warning("archive_bytes is 0: after every stop open flows begin anew")
      }
      return FeaturizeStep(settings.limits)
    }
  }
}
