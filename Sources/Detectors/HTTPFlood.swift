import Tables

/// More web connections or requests than one client needs. MITRE ATT&CK T1499.002, Service Exhaustion
/// Flood.
///
/// A row takes part if it is one source's established TCP flow to a web server (port 80, 443, 8000,
/// 8080, 8443, or HTTP seen in it), and one of these holds:
///
/// * fast: `pair_flows_60s` ≥ 160 to at most two ports, and the source opens ≥ 25 flows in this second;
/// * sustained: `pair_flows_60s` ≥ 250 and ≥ 8 in this second, or ≥ 600 whatever the second;
/// * requests: `pair_requests_60s` ≥ 400, and the flow itself asked.
///
/// Half of those connections are a hint.
///
/// Innocents: a browser (six connections that stay, a page of a hundred parts); a bridge that is polled
/// by two connections a second (131/min were seen); pages without kept connections (180/min, 61 in one
/// second); update day (a handful of fetches a client).
///
/// Blind spots: floods below 8 connections a second; the first 80 connections; many clients (``DDoS``
/// sees those that do not speak); a program that opens a connection for every request, ten a second for
/// a quarter of a minute, is called a flood; a proxy or address translation behind which a whole ward
/// browses one server: raise `http_flood.connections` there.
struct HTTPFlood: Detector {
  static let name = "http_flood"
  let attack = Attack.httpFlood

  /// Connections of one pair, whatever their pace. 1/min.
  var connections = 600.0
  /// As many are enough at `slowPace`. 1/min.
  var sustained = 250.0
  /// As many are enough at `pace`. 1/min.
  var burst = 160.0
  /// New flows of the source. 1/s.
  var pace = 25.0
  /// The same, for `sustained`. 1/s.
  var slowPace = 8.0
  /// Requests of one pair. 1/min.
  var requests = 400.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    connections = try threshold("http_flood.connections", connections)
    sustained = try threshold("http_flood.sustained", sustained)
    burst = try threshold("http_flood.burst", burst)
    pace = try threshold("http_flood.pace", pace)
    slowPace = try threshold("http_flood.slow_pace", slowPace)
    requests = try threshold("http_flood.requests", requests)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP, row.hasOneSource, row.isEstablished, row.isWeb else { return nil }
    return strongest([opens(row), asks(row)])
  }

  private func opens(_ row: FlowEvidence) -> Finding? {
    let now = row[.srcFlows1s]
    let bar = now >= pace ? burst : now >= slowPace ? sustained : connections
    guard row[.pairFlows60s] >= bar / 2, row[.pairPorts60s] < 2.5 else { return nil }
    return finding(
      row[.pairFlows60s], hint: bar / 2, over: bar,
      because: "\(row.said(.pairFlows60s, atLeast: bar / 2)), src_flows_1s \(short(now))")
  }

  private func asks(_ row: FlowEvidence) -> Finding? {
    guard row[.pairRequests60s] >= requests, row[.httpRequests] > 0 else { return nil }
    return finding(
      row[.pairRequests60s], over: requests,
      because: row.said(.pairRequests60s, atLeast: requests))
  }
}
