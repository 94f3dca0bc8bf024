import ArgumentParser
import Firewall
import Spool
import Stage
import Time

/// The stage.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the stage (the default).",
    discussion: "With --input nothing is ever blocked: the one file is answered as if it were.")

  @Option(help: ArgumentHelp("How to block: auto, nftables, simulate.", valueName: "name"))
  var backend = BackendChoice.auto

  @Option(help: ArgumentHelp("How far to go: observe, advise, enforce.", valueName: "mode"))
  var mode: Mode?

  @Flag(help: "Print the nft text that a simulated block would load to standard error.")
  var printNft = false

  @OptionGroup var place: WhitelistOption
  @OptionGroup var options: StageOptions

  func validate() throws {
    if options.input != nil, backend == .nftables {
      throw ValidationError("--input only simulates: it does not go with --backend nftables")
    }
  }

  func run() throws {
    try runStage(
      "mitigate", options, from: [.orders, .malicious], to: [.mitigated, .notices],
      keeping: backend != .simulate && Capability.netAdmin.isHeld ? .netAdmin : .none
    ) { logger in
      let now = wallClock()
      let configuration = try Configuration(path: options.config, mode: mode)
      let print = printNft
      let opening = Opening(
        configuration: configuration, whitelist: WhitelistFile(place.whitelist),
        backend: options.input == nil ? backend : .simulate, logger: logger,
        show: { if print { complain($0) } })
      let spool = try options.input == nil ? SpoolDirectory(options.spool) : nil
      return MitigateStep(
        try opening.responder(spool, now), whitelist: opening.whitelist,
        configured: configuration.protected, started: now, logger: logger)
    }
  }
}
