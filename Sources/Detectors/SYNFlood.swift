import Tables

/// Handshakes begun and not completed, by the hundred. MITRE ATT&CK T1499.001, OS Exhaustion Flood.
///
/// A row takes part if its own handshake was begun and not completed (refused ones included), and
/// one of these holds:
///
/// * service: `svc_half_open_1s` ≥ 50 and at most 0.20 of the service's new flows completed;
/// * host: `dst_half_open_1s` ≥ 100 and `dst_completed_share_1s` ≤ 0.20, and the pair's ports are
///   few or its SYNs come twice within 0.2 s (else it is a port scan);
/// * one source, slow: `pair_flows_60s` ≥ 200, and at least 0.90 of them came to nothing, to fewer
///   than 5 ports; ≥ 100, or ≥ 20 while `src_flows_1s` ≥ 8, is a hint;
/// * strangers, slow: `svc_flows_60s` ≥ 60 while `svc_half_open_1s` ≥ 8 and at most 0.20 completed;
///   or, in a row that is written after a silence, `svc_flows_60s` ≥ 120 and
///   `dst_failed_share_100` ≥ 0.90. The row's source is one that nothing vouches for, in its first
///   flows to the host.
///
/// RSTs take part in the slow flood of one source whose packets are SYNs by 0.30 or more.
///
/// Innocents: a flash crowd (handshakes complete); clients of a flooded server, those whose
/// handshake completed, and those that are who they say (`src_verified`) and sent few SYNs; some
/// dozens of devices that knock at a broker that is down; a port scan.
///
/// Blind spots: made-up sources below 8 SYNs a second look like the clients of a server that is
/// down; the first 20 SYNs of a flood from one source, and the first 50 of one from many; an honest
/// stranger's SYN that the flood drowned looks like the flood's own. One source that opens a port a
/// packet is called a scan. A client that retries without pause, 4 times a second for
/// a minute, is called a flood: to its server it is one. Below that it is a hint, as 178 a minute were
/// seen of a client whose server was down.
struct SYNFlood: Detector {
  static let name = "syn_flood"
  let attack = Attack.synFlood

  /// Half-open handshakes that are many for one host. 1/s.
  static let manyHalfOpen = 100.0
  /// Half-open handshakes at one service. 1/s.
  var service = 50.0
  /// Half-open handshakes at one host. 1/s.
  var host = SYNFlood.manyHalfOpen
  /// The most that may complete. Share.
  var completed = 0.20
  /// Flows of one pair. 1/min.
  var pair = 200.0
  /// As many are a hint. 1/min.
  var pairHint = 100.0
  /// The least of these that came to nothing. Share.
  var failed = 0.90
  /// Flows of one pair that are a hint at `pace`. 1/min.
  var burst = 20.0
  /// New flows, of one source or half-open at one service. 1/s.
  var pace = 8.0
  /// Flows of strangers to one service. 1/min.
  var strangers = 60.0
  /// Ports of a pair from which on it is a scan.
  var scanPorts = 20.0
  private let fewPorts = 5.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    service = try threshold("syn_flood.half_open", service)
    host = try threshold("syn_flood.host_half_open", host)
    completed = try threshold("syn_flood.completed_share", completed)
    pair = try threshold("syn_flood.pair_flows", pair)
    failed = try threshold("syn_flood.failed_share", failed)
    pairHint = try threshold("syn_flood.pair_hint", pairHint)
    burst = try threshold("syn_flood.pair_burst", burst)
    pace = try threshold("syn_flood.pace", pace)
    strangers = try threshold("syn_flood.strangers", strangers)
    scanPorts = try threshold("port_scan.ports", scanPorts)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    if row.isStray { return cleared(row) }
    guard row.isHalfOpen else { return nil }
    let crowd = row.isBystander ? [] : [atService(row), atHost(row), spread(row)]
    return strongest(crowd + [sustained(row)])
  }

  private func atService(_ row: FlowEvidence) -> Finding? {
    let done = 1 - row.serviceHalfOpenShare
    guard row[.svcHalfOpen1s] >= service, done <= completed else { return nil }
    return finding(
      row[.svcHalfOpen1s], over: service,
      because: "\(row.said(.svcHalfOpen1s, atLeast: service)), completed share \(share(done))")
  }

  private func atHost(_ row: FlowEvidence) -> Finding? {
    let done = row[.dstCompletedShare1s]
    guard row[.dstHalfOpen1s] >= host, done <= completed,
      !row.hasOneSource || row[.pairPorts60s] < scanPorts || row.isHastySYN
    else { return nil }
    return finding(
      row[.dstHalfOpen1s], over: host,
      because: "\(row.said(.dstHalfOpen1s, atLeast: host)), completed share \(share(done))")
  }

  private func sustained(_ row: FlowEvidence) -> Finding? {
    let hint = min(row[.srcFlows1s], row[.svcHalfOpen1s]) >= pace ? burst : pairHint
    guard row.hasOneSource, row[.pairFlows60s] >= min(hint, pair),
      row[.pairFailedShare60s] >= failed,
      row[.pairPorts60s] < fewPorts
    else { return nil }
    return finding(
      row[.pairFlows60s], hint: hint, over: pair,
      because: "\(row.said(.pairFlows60s, atLeast: min(hint, pair)))"
        + ", failed share \(share(row[.pairFailedShare60s]))")
  }

  /// A tool's own system clears away the SYN-ACKs that it did not expect.
  private func cleared(_ row: FlowEvidence) -> Finding? {
    guard row[.rst] > 0, row[.srcSYNShare1s] >= 0.3, row[.pairFlows60s] >= pair else { return nil }
    return sustained(row)
  }

  private func spread(_ row: FlowEvidence) -> Finding? {
    let bar = row.isLate ? 2 * strangers : strangers
    let fails =
      row.isLate
      ? row[.dstFailedShare100] >= failed
      : row[.svcHalfOpen1s] >= pace && 1 - row.serviceHalfOpenShare <= completed
    guard row.isStranger, fails, row[.svcFlows60s] >= bar else { return nil }
    return finding(
      row[.svcFlows60s], over: bar,
      because: "\(row.said(.svcFlows60s, atLeast: bar)) of strangers, failed share "
        + share(row.isLate ? row[.dstFailedShare100] : row.serviceHalfOpenShare))
  }
}
