import Tables

/// Answers nobody asked for, from servers asked in the victim's name. MITRE ATT&CK T1498.002,
/// Reflection Amplification.
///
/// A row takes part if it is UDP to one host, nothing went back, its ports differ, and such answers
/// come in numbers. Their number is that of packets to the row's service (a victim's port that
/// stays), or of new UDP flows to the host (ports that change):
///
/// * ≥ 100/s of any size, from a reflector's port;
/// * ≥ 20/s of answers of 200 B or more, from a reflector's port that is not discovery's;
/// * slow: `dst_flows_60s` ≥ 60, half of the last hundred flows on the wire came from this port to
///   this host (`ct_dst_sport_ltm` ≥ 50), from a reflector's port that is not discovery's; or, in a row
///   that is written after a silence, `dst_failed_share_100` ≥ 0.70;
/// * general, any source port below 49152: ≥ 100/s of 200 B or more on average, the host answers at
///   most 0.10 of what it gets, `dst_sources_1s` ≥ 20, and `ct_dst_sport_ltm` ≥ 50.
///
/// Innocents: a resolver, clock or SNMP station whose questions were seen (the answers are then
/// the backward half of its own flow); answers to multicast searches (SSDP, mDNS, WS-Discovery),
/// which come singly by the dozen; peers that use the service's port at both ends (NTP, BACnet,
/// NetBIOS); one server that streams to one client (one source).
///
/// Blind spots: reflectors on ports not listed here that answer in small datagrams; a capture that
/// hears one direction only sees every answer as unasked: raise `amplification.answers` and
/// `amplification.slow` there; a victim's port that equals the service's; a folded row without source
/// port; the reflector's own side, where questions in the victim's name look like any client's.
struct Amplification: Detector {
  static let name = "amplification"
  let attack = Attack.amplification

  /// Answers to one service or host. 1/s.
  var answers = 100.0
  /// The same, of large ones. 1/s.
  var largeAnswers = 20.0
  /// What a large answer carries. B.
  var size = 200.0
  /// Flows to a host that gets little else. 1/min.
  var slow = 60.0
  /// Servers that answer, where the port is no known reflector's. 1/s.
  var sources = 20.0
  /// The most that the host itself sends. Share.
  var replies = 0.10
  private let half = 50.0
  private let lost = 0.70

  /// Echo's heirs, TFTP, DNS, portmapper, NTP, NetBIOS, SNMP, LDAP, SLP, RIP, IPMI, MS SQL, SSDP,
  /// Apple remote desktop, WS-Discovery, mDNS, CoAP, Ubiquiti, memcached, VxWorks, Steam, Quake,
  /// Dahua recorders, BACnet (the list of US-CERT TA14-017A and what came since).
  static let reflectors: Set<UInt16> = [
    17, 19, 53, 69, 111, 123, 137, 161, 389, 427, 520, 623, 1434, 1900, 3283, 3702, 5353, 5683,
    10001, 11211, 17185, 27015, 27960, 37810, 47808,
  ]
  private static let discovery: Set<UInt16> = [137, 427, 1900, 3702, 5353]
  private static let ephemeral: UInt16 = 49152

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    answers = try threshold("amplification.answers", answers)
    largeAnswers = try threshold("amplification.large_answers", largeAnswers)
    size = try threshold("amplification.size", size)
    slow = try threshold("amplification.slow", slow)
    sources = try threshold("amplification.sources", sources)
    replies = try threshold("amplification.reply_share", replies)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let port = row.identity.sourcePort
    guard row.isUDP, row.isOneWay, !row.isToGroup, port != row.identity.destinationPort, port > 0
    else { return nil }
    return Self.reflectors.contains(port)
      ? strongest([fast(row), slow(row)]) : general(row)
  }

  private func isDiscovery(_ row: FlowEvidence) -> Bool {
    Self.discovery.contains(row.identity.sourcePort)
  }

  private func rate(_ row: FlowEvidence) -> Double {
    max(row[.svcPackets1s], min(row[.dstUDP1s], row[.dstFlows1s]))
  }

  private func fast(_ row: FlowEvidence) -> Finding? {
    let isLarge = row[.fwdLengthMean] >= size && !isDiscovery(row)
    return finding(row, rate(row), over: isLarge ? largeAnswers : answers, "unasked answers/s")
  }

  private func slow(_ row: FlowEvidence) -> Finding? {
    let isMost = row.isLate ? row[.dstFailedShare100] >= lost : row[.ctDstSport] >= half
    guard isMost, row[.srcVerified] == 0, !isDiscovery(row) else { return nil }
    return finding(row, row[.dstFlows60s], over: slow, "dst_flows_60s, mostly unasked answers,")
  }

  private func general(_ row: FlowEvidence) -> Finding? {
    guard row.identity.sourcePort < Self.ephemeral, row[.fwdLengthMean] >= size,
      row[.dstSources1s] >= sources, row[.dstReplyShare1s] <= replies, row[.ctDstSport] >= half
    else { return nil }
    return finding(row, rate(row), over: answers, "datagrams/s of one source port")
  }

  private func finding(
    _ row: FlowEvidence, _ value: Double, over bar: Double, _ words: String
  ) -> Finding? {
    guard value >= bar else { return nil }
    return finding(
      value, over: bar,
      because: "\(words) \(short(value)) >= \(short(bar)) from port \(row.identity.sourcePort), "
        + "mean \(short(row[.fwdLengthMean])) B")
  }
}
