import Tables

/// Segments that no TCP sends, by which scanners ask what is open and which system it is: NULL, FIN
/// or XMAS without ACK, SYN with FIN. MITRE ATT&CK T1046, Network Service Discovery.
///
/// A row takes part if it is one source's, of at most 3 segments that carry nothing, answered by
/// nothing or RST, and
///
/// * none of them had ACK, SYN or RST (RFC 9293: every segment but the first of a connection has
///   ACK), and it had FIN with URG; or nothing came back and the pair tried two ports or more; or
/// * SYN came with FIN or URG in one segment.
///
/// The segment itself is the evidence, so one is worth a confidence of 0.60; a flood of them to one
/// port is left to ``DDoS``.
///
/// Innocents: the last FIN of a connection that was there before the capture began (it has ACK).
///
/// Blind spots: ACK and window scans (``PortScan`` sees them by their number); a lone NULL or FIN, and
/// one that a closed port refused: counters cannot tell NULL and RST-ACK from ACK and RST.
struct OddFlags: Detector {
  static let name = "odd_flags"
  let attack = Attack.portScan

  /// New flows to the service from which on it is a flood. 1/s.
  var flood = 100.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    flood = try threshold("ddos.flows", flood)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP, row.hasOneSource, row[.fwdPayload] == 0, row.fwdPacketsEach <= 3,
      row[.bwdPackets] <= row[.bwdRST] + row[.synCount], row[.svcFlows1s] < flood,
      isNaked(row) || row.isContradictory
    else { return nil }
    return finding(
      max(1, row[.pairPorts60s]), over: 1, floor: 0.60,
      because: "flags no TCP sends, pair_ports_60s \(short(row[.pairPorts60s]))")
  }

  private func isNaked(_ row: FlowEvidence) -> Bool {
    let isXMAS = row[.fin] > 0 && row[.urg] > 0
    let isSilent = row.isOneWay && row[.pairPorts60s] >= 1.5
    return row[.synCount] == 0 && row[.fwdRST] == 0 && row[.ackCount] <= row[.bwdPackets]
      && row[.bwdPackets] == row[.bwdRST] && (isXMAS || isSilent)
  }
}
