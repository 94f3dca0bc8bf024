import Tables

/// More web connections than one client needs. MITRE ATT&CK T1499.002, Service Exhaustion Flood.
///
/// A row takes part if it is one source's established TCP flow to a web server (port 80, 443, 8000,
/// 8080, 8443, or HTTP seen in it), `pair_flows_60s` ≥ 600 to at most two ports, and the source
/// opens ≥ 30 flows in this second.
///
/// Innocents: a browser (six connections that stay); a program that opens a connection for every
/// request, twenty a second for as long as it likes; update day (a handful of fetches a client).
///
/// Blind spots: a flood as slow as such a program; many requests in one connection; many clients; a proxy or address translation
/// behind which a whole ward browses one server: raise `http_flood.connections` there.
struct HTTPFlood: Detector {
  static let name = "http_flood"
  let attack = Attack.httpFlood

  /// Connections of one pair. 1/min.
  var connections = 600.0
  /// New flows of the source. 1/s.
  var pace = 30.0

  private static let ports: Set<UInt16> = [80, 443, 8000, 8080, 8443]

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    connections = try threshold("http_flood.connections", connections)
    pace = try threshold("http_flood.pace", pace)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP, row.hasOneSource, row.isEstablished,
      Self.ports.contains(row.identity.destinationPort) || row.identity.application == "http",
      row[.pairFlows60s] >= connections, row[.pairPorts60s] < 2.5, row[.srcFlows1s] >= pace
    else { return nil }
    return finding(
      row[.pairFlows60s], over: connections,
      because: "\(row.said(.pairFlows60s, atLeast: connections)), src_flows_1s "
        + short(row[.srcFlows1s]))
  }
}
