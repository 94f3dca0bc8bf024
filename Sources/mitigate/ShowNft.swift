import ArgumentParser
import Firewall
import Stage
import Time

/// `mitigate show-nft`: the text that would be loaded.
struct ShowNft: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show-nft",
    abstract: "Print the nftables table, protected addresses and blocks, as it would be loaded.")

  @OptionGroup var options: CommandOptions

  func run() throws {
    try reportingFailures("mitigate") {
      let now = wallClock()
      let rules = try options.opening().rules()
      let list = try BlockListFile(options.openSpool(), backend: "nftables").load(now)
      let blocks = list.blocks.filter { rules.rule(sparing: $0.prefix) == nil }
      print(
        NftablesText.table(protected: rules.prefixes)
          + NftablesText.additions(blocks.map { $0.installation(now) }), terminator: "")
    }
  }
}
