import ArgumentParser
import Ledger
import Reporting
import Stage

/// What was found, on the terminal.
struct Summarize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "Print what was found: attacks, attackers, actions.")

  @OptionGroup var slice: SliceOptions

  func run() throws {
    try reportingFailures("report") {
      let ledger = try slice.ledger()
      let now = try slice.present(ledger)
      let span = try slice.slice(ledger, from: .first, to: .last, now: now)
      let report = try naming {
        try ledger.survey(span) { survey in
          try Report(survey, now: now, generator: "Ward \(Version.current)", classification: "-")
        }
      }
      print(TerminalSummary.text(report), terminator: "")
    }
  }
}
