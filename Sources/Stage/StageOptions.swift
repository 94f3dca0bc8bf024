public import ArgumentParser
public import Logging

/// The options that every stage has.
public struct StageOptions: ParsableArguments {
  /// The spool's root folder.
  @Option(help: ArgumentHelp("The spool's root folder.", valueName: "dir"))
  public var spool = "spool"

  /// Whether to empty the queue and exit.
  @Flag(help: "Empty the queue and exit.")
  public var once = false

  /// One file to work on instead of the queue.
  @Option(help: ArgumentHelp("Work on this one file instead of the queue.", valueName: "file"))
  public var input: String?

  /// Where the result of ``input`` goes.
  @Option(help: ArgumentHelp("Where its result goes; - is standard output.", valueName: "file"))
  public var output: String?

  /// The configuration.
  @Option(help: ArgumentHelp("The configuration: key = value below [section].", valueName: "file"))
  public var config: String?

  /// The least severe level that is logged.
  @Option(help: ArgumentHelp("trace, debug, info, notice, warning, error.", valueName: "level"))
  public var logLevel = Logger.Level.info

  /// The user the stage becomes once it has opened what it needs.
  @Option(help: ArgumentHelp("Become this user once everything is open.", valueName: "name"))
  public var user: String?

  /// All as by default.
  public init() {}

  /// Refuses options that do not go together.
  public func validate() throws {
    if output != nil, input == nil {
      throw ValidationError("--output goes with --input")
    }
    if once, input != nil {
      throw ValidationError("--once empties the queue: it does not go with --input")
    }
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
