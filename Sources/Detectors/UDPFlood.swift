import Tables

/// More datagrams than a host can take, and nobody answers them. MITRE ATT&CK T1498.001, Direct
/// Network Flood.
///
/// A row takes part if it is UDP to one host and one of these holds:
///
/// * scattered, a flow of every packet or two: new flows and UDP packets to the host both ≥ 100/s,
///   `svc_reply_share_1s` ≤ 0.20, and nothing came back (or its source alone sends the host 100
///   packets a second in as many flows);
/// * loud: one source opens ≥ 500 flows a second to the host, answered or not;
/// * stream, ports that stay: the flow itself and its pair ≥ 1,000/s of datagrams that carry less
///   than 200 B, or ≥ 5,000/s of larger ones; nothing came back;
/// * one source, slow: `pair_flows_60s` ≥ 100 of a few datagrams each, to fewer than 5 ports, and at
///   least 0.40 of them came to nothing; ≥ 20 while `src_flows_1s` ≥ 8 is a hint;
/// * strangers, slow: `svc_flows_60s` ≥ 100 while `svc_flows_1s` ≥ 8 and the service answers at
///   most 0.20; or, in a row that is written after a silence, `dst_flows_60s` ≥ 100 and
///   `dst_failed_share_100` ≥ 0.90. The row's source is one that nothing vouches for, in its first
///   flows to the host, or in such a row one whose flows to 100 services or more an hour came to nothing,
///   and got no answer.
///
/// Innocents: a name server (it answers), and whoever asks one that is down (port 53 is left out of
/// the slow rule for one source); video to a viewer, one way, in one flow, some hundred
/// large datagrams a second (a camera's 10 Mbit/s are about 1,000); voice (50/s); collectors of
/// logs, traps and flow records, which never answer (their ports ask for ten times as much);
/// multicast and broadcast. A UDP port scan: small datagrams of one source to 20 ports or more,
/// below 2,000/s.
///
/// Blind spots: floods below 8/s; slow floods in one flow (telemetry looks the same); queries of many sources that the victim answers one by one (a
/// flood of DNS questions looks like a busy resolver; one source is believed up to 500/s); a stream of large datagrams below 5,000/s looks like
/// video; small datagrams to random ports below 2,000/s look like a scan and are called one.
struct UDPFlood: Detector {
  static let name = "udp_flood"
  let attack = Attack.udpFlood

  /// New flows to one host, and UDP packets. 1/s.
  var scattered = 100.0
  /// Flows of one pair, answered or not. 1/s.
  var loud = 500.0
  /// Datagrams of one flow. 1/s.
  var stream = 1000.0
  /// The same for datagrams that may be video. 1/s.
  var largeStream = 5000.0
  /// The most that may be answered. Share.
  var replies = 0.20
  /// Flows of one pair that mostly come to nothing. 1/min.
  var pair = 100.0
  /// As many are a hint at `pace`. 1/min.
  var burst = 20.0
  /// New flows, of one source or to one service. 1/s.
  var pace = 8.0
  /// The least of a pair's flows that come to nothing. Share.
  var failed = 0.40
  /// Flows of strangers to one service. 1/min.
  var strangers = 100.0
  private let small = 200.0
  private let lost = 0.90
  private let fewPorts = 5.0
  private static let names: Set<UInt16> = [53, 5353]

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    scattered = try threshold("udp_flood.flows", scattered)
    loud = try threshold("udp_flood.loud", loud)
    stream = try threshold("udp_flood.stream", stream)
    largeStream = try threshold("udp_flood.large_stream", largeStream)
    replies = try threshold("udp_flood.reply_share", replies)
    pair = try threshold("udp_flood.pair_flows", pair)
    burst = try threshold("udp_flood.pair_burst", burst)
    pace = try threshold("udp_flood.pace", pace)
    failed = try threshold("udp_flood.failed_share", failed)
    strangers = try threshold("udp_flood.strangers", strangers)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isUDP, !row.isToGroup else { return nil }
    return strongest([scattered(row), loud(row), stream(row), sustained(row), spread(row)])
  }

  private func scattered(_ row: FlowEvidence) -> Finding? {
    let bar = scattered * Collector.patience(row)
    let value = min(row[.dstFlows1s], row[.dstUDP1s])
    guard value >= bar, row[.svcReplyShare1s] <= replies, row.fwdPacketsEach <= 4,
      row.isOneWay || rate(row) >= scattered, !row.isDatagramScan
    else { return nil }
    return finding(
      value, over: bar,
      because: "dst_flows_1s and dst_udp_1s \(short(value)) >= \(short(bar))"
        + ", reply share \(share(row[.svcReplyShare1s]))")
  }

  private func stream(_ row: FlowEvidence) -> Finding? {
    let isLarge = row[.fwdLengthMean] >= small
    let bar = (isLarge ? largeStream : stream) * Collector.patience(row)
    let value = min(row[.pairPackets1s], row[.fwdPacketsPerSecond])
    guard row.isOneWay, row.hasOneSource, value >= bar else { return nil }
    return finding(
      value, over: bar,
      because: "packets/s of one flow \(short(value)) >= \(short(bar)), mean "
        + "\(short(row[.fwdLengthMean])) B, no reply")
  }

  private func loud(_ row: FlowEvidence) -> Finding? {
    guard rate(row) >= loud, row.fwdPacketsEach <= 4, !row.isDatagramScan else { return nil }
    return finding(
      rate(row), over: loud, because: "flows/s of one pair \(short(rate(row))) >= \(short(loud))")
  }

  private func sustained(_ row: FlowEvidence) -> Finding? {
    let bar = pair * Collector.patience(row)
    let hint = row[.srcFlows1s] >= pace ? burst * Collector.patience(row) : bar
    guard isSlow(row), row.hasOneSource, row[.pairFlows60s] >= hint,
      row[.pairPorts60s] < fewPorts, row[.pairFailedShare60s] >= failed,
      !Self.names.contains(row.identity.destinationPort)
    else { return nil }
    return finding(
      row[.pairFlows60s], hint: hint, over: bar,
      because: "\(row.said(.pairFlows60s, atLeast: hint)), failed share "
        + share(row[.pairFailedShare60s]))
  }

  private func spread(_ row: FlowEvidence) -> Finding? {
    let bar = strangers * Collector.patience(row)
    let measure: Measure = row.isLate ? .dstFlows60s : .svcFlows60s
    let fails =
      row.isLate
      ? row[.dstFailedShare100] >= lost
      : row[.svcFlows1s] >= pace && row[.svcReplyShare1s] <= replies
    guard isSlow(row), row.isStranger || isSpent(row), row.isOneWay, fails, row[measure] >= bar
    else { return nil }
    return finding(
      row[measure], over: bar, because: "\(row.said(measure, atLeast: bar)) of strangers, no reply")
  }

  /// The last row of a flood from one source to port after port.
  private func isSpent(_ row: FlowEvidence) -> Bool {
    row.isLate && row[.srcFailedShare100] >= lost && row[.srcFailedTargets1h] >= strangers
      && !row.isDatagramProbe
  }

  private func isSlow(_ row: FlowEvidence) -> Bool {
    row.fwdPacketsEach <= 4 && !row.isDatagramScan
  }

  /// Flows a second that the row's source opens to its destination, at most.
  private func rate(_ row: FlowEvidence) -> Double {
    row.hasOneSource ? min(row[.pairPackets1s], row[.pairFlows60s], row[.srcFlows1s]) : 0
  }
}

extension FlowEvidence {
  /// As small as what scanners send: most of theirs are empty.
  var isDatagramProbe: Bool { isUDP && self[.fwdLengthMean] < 64 && self[.pairSizeMean] < 24 }

  /// Datagrams of one source that look for ports rather than fill a line: under 64 B, on average
  /// under 24 B (a scanner's are mostly empty), to 20 ports of one host or more, below 2,000/s.
  var isDatagramScan: Bool {
    isDatagramProbe && hasOneSource && self[.pairPorts60s] >= 20 && self[.pairPackets1s] < 2000
  }
}

/// Services that take datagrams and never answer: SNMP traps, syslog, NetFlow, IPFIX, sFlow, statsd.
enum Collector {
  private static let ports: Set<UInt16> = [162, 514, 2055, 4739, 6343, 8125, 9995, 9996]

  /// What thresholds are multiplied by.
  static func patience(_ row: FlowEvidence) -> Double {
    ports.contains(row.identity.destinationPort) ? 10 : 1
  }
}
