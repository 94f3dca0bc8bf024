import Tables

/// Looking for open ports or live hosts. MITRE ATT&CK T1046, Network Service Discovery.
///
/// A row takes part if it is one source's and came to nothing (no handshake, no payload back, no
/// reply), and one of these holds:
///
/// * vertical: `pair_ports_60s` ≥ 20 and `pair_failed_share_60s` > 0.70; ≥ 8 is a hint;
/// * horizontal: `src_hosts_60s` ≥ 30 (ARP: 64; within the network 16 are a hint) and `src_failed_share_60s` > 0.70, and the source
///   looks for few services: `src_ports_60s` at most half its hosts (TCP and UDP);
/// * slow: `src_failed_targets_1h` ≥ 60 (Zeek counts 25 hosts or 15 ports in 5 minutes; the wider
///   the window, the more an honest host meets), `src_failed_share_100` ≥ 0.70, and no more than half
///   of the source's flows of the last minute went to one target again and again; UDP only in small
///   datagrams, exploited ports only among others.
///
/// Odd flags have a rule of their own, ``OddFlags``.
///
/// Innocents: a monitoring station that polls twenty hosts and is answered; a peer-to-peer client
/// whose peers are gone (each has a port of its own); a resolver whose questions go unanswered (UDP
/// 53 and 123 are no sweep); what a flooded host sends back to made-up sources (SYN-ACK, RST, ICMP
/// errors); multicast; a gateway that asks by ARP for its hosts; a UDP flood to random ports
/// (larger datagrams, or 2,000/s); a SYN flood to random ports (its SYNs come twice within 0.2 s);
/// a device cut off from the world that tries one server of its maker after the other (20 to 29 a
/// minute were seen).
///
/// Blind spots: slower than 60 targets an hour; the first 8 ports or 16 hosts; many sources that
/// share the work; the few open ports that a scan talks to look like honest sessions and are left
/// alone; sweeps for resolvers and clocks. A vulnerability scanner that is wanted belongs on the
/// whitelist.
struct PortScan: Detector {
  static let name = "port_scan"
  let attack = Attack.portScan

  /// Ports of one pair (estimate). 1/min.
  var ports = 20.0
  /// As many are a hint. 1/min.
  var portsHint = 8.0
  /// Hosts of one source (estimate). 1/min.
  var hosts = 30.0
  /// As many within the network are a hint. 1/min.
  var hostsHint = 16.0
  /// The same by ARP. 1/min.
  var neighbours = 64.0
  /// Services of one source that came to nothing (estimate). 1/h.
  var targets = 60.0
  /// What came to nothing must exceed this. Share.
  var failed = 0.70

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    ports = try threshold("port_scan.ports", ports)
    portsHint = try threshold("port_scan.ports_hint", portsHint)
    hosts = try threshold("port_scan.hosts", hosts)
    hostsHint = try threshold("port_scan.hosts_hint", hostsHint)
    neighbours = try threshold("port_scan.neighbours", neighbours)
    targets = try threshold("port_scan.targets", targets)
    failed = try threshold("port_scan.failed_share", failed)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.hasOneSource, !row.isToGroup, isProbe(row) else { return nil }
    return strongest([vertical(row), horizontal(row), slow(row)])
  }

  private func isProbe(_ row: FlowEvidence) -> Bool {
    if row.isTCP {
      return !row.isBackscatter && row[.bwdPayload] == 0 && row.fwdPacketsEach <= 6
    }
    if row.isUDP { return row.isOneWay && (row.isDatagramScan || row.fwdPacketsEach <= 4) }
    if row.isICMP { return row.isRequest && row.isOneWay }
    return row.isARP && row.isOneWay
  }

  private func vertical(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP || row.isDatagramScan, row[.pairPorts60s] >= min(portsHint, ports),
      row[.pairFailedShare60s] > failed, !isFlood(row)
    else { return nil }
    return finding(
      row[.pairPorts60s], hint: portsHint, over: ports,
      because: "\(row.said(.pairPorts60s, atLeast: min(portsHint, ports))), failed share "
        + share(row[.pairFailedShare60s]))
  }

  private func horizontal(_ row: FlowEvidence) -> Finding? {
    let bar = row.isARP ? neighbours : hosts
    let port = row.identity.destinationPort
    let isWithin = !row.isARP && row.identity.destination.isLocal
    let hint = isWithin ? min(hostsHint, bar) : bar
    guard row[.srcHosts60s] >= hint, row[.srcFailedShare60s] > failed,
      !(row.isUDP && (port == 53 || port == 123)), seeksFewServices(row)
    else { return nil }
    return finding(
      row[.srcHosts60s], hint: hint, over: bar,
      because: "\(row.said(.srcHosts60s, atLeast: hint)), failed share "
        + share(row[.srcFailedShare60s]))
  }

  private func isFlood(_ row: FlowEvidence) -> Bool {
    row.isHastySYN && row[.dstHalfOpen1s] >= SYNFlood.manyHalfOpen
  }

  private func slow(_ row: FlowEvidence) -> Finding? {
    let port = row.identity.destinationPort
    guard row.isTCP || row.isDatagramProbe, !isWorm(row), row[.srcFailedTargets1h] >= targets,
      row[.srcFailedShare100] > failed, !isFlood(row), seeksFewServices(row) || isVertical(row),
      !(row.isUDP && (port == 53 || port == 123))
    else { return nil }
    return finding(
      row[.srcFailedTargets1h], over: targets,
      because: "\(row.said(.srcFailedTargets1h, atLeast: targets)), failed share "
        + share(row[.srcFailedShare100]))
  }

  /// ``ExploitProbe``'s business.
  private func isWorm(_ row: FlowEvidence) -> Bool {
    row[.dstPortExploit] > 0 && row[.srcExploitFlows60s] >= row[.srcFlows60s] / 2
  }

  /// Its flows go to port after port of the same host.
  private func isVertical(_ row: FlowEvidence) -> Bool {
    row[.pairFlows60s] < 4 * max(1, row[.pairPorts60s]) && row[.srcHosts60s] < 4
  }

  private func seeksFewServices(_ row: FlowEvidence) -> Bool {
    !row.isTCP && !row.isUDP || row[.srcPorts60s] <= row[.srcHosts60s] / 2
  }
}
