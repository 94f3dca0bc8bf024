import Tables

/// Web connections held open to starve a server: headers or bodies that never end, answers that are
/// not read, nothing at all. MITRE ATT&CK T1499.002, Service Exhaustion Flood.
///
/// A row takes part if it is an established TCP flow to a web server (port 80, 443, 8000, 8080, 8443,
/// or HTTP seen in it) that is stuck: its request has not
/// ended (`http_unfinished`), or it said less than 64 B, or it holds the answer up (the client reads
/// with a window so small that the server sends fewer than 512 B a segment); and
///
/// * one source: `pair_open_flows` ≥ 32 (a browser opens 6 a server, 22 were seen);
/// * many sources: `svc_open_flows` ≥ 100.
///
/// Below the age of 1 s it is a hint. The last row of such a flow takes part, too, as long as that many
/// are open.
///
/// Innocents: browsers, dashboards and event streams (their requests ended and were answered);
/// an upload (few at a time); connections that browsers open in advance (two or three).
///
/// Blind spots: fewer connections than that; a proxy behind which a whole ward browses: raise
/// `slow_http.pair` there; whether answers are read under TLS.
struct SlowHTTP: Detector {
  static let name = "slow_http"
  let attack = Attack.httpFlood

  /// Open connections of one pair.
  var pair = 32.0
  /// Open connections at one service.
  var service = 100.0
  /// What a connection that has said nothing yet may have said. B.
  var silent = 64.0
  private let old = 1e6
  private let crumbs = 512.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    pair = try threshold("slow_http.pair", pair)
    service = try threshold("slow_http.service", service)
    silent = try threshold("slow_http.silent_bytes", silent)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP, row.isEstablished, row.isWeb, isStuck(row) else { return nil }
    return strongest([
      finding(row, row.hasOneSource ? .pairOpenFlows : .svcOpenFlows, over: pair),
      finding(row, .svcOpenFlows, over: service),
    ])
  }

  private func isStuck(_ row: FlowEvidence) -> Bool {
    row[.httpUnfinished] > 0 || row[.fwdPayload] < silent && row[.bwdPayload] == 0
      || row[.bwdDataPackets] >= 2 && row[.bwdLengthMax] < crumbs && row[.fwdInitialWindow] <= 4096
  }

  private func finding(_ row: FlowEvidence, _ measure: Measure, over bar: Double) -> Finding? {
    guard row[measure] >= bar else { return nil }
    let words =
      "\(row.said(measure, atLeast: bar)), \(short(row[.fwdPayload])) B said in "
      + "\(short(row[.flowDuration] / 1e6)) s"
    let isOld = row[.flowDuration] >= old || row.isLate
    return isOld
      ? finding(row[measure], over: bar, because: words)
      : finding(0, hint: 0, over: bar, because: words)
  }
}

extension FlowEvidence {
  /// To a web server: by port, or HTTP was seen in it.
  var isWeb: Bool {
    switch identity.destinationPort {
    case 80, 443, 8000, 8080, 8443: true
    default: identity.application == "http"
    }
  }
}
