import ArgumentParser
import Logging
import Spool
import Stage

/// Hears the network, or reads a capture file, and hands it on in segments.
@main struct Capture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Hear the network, or read a capture file, and hand it on in segments.",
    discussion: """
      Writes pcap segments to spool/captured. Without --read it listens to an interface, which needs \
      root or CAP_NET_RAW until it is open, and never waits: when the queue is full, the oldest \
      segment is dropped, counted and told. When the file ends, or it is told to stop, it marks the \
      last segment as the end. Options go before the configuration's [capture] section.
      """)

  @OptionGroup var options: StageOptions
  @OptionGroup var source: SourceOptions

  func run() throws {
    let logger = Logger(stage: "capture", level: options.logLevel)
    try reportingFailures("capture") {
      let plan = try Plan(source, config: options.config)
      if let file = options.input {
        return try copy(file, to: options.output ?? "-", plan)
      }
      let signals = try Signals()
      let publisher = try Publisher(
        SpoolDirectory(options.spool), sensor: plan.sensor, bounds: queueBounds(options.config),
        logger: logger)
      if let file = plan.file {
        let handle = try openFile(file, plan)
        try dropPrivileges(to: options.user)
        var replay = Replay(handle, plan, publisher, signals)
        try replay.run(file)
      } else {
        let interface = try plan.interface ?? defaultInterface()
        guard
          let handle = try openInterface(interface, plan, options.once ? nil : signals, logger)
        else { return try publishEnd(publisher, plan) }
        try dropPrivileges(to: options.user)
        logger.info("ready", metadata: ["interface": "\(interface)", "sensor": "\(plan.sensor)"])
        var listener = Listener(handle, interface, plan, publisher, signals)
        try listener.run()
      }
    }
  }

  /// Told to stop before the interface was up: what an earlier life heard ends here.
  private func publishEnd(_ publisher: consuming Publisher, _ plan: Plan) throws {
    let ethernet: UInt32 = 1  // LINKTYPE_ETHERNET
    var builder = SegmentBuilder(
      rules: plan.rules, linkType: ethernet, snapLength: plan.snapLength)
    try publisher.publishDropping(builder.cut(at: wallClock()), isEnd: true)
    try publisher.finish()
  }

  private func defaultInterface() throws -> String {
    guard let interface = DefaultInterface.find() else {
      throw Failure(
        .noInput,
        "unable to choose an interface: there is no default route; name one with --interface")
    }
    return interface
  }
}
