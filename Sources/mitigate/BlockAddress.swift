import Addresses
import ArgumentParser
import Firewall
import Stage
import Time

/// `mitigate block ADDR`: a person blocks.
struct BlockAddress: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "block", abstract: "Block an address, or a block of /24, /56 or longer.",
    discussion: "Never blocks what the whitelist or the host needs: then it exits with 1.")

  @Argument(help: ArgumentHelp("Whom to block.", valueName: "address"))
  var address: Prefix

  @Option(
    name: [.customLong("for"), .customLong("seconds")],
    help: ArgumentHelp("For how long: 90, 90s, 10m, 4h, 1d, 1w.", valueName: "time"))
  var length: String?

  @Option(help: ArgumentHelp("Why; kept with the block.", valueName: "text"))
  var why: String

  @OptionGroup var desk: OrderDesk

  func run() throws {
    try reportingFailures("mitigate") {
      try desk.give(.block(address, seconds: try wanted()), why: why)
    }
  }

  private func wanted() throws -> Int? {
    guard let length else { return nil }
    guard let count = seconds(length), (1...Order.longest).contains(count) else {
      throw Failure(
        .usage, "unable to block for '\(length)': it takes a time like 90s, 10m, 4h, 1d")
    }
    return count
  }
}
