import Tables

/// Another host's address claimed by ARP or neighbour discovery. MITRE ATT&CK T1557.002, ARP Cache
/// Poisoning.
///
/// A row takes part if it is ARP or neighbour discovery and one of these holds:
///
/// * taken: it moved an address to another MAC (`arp_rebinds` ≥ 1), and the MAC behind it claims two
///   addresses or more (`arp_claims`), or nobody had asked (`arp_unasked` ≥ 1);
/// * insisted: `arp_unasked` ≥ 3 in one flow, from a MAC that claims two addresses or more.
///
/// Innocents: a host that got a new network card, or an address that DHCP gave to another (one move,
/// asked for, one claim); gratuitous ARP at boot (no move, one claim); a router with several addresses
/// that answers for each (asked for, no move).
///
/// Blind spots: a claim made before the capture began and never repeated; a poisoner that answers
/// only when asked and claims one address that nobody had; routers that share an address
/// (VRRP, HSRP, keepalived) look like poisoners when they fail over. It cannot block: the address is
/// the victim's.
struct ARPSpoof: Detector {
  static let name = "arp_spoof"
  let attack = Attack.arpSpoof

  /// Moves of an address to another MAC, in one flow.
  var rebinds = 1.0
  /// Claims that nobody asked for, in one flow.
  var unasked = 3.0
  /// Addresses of the MAC that claims.
  var claims = 2.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    rebinds = try threshold("arp_spoof.rebinds", rebinds)
    unasked = try threshold("arp_spoof.unasked", unasked)
    claims = try threshold("arp_spoof.claims", claims)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isARP || row.identity.ipProtocol == 58 else { return nil }
    return strongest([taken(row), insisted(row)])
  }

  private func taken(_ row: FlowEvidence) -> Finding? {
    let isBold = row[.arpClaims] >= claims || row[.arpUnasked] >= 1
    guard row[.arpRebinds] >= rebinds, row[.arpRebinds] > 0, isBold else { return nil }
    return finding(
      row[.arpRebinds], over: rebinds, floor: 0.70,
      because: "\(row.said(.arpRebinds, atLeast: rebinds)), \(short(row[.arpClaims])) addresses "
        + "claimed by \(row.identity.sourceMAC)")
  }

  private func insisted(_ row: FlowEvidence) -> Finding? {
    guard row[.arpUnasked] >= unasked, row[.arpClaims] >= claims else { return nil }
    return finding(
      row[.arpUnasked], over: unasked,
      because: "\(row.said(.arpUnasked, atLeast: unasked)), \(short(row[.arpClaims])) addresses "
        + "claimed by \(row.identity.sourceMAC)")
  }
}
