public import Addresses
public import ArgumentParser
import Ledger
import Time

/// What of the ledger a command tells of.
struct SliceOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Where to begin: 2025-05-06T01:09:00Z, 2025-05-06, -90m, -24h, -7d, first (of the ledger).",
      valueName: "time"))
  var from: Moment?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where to end, not included; also now, last.", valueName: "time"))
  var to: Moment?

  @Option(help: ArgumentHelp("Only rows from this address or CIDR block.", valueName: "addr"))
  var src: Prefix?

  @Option(help: ArgumentHelp("Only rows to this address or CIDR block.", valueName: "addr"))
  var dst: Prefix?

  @Option(help: ArgumentHelp("The spool's root folder.", valueName: "dir"))
  var spool = "spool"

  @Option(
    help: ArgumentHelp(
      "Take this for the present: for reports that can be made again.", valueName: "time"))
  var now: Moment?

  /// The wall clock, unless told otherwise.
  func present(_ ledger: Ledger) throws -> Timestamp {
    let clock = Moment.wallClock()
    guard let now else { return clock }
    return now.resolved(now: clock, try naming { try ledger.extent() })
  }

  /// The slice meant.
  func slice(_ ledger: Ledger, from first: Moment, to last: Moment, now: Timestamp) throws -> Slice
  {
    let extent = try naming { try ledger.extent() }
    let start = (from ?? first).resolved(now: now, extent)
    let end = (to ?? last).resolved(now: now, extent)
    guard start <= end else {
      throw ValidationError(
        "--from \(start.formatted()) is later than --to \(end.formatted())")
    }
    return Slice(from: start, to: end, source: src, destination: dst)
  }

  /// The ledger, for reading beside the stage.
  func ledger() throws -> Ledger {
    try naming { try Ledger(path: "\(spool)/state/ledger.sqlite", for: .read) }
  }
}

extension Prefix: ExpressibleByArgument {}
