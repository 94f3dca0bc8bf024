import ArgumentParser

/// Stops attacks at the firewall: takes verdicts, hands on what was done about them.
@main
struct Mitigate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mitigate",
    abstract: "Block the sources of attacks, and say what was done about every row.",
    discussion: """
      Takes malicious/ and orders/, hands on mitigated/. Keeps CAP_NET_ADMIN and nothing else. \
      Stopping it leaves blocks in force until their end.
      """,
    subcommands: [Run.self, List.self, BlockAddress.self, Unblock.self, Check.self, ShowNft.self],
    defaultSubcommand: Run.self)
}
