import ArgumentParser
import Glibc
import Logging
import Spool
import Stage

/// Where the whitelist lies.
struct WhitelistOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Addresses that are never blocked (default: \(WhitelistFile.usual)).", valueName: "file"))
  var whitelist: String?
}

/// What the commands beside the stage need to know.
struct CommandOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The spool's root folder.", valueName: "dir"))
  var spool = "spool"

  @Option(help: ArgumentHelp("The configuration: key = value below [section].", valueName: "file"))
  var config: String?

  @OptionGroup var place: WhitelistOption

  /// Wires the library to this host, quietly.
  func opening(_ backend: BackendChoice = .simulate) throws -> Opening {
    Opening(
      configuration: try Configuration(path: config), whitelist: WhitelistFile(place.whitelist),
      backend: backend, logger: Logger(stage: "mitigate", level: .warning))
  }

  /// Opens the spool, which must exist: looking makes nothing.
  func openSpool() throws -> SpoolDirectory {
    guard access(spool, F_OK) == 0 else {
      throw Failure(.noInput, "unable to open \(spool): \(String(cString: strerror(errno)))")
    }
    return try SpoolDirectory(spool)
  }
}
