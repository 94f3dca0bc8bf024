import Tables

/// Data carried out in names that are asked for. MITRE ATT&CK T1048, Exfiltration Over Alternative
/// Protocol (T1071.004 where orders come back).
///
/// A row takes part if it is DNS to one server and its longest name has `dns_name_max` ≥ 100 B, and
/// the pair opened `pair_flows_60s` ≥ 20, or the flow itself asks 20 times (`dns_queries`).
///
/// Innocents: reverse names of IPv6 (72 B), content delivery and virus scanners (60 B were seen).
///
/// Blind spots: short names; a tunnel slower than a question every three seconds; DNS over TLS or
/// HTTPS. A resolver that passes a tunnel's questions on is named with it.
struct DNSTunnel: Detector {
  static let name = "dns_tunnel"
  let attack = Attack.exfiltration

  /// Length of the longest name. B.
  var name = 100.0
  /// Questions: of the flow, or flows of the pair. 1/min.
  var questions = 20.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    name = try threshold("dns_tunnel.name_bytes", name)
    questions = try threshold("dns_tunnel.questions", questions)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let value = max(row[.pairFlows60s], row[.dnsQueries])
    guard row[.dnsLongestName] >= name, row[.dnsQueries] > 0, !row.isToGroup, value >= questions
    else { return nil }
    return finding(
      value, over: questions,
      because: "\(row.said(.dnsLongestName, atLeast: name)), questions \(short(value))")
  }
}
