import Addresses
import ArgumentParser
import Firewall
import Stage
import Time

/// `mitigate check ADDR`: why an address is, is not, or never will be blocked.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which block holds an address, or which rule spares it.",
    discussion: "Exits with 0 if the address is blocked, with 1 if it is not.")

  @Argument(help: ArgumentHelp("The address.", valueName: "address"))
  var address: IPAddress

  @OptionGroup var options: CommandOptions

  func run() throws {
    var isBlocked = false
    try reportingFailures("mitigate") {
      let now = wallClock()
      let opening = try options.opening()
      if let rule = try opening.rules().rule(sparing: Prefix(address)) {
        print("\(address) is never blocked: \(rule)")
      }
      for file in try BlockListFile.all(options.openSpool()) {
        let list = try file.load(now, times: opening.configuration.times)
        let simulated = file.backend == "simulate" ? " (simulated)" : ""
        if let block = list.holding(address, now) {
          isBlocked = true
          print("\(address) is blocked\(simulated): \(Self.story(block))")
        } else if let lift = list.pardon(address, now) {
          print(
            "\(address) was unblocked\(simulated) by \(lift.by) at \(lift.time.formatted())"
              + " and is left alone until \(lift.pardonedUntil.formatted()): \(lift.reason)")
        }
      }
      if !isBlocked { print("\(address) is not blocked") }
    }
    if !isBlocked { throw ExitCode(1) }
  }

  private static func story(_ block: Block) -> String {
    let row = block.place == .order ? "" : ", row \(block.place.row) of \(block.place.segment)"
    let times = block.returns > 0 ? ", \(block.returns) times before" : ""
    return "\(block.prefix) since \(block.since.formatted()) until \(block.until.formatted())"
      + " by \(block.by)\(row)\(times): \(block.reason)"
  }
}
