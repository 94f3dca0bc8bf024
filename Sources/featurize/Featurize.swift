public import ArgumentParser
public import Flows
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

  @Option(
    defaultAsFlag: CICVariant.v4,
    help: ArgumentHelp(
      "With --input: write what CICFlowMeter would, its bugs included: v4, or cns2022 for the tool of the corrected CIC-IDS-2017.",
      valueName: "variant"))
  var cicStrict: CICVariant?

  @Flag(help: "With --input: write a row a packet instead of a row a flow.")
  var packets = false

  @Flag(
    help:
      "With --input: write a row of every flow as it stood after 1, 2, 4, 7 and 15 packets, too, to train on."
  )
  var prefixes = false

  func validate() throws {
    if cicStrict != nil, packets {
      throw ValidationError("--cic-strict writes flows: it does not go with --packets")
    }
    if prefixes, cicStrict != nil || packets {
      throw ValidationError("--prefixes goes with neither --cic-strict nor --packets")
    }
    guard stage.input == nil else { return }
    for (option, isGiven) in [
      ("--cic-strict", cicStrict != nil), ("--packets", packets), ("--prefixes", prefixes),
    ]
    where isGiven {
      throw ValidationError(
        "\(option) goes with --input: the next stage does not take such rows from the spool")
    }
  }

  func run() throws {
    var settings = FeaturizeSettings()
    try reportingFailures("featurize") { settings = try FeaturizeSettings(stage.config) }
    if let cicStrict {
      try run(settings) { CICFlowMeterStep(cicStrict, settings.limits, logger: $0) }
    } else if packets {
      try run(settings) { PacketsStep(settings.limits, logger: $0) }
    } else {
      try run(settings) { logger in
        if settings.archive == 0, stage.input == nil {
          logger.warning("archive_bytes is 0: after every stop open flows begin anew")
        }
        return FeaturizeStep(settings.limits, withPrefixes: prefixes)
      }
    }
  }

  private func run<S: Step>(
    _ settings: FeaturizeSettings, makeStep: (Logger) throws -> S
  ) throws {
    try runStage(
      "featurize", stage, from: [.captured], to: [.featurized], archive: settings.archive,
      makeStep: makeStep)
  }
}

extension CICVariant: ExpressibleByArgument {}
