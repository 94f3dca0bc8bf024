import Tables

/// SQL in a web request. MITRE ATT&CK T1190, Exploit Public-Facing Application.
///
/// A row takes part if `sqli_patterns` ≥ 1: `featurize` found the grammar of an injection, after URL
/// decoding, in a packet of this very flow. Not a window: the flow itself is the evidence, so one
/// packet is worth a confidence of 0.80.
///
/// Innocents: pages *about* SQL that a server sends (patterns are sought in requests); a search for
/// "select" without an injection's grammar.
///
/// Blind spots: TLS; bytes beyond the capture's snap length; encodings that `featurize` does not
/// undo; a pattern cut by a segment's edge.
struct SQLInjection: Detector {
  static let name = "sql_injection"
  let attack = Attack.sqlInjection

  /// Packets with a pattern.
  var patterns = 1.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    patterns = try threshold("sql_injection.patterns", patterns)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row[.sqlInjections] >= patterns, row[.sqlInjections] > 0 else { return nil }
    return finding(
      row[.sqlInjections], over: patterns, floor: 0.80, isDirect: true,
      because: row.said(.sqlInjections, atLeast: patterns))
  }
}
