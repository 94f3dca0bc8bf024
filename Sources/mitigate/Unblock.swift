import Addresses
import ArgumentParser
import Firewall
import Stage

/// `mitigate unblock ADDR`: a person lifts a block.
struct Unblock: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lift a block, every block within a range, or all; the address is then left alone.",
    discussion: "Exits with 1 if there was none to lift.")

  @Argument(help: ArgumentHelp("Whose block to lift.", valueName: "address"))
  var address: Prefix?

  @Flag(help: "Lift every block.")
  var all = false

  @Option(help: ArgumentHelp("Why; kept with the lift.", valueName: "text"))
  var why: String

  @OptionGroup var desk: OrderDesk

  func validate() throws {
    guard all != (address != nil) else {
      throw ValidationError("give an address or --all, one of the two")
    }
  }

  func run() throws {
    try reportingFailures("mitigate") {
      try desk.give(address.map { .unblock($0) } ?? .unblockAll, why: why)
    }
  }
}
