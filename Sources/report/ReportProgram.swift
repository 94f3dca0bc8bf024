import ArgumentParser

/// `report`: files what the pipeline found, and tells of it.
@main struct ReportProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Files what the pipeline found in the ledger, and makes reports of it.",
    subcommands: [Run.self, Make.self, Summarize.self], defaultSubcommand: Run.self)
}
