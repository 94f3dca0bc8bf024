import Tables

/// More ICMP than a host should get. MITRE ATT&CK T1498.001, Direct Network Flood.
///
/// A row takes part if it is ICMP to one host and one of these holds:
///
/// * window: `dst_icmp_1s` ≥ 100, and nothing came back, or its source alone sends the host 50
///   packets a second, or it is one or two packets of a source that nothing vouches for, one of 50
///   or more in this second;
/// * sustained: 300 requests or more in the flow at 8/s or more, or `pair_flows_60s` ≥ 300; 50 requests
///   at that pace are a hint;
/// * strangers, slow: requests, `svc_flows_60s` ≥ 60 while `dst_icmp_1s` ≥ 8, or in a row that is
///   written after a silence; each from a source that nothing vouches for, in its first flows.
///
/// Answers and errors (echo replies, unreachable, time exceeded) only count as a flood at a host
/// that is silent itself (`dst_reply_share_1s` ≤ 0.10: a host that asks is answered) and gets no
/// more UDP than ICMP (the errors that a reflection or a UDP flood brings back are its shadow).
///
/// Innocents: a station that pings twenty hosts once a second; a ping at the same time as a flood;
/// the errors that a port scan or a UDP flood brings back; neighbour discovery (multicast, or few).
///
/// Blind spots: below 8/s; `ping -f` and `mtr -i 0.1` by an administrator are floods to this rule.
struct ICMPFlood: Detector {
  static let name = "icmp_flood"
  let attack = Attack.icmpFlood

  /// ICMP packets to one host. 1/s.
  var packets = 100.0
  /// Requests of one flow that goes on.
  var sustained = 300.0
  /// As many are a hint.
  var hint = 50.0
  /// Their pace. 1/s.
  var pace = 8.0
  /// Flows of one pair. 1/min.
  var pair = 300.0
  /// Flows of strangers to one host. 1/min.
  var strangers = 60.0
  /// What a host that gets answers and errors must stay below to be a victim. Share.
  var replies = 0.10
  private let loud = 50.0
  private let crowd = 50.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    packets = try threshold("icmp_flood.packets", packets)
    sustained = try threshold("icmp_flood.sustained", sustained)
    hint = try threshold("icmp_flood.hint", hint)
    pace = try threshold("icmp_flood.pace", pace)
    pair = try threshold("icmp_flood.pair_flows", pair)
    strangers = try threshold("icmp_flood.strangers", strangers)
    replies = try threshold("icmp_flood.reply_share", replies)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isICMP, !row.isToGroup else { return nil }
    guard row.isRequest || isAlone(row) else { return nil }
    return strongest([window(row), flow(row), pair(row), spread(row)])
  }

  private func isAlone(_ row: FlowEvidence) -> Bool {
    row[.dstReplyShare1s] <= replies && row[.dstUDP1s] <= row[.dstICMP1s]
  }

  private func spread(_ row: FlowEvidence) -> Finding? {
    guard row.isRequest, row.isStranger, row.fwdPacketsEach <= 2, row[.svcFlows60s] >= strangers,
      row.isLate || row[.dstICMP1s] >= pace
    else { return nil }
    return finding(
      row[.svcFlows60s], over: strangers,
      because: "\(row.said(.svcFlows60s, atLeast: strangers)) of strangers")
  }

  private func window(_ row: FlowEvidence) -> Finding? {
    let isStranger =
      row[.srcVerified] == 0 && row.fwdPacketsEach <= 2 && row[.dstSources1s] >= crowd
    guard row[.dstICMP1s] >= packets,
      row.isOneWay || row.hasOneSource && row[.pairPackets1s] >= loud || isStranger
    else { return nil }
    return finding(
      row[.dstICMP1s], over: packets,
      because: "\(row.said(.dstICMP1s, atLeast: packets)), type \(short(row[.icmpType]))")
  }

  private func flow(_ row: FlowEvidence) -> Finding? {
    guard row.isRequest, row.hasOneSource, row[.folded] <= 1,
      row[.fwdPackets] >= min(hint, sustained),
      row[.fwdPacketsPerSecond] >= pace
    else { return nil }
    return finding(
      row[.fwdPackets], hint: hint, over: sustained,
      because: "\(row.said(.fwdPackets, atLeast: min(hint, sustained))) at "
        + "\(short(row[.fwdPacketsPerSecond]))/s")
  }

  private func pair(_ row: FlowEvidence) -> Finding? {
    guard row.isRequest, row.hasOneSource, row[.pairFlows60s] >= pair,
      row.fwdPacketsEach <= 4
    else { return nil }
    return finding(
      row[.pairFlows60s], over: pair, because: row.said(.pairFlows60s, atLeast: pair))
  }
}

extension FlowEvidence {
  /// ICMP that asks: echo, timestamp, mask, and ICMPv6 echo (RFC 792, RFC 950, RFC 4443).
  var isRequest: Bool {
    let type = self[.icmpType]
    return identity.ipProtocol == 58 ? type == 128 : type == 8 || type == 13 || type == 17
  }
}
