import Tables

/// Answers nobody asked for, from servers asked in the victim's name. MITRE ATT&CK T1498.002,
/// Reflection Amplification.
///
/// A row takes part if it is UDP from a reflector's port to one host, nothing went back, and such
/// answers come in numbers. Their number is that of packets to the row's service (a victim's port
/// that stays), or of new UDP flows to the host (ports that change):
///
/// * ≥ 100/s of any size;
/// * ≥ 20/s of answers of 200 B or more, from a port that is not discovery's.
///
/// Innocents: a resolver, clock or SNMP station whose questions were seen (the answers are then
/// the backward half of its own flow); answers to multicast searches (SSDP, mDNS, WS-Discovery),
/// which come singly by the dozen; peers that use the service's port at both ends (NTP, BACnet,
/// NetBIOS).
///
/// Blind spots: reflectors on ports not listed here; a capture that hears one direction only sees
/// every answer as unasked: raise `amplification.answers` there; a victim's port that equals the
/// service's; a folded row without source port.
struct Amplification: Detector {
  static let name = "amplification"
  let attack = Attack.amplification

  /// Answers to one service or host. 1/s.
  var answers = 100.0
  /// The same, of large ones. 1/s.
  var largeAnswers = 20.0
  /// What a large answer carries. B.
  var size = 200.0

  /// Echo's heirs, TFTP, DNS, portmapper, NTP, NetBIOS, SNMP, LDAP, SLP, RIP, IPMI, MS SQL, SSDP,
  /// Apple remote desktop, WS-Discovery, mDNS, CoAP, Ubiquiti, memcached, VxWorks, Steam, Quake,
  /// Dahua recorders, BACnet (the list of US-CERT TA14-017A and what came since).
  static let reflectors: Set<UInt16> = [
    17, 19, 53, 69, 111, 123, 137, 161, 389, 427, 520, 623, 1434, 1900, 3283, 3702, 5353, 5683,
    10001, 11211, 17185, 27015, 27960, 37810, 47808,
  ]
  private static let discovery: Set<UInt16> = [137, 427, 1900, 3702, 5353]

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    answers = try threshold("amplification.answers", answers)
    largeAnswers = try threshold("amplification.large_answers", largeAnswers)
    size = try threshold("amplification.size", size)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let port = row.identity.sourcePort
    guard row.isUDP, row.isOneWay, !row.isToGroup, Self.reflectors.contains(port),
      port != row.identity.destinationPort
    else { return nil }
    let value = max(row[.svcPackets1s], min(row[.dstUDP1s], row[.dstFlows1s]))
    let isLarge = row[.fwdLengthMean] >= size && !Self.discovery.contains(port)
    let bar = isLarge ? largeAnswers : answers
    guard value >= bar else { return nil }
    return finding(
      value, over: bar,
      because: "unasked answers/s \(short(value)) >= \(short(bar)) from port \(port), mean "
        + "\(short(row[.fwdLengthMean])) B")
  }
}
