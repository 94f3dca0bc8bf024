public import Addresses

/// The nft commands that Ward loads, and no others: the text of one transaction each.
///
/// Every command names `inet ward`; nothing else is ever touched. Pure functions of their arguments.
public enum NftablesText {
  /// The table and what it holds, made or mended; blocks that are there stay.
  public static func table(protected: [Prefix]) -> String {
    var text = "add table inet ward\n"
    for set in NftablesSet.allCases {
      text += "add set inet ward \(set.rawValue) { \(set.definition) }\n"
    }
    for hook in ["input", "forward"] {
      text += """
        add chain inet ward \(hook) \
        { type filter hook \(hook) priority -10; policy accept; }
        flush chain inet ward \(hook)
        add rule inet ward \(hook) ip saddr @protected4 counter accept
        add rule inet ward \(hook) ip6 saddr @protected6 counter accept
        add rule inet ward \(hook) ip saddr @blocked4 counter drop
        add rule inet ward \(hook) ip6 saddr @blocked6 counter drop
        add rule inet ward \(hook) ip saddr @blocked4_nets counter drop
        add rule inet ward \(hook) ip6 saddr @blocked6_nets counter drop

        """
    }
    return text + protect(protected)
  }

  /// Puts `prefixes`, none within another, in place of all that was protected.
  public static func protect(_ prefixes: [Prefix]) -> String {
    var text = ""
    for set in [NftablesSet.protected4, .protected6] {
      let elements = prefixes.filter { $0.address.family == set.family }.map(\.description)
      text += "flush set inet ward \(set.rawValue)\n" + command("add", set, elements)
    }
    return text
  }

  /// Makes `changes`. An element is added, deleted and added again: on old kernels adding one that
  /// is there leaves its time-out as it was, and deleting one that is not there is an error.
  public static func changes(_ changes: [Change]) -> String {
    var text = ""
    for set in NftablesSet.blocked {
      let here = changes.filter { NftablesSet($0.prefix) == set }
      let gone = here.compactMap { if case .unblock(let prefix) = $0 { "\(prefix)" } else { nil } }
      let made = here.compactMap { if case .block(let made) = $0 { made } else { nil } }
      let names = made.map(\.prefix.description)
      text += command("add", set, gone) + command("delete", set, gone)
      text += command("add", set, names) + command("delete", set, names)
      text += command("add", set, made.map(element))
    }
    return text
  }

  /// The longest time-out that nft reads, in seconds: it counts milliseconds in 32 bits.
  static let longest = 4_294_967

  /// Adds elements that are known not to be there.
  public static func additions(_ installations: [Installation]) -> String {
    NftablesSet.blocked.map { set in
      let here = installations.filter { NftablesSet($0.prefix) == set }
      return command("add", set, here.map(element))
    }.joined()
  }

  private static func element(_ installation: Installation) -> String {
    "\(installation.prefix) timeout \(min(max(1, installation.seconds), longest))s"
      + " comment \"\(comment(installation.comment))\""
  }

  private static func command(_ verb: String, _ set: NftablesSet, _ elements: [String]) -> String {
    elements.isEmpty
      ? ""
      : "\(verb) element inet ward \(set.rawValue) { \(elements.joined(separator: ", ")) }\n"
  }

  /// At most 64 letters, digits and `_ . : -`; all else becomes `_`, so that no text from outside
  /// can end the string or begin a command.
  private static func comment(_ text: String) -> String {
    let allowed = text.utf8.prefix(64).map { byte -> Character in
      switch byte {
      case 48...57, 65...90, 97...122, 46, 58, 45, 95: Character(Unicode.Scalar(byte))
      default: "_"
      }
    }
    return allowed.isEmpty ? "-" : String(allowed)
  }
}
