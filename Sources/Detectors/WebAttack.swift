import Tables

/// Path traversal, cross-site scripting or a command in a web request. MITRE ATT&CK T1190, Exploit
/// Public-Facing Application.
///
/// A row takes part if `traversal_patterns`, `xss_patterns` and `command_patterns` add up to 1 or more:
/// `featurize` found the grammar, after URL decoding, in a request of this very flow. The flow itself
/// is the evidence, so one packet is worth a confidence of 0.75. SQL is ``SQLInjection``'s.
///
/// Innocents: pages that a server sends (patterns are sought in requests); an editor that saves HTML
/// with scripts, or code, through a form looks the same and belongs on the whitelist.
///
/// Blind spots: TLS; bytes beyond the capture's snap length; encodings that `featurize` does not undo;
/// searches for files and folders by name; stolen sessions.
struct WebAttack: Detector {
  static let name = "web_attack"
  let attack = Attack.webAttack

  /// Packets with a pattern.
  var patterns = 1.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    patterns = try threshold("web_attack.patterns", patterns)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let kinds: [(Measure, String)] = [
      (.traversals, "traversal"), (.crossSiteScripts, "script"), (.commandInjections, "command"),
    ]
    let value = kinds.reduce(0) { $0 + row[$1.0] }
    guard value >= patterns, value > 0 else { return nil }
    let names = kinds.filter { row[$0.0] > 0 }.map(\.1).joined(separator: ", ")
    return finding(
      value, over: patterns, floor: 0.75, isDirect: true,
      because: "patterns \(short(value)) >= \(short(patterns)): \(names)")
  }
}
