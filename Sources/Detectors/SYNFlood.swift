import Tables

/// Handshakes begun and not completed, by the hundred. MITRE ATT&CK T1499.001, OS Exhaustion Flood.
///
/// A row takes part if its own handshake was begun and not completed (refused ones included), and
/// one of these holds:
///
/// * service: `svc_half_open_1s` ≥ 50 and at most 0.20 of the service's new flows completed;
/// * host: `dst_half_open_1s` ≥ 100 and `dst_completed_share_1s` ≤ 0.20, and the pair's ports are
///   few (else it is a port scan);
/// * sustained, for slow floods from one source: `pair_flows_60s` ≥ 100 and at least 0.90 of them
///   came to nothing, to fewer than 5 ports.
///
/// Innocents: a flash crowd (handshakes complete); clients of a flooded server whose handshake
/// completed; some dozens of devices that knock at a broker that is down; a port scan.
///
/// Blind spots: made-up sources below 50 SYNs a second look like the clients of a server that is
/// down, and an honest client's SYN that the flood drowned looks like the flood's own. One source
/// that opens a port a packet is called a scan. A client that retries without pause, more than 100
/// times a minute, is called a flood: to its server it is one.
struct SYNFlood: Detector {
  static let name = "syn_flood"
  let attack = Attack.synFlood

  /// Half-open handshakes at one service. 1/s.
  var service = 50.0
  /// Half-open handshakes at one host. 1/s.
  var host = 100.0
  /// The most that may complete. Share.
  var completed = 0.20
  /// Flows of one pair. 1/min.
  var pair = 100.0
  /// The least of these that came to nothing. Share.
  var failed = 0.90
  /// Ports of a pair from which on it is a scan.
  var scanPorts = 20.0
  private let fewPorts = 5.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    service = try threshold("syn_flood.half_open", service)
    host = try threshold("syn_flood.host_half_open", host)
    completed = try threshold("syn_flood.completed_share", completed)
    pair = try threshold("syn_flood.pair_flows", pair)
    failed = try threshold("syn_flood.failed_share", failed)
    scanPorts = try threshold("port_scan.ports", scanPorts)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isHalfOpen else { return nil }
    return strongest([atService(row), atHost(row), sustained(row)])
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
      !row.hasOneSource || row[.pairPorts60s] < scanPorts
    else { return nil }
    return finding(
      row[.dstHalfOpen1s], over: host,
      because: "\(row.said(.dstHalfOpen1s, atLeast: host)), completed share \(share(done))")
  }

  private func sustained(_ row: FlowEvidence) -> Finding? {
    guard row.hasOneSource, row[.pairFlows60s] >= pair, row[.pairFailedShare60s] >= failed,
      row[.pairPorts60s] < fewPorts
    else { return nil }
    return finding(
      row[.pairFlows60s], over: pair,
      because: "\(row.said(.pairFlows60s, atLeast: pair))"
        + ", failed share \(share(row[.pairFailedShare60s]))")
  }
}
