import Tables

/// A service flooded by many at once, or with segments of no connection. MITRE ATT&CK T1498.001,
/// Direct Network Flood.
///
/// A row takes part if one of these holds:
///
/// * swarm: `svc_sources_1s` ≥ 50, and its own handshake was not completed while at least 0.80 of
///   the service's were not either; or it is UDP of a few packets without answer while the
///   service answers at most 0.20, and the sources come back (3 packets a source or more: made-up
///   ones do not, and are a UDP flood);
/// * streams: UDP without answer, the service gets ≥ 1,000/s from at least 20 like this one and
///   answers at most 0.05;
/// * segments of no connection: TCP without SYN, of at most 3 packets, answered by nothing or RST;
///   the service gets ≥ 100 such flows a second; or ≥ 200 a minute of strangers while at least 8 a
///   second come, or `dst_failed_share_100` is ≥ 0.90 when the row is written after a silence or RST;
/// * dropped: handshake completed, not a byte said, RST; `svc_sources_1s` ≥ 50 and ≥ 100 flows a
///   second.
///
/// A flood of SYNs is a SYN flood however many send it: that rule is at least as sure.
///
/// Innocents: update day, many clients at once that complete and speak; connections that were
/// there before the capture began (both ends speak); collectors of logs; a FIN, NULL or ACK scan
/// (20 ports of a pair or more); multicast.
///
/// Blind spots: many who complete and ask (HTTP) look like a crowd; the number of sources is an
/// estimate, ± 13 %; one long connection forged by one source is left alone, as the other half may
/// have taken another way.
struct DDoS: Detector {
  static let name = "ddos"
  let attack = Attack.ddos

  /// Sources that opened flows to the service. 1/s.
  var sources = 50.0
  /// New flows of no connection to the service. 1/s.
  var flows = 100.0
  /// UDP packets to the service. 1/s.
  var packets = 1000.0
  /// The most that may complete or be answered. Share.
  var answered = 0.20
  /// Segments of no connection from strangers. 1/min.
  var strangers = 200.0
  private let comeBack = 3.0
  private let pace = 8.0
  private let lost = 0.90
  private let peers = 20.0
  private let scanPorts = 20.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    sources = try threshold("ddos.sources", sources)
    flows = try threshold("ddos.flows", flows)
    packets = try threshold("ddos.packets", packets)
    strangers = try threshold("ddos.strangers", strangers)
    answered = try threshold("ddos.answered_share", answered)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP || row.isUDP, !row.isToGroup else { return nil }
    return row.isTCP
      ? strongest([swarm(row), segments(row), strays(row), dropped(row)])
      : strongest([datagramSwarm(row), streams(row)])
  }

  private func crowd(_ row: FlowEvidence) -> Double { min(row[.svcSources1s], row[.svcFlows1s]) }

  private func swarm(_ row: FlowEvidence) -> Finding? {
    let done = 1 - row.serviceHalfOpenShare
    guard row.isHalfOpen, !row.isBystander, crowd(row) >= sources, done <= answered else {
      return nil
    }
    return finding(crowd(row), over: sources, because: words(row, "completed share \(share(done))"))
  }

  private func datagramSwarm(_ row: FlowEvidence) -> Finding? {
    let bar = sources * Collector.patience(row)
    guard row.isOneWay, crowd(row) >= bar, row[.svcReplyShare1s] <= answered,
      row[.svcPackets1s] >= comeBack * row[.svcSources1s]
    else { return nil }
    return finding(
      crowd(row), over: bar,
      because: words(row, "reply share \(share(row[.svcReplyShare1s]))"))
  }

  private func streams(_ row: FlowEvidence) -> Finding? {
    let bar = packets * Collector.patience(row)
    guard row.isOneWay, row.hasOneSource, row[.svcPackets1s] >= bar,
      row[.svcReplyShare1s] <= answered / 4,
      row[.svcPackets1s] >= peers * max(1, row[.pairPackets1s])
    else { return nil }
    return finding(
      row[.svcPackets1s], over: bar,
      because: "\(row.said(.svcPackets1s, atLeast: bar)), of this pair "
        + "\(short(row[.pairPackets1s])), reply share \(share(row[.svcReplyShare1s]))")
  }

  private func segments(_ row: FlowEvidence) -> Finding? {
    let isScan = row.hasOneSource && row[.pairPorts60s] >= scanPorts
    guard row.isStray, row[.svcFlows1s] >= flows, !isScan else { return nil }
    return finding(
      row[.svcFlows1s], over: flows,
      because: "\(row.said(.svcFlows1s, atLeast: flows)), segments of no connection, "
        + "\(short(row[.svcSources1s])) sources")
  }

  private func strays(_ row: FlowEvidence) -> Finding? {
    let goesOn = row[.svcFlows1s] >= pace || row[.dstFailedShare100] >= lost
    guard row.isStray, row.isStranger, goesOn, row[.svcFlows60s] >= strangers else { return nil }
    return finding(
      row[.svcFlows60s], over: strangers,
      because: "\(row.said(.svcFlows60s, atLeast: strangers)), segments of no connection")
  }

  private func dropped(_ row: FlowEvidence) -> Finding? {
    guard row.isEstablished, row[.rst] > 0, row[.fwdPayload] == 0, row[.bwdPayload] == 0,
      row[.svcFlows1s] >= flows, crowd(row) >= sources
    else { return nil }
    return finding(crowd(row), over: sources, because: words(row, "connected and dropped"))
  }

  private func words(_ row: FlowEvidence, _ more: String) -> String {
    "\(row.said(.svcSources1s, atLeast: sources)), \(more)"
  }
}
