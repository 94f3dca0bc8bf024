import Tables

/// Guessing passwords. MITRE ATT&CK T1110, Brute Force.
///
/// A row takes part if it is one source's TCP flow to a login port (21, 22, 23, 1883, 2222, 2323,
/// 3389), handshake completed, it is over (FIN or RST), and it stayed as small as a refused login:
/// both ends spoke, the source at most 6,000 B (at most 512 B where the login is not encrypted);
/// over MQTT one packet each way, as CONNECT and CONNACK are. The window: `pair_flows_60s` ≥ 8, all
/// to this one port.
///
/// Innocents: an administrator's sessions (few); copies by `scp` or FTP (larger); an MQTT client
/// that loses its connection again and again (it subscribes or publishes in between); a browser
/// that opens many flows to the same machine's web server (more than one port).
///
/// Blind spots: fewer than 8 tries a minute; many tries in one session; a source that also speaks
/// to other ports of that host in the same minute; scripts that log in rightly 8 times a minute
/// and do next to nothing look the same.
struct BruteForce: Detector {
  static let name = "brute_force"
  let attack = Attack.bruteForce

  /// Sessions of one pair. 1/min.
  var sessions = 8.0
  /// The most a source says in an encrypted session. B.
  var encrypted = 6000.0
  /// The most it says in a clear one. B.
  var clear = 512.0

  private static let encryptedPorts: Set<UInt16> = [22, 2222, 3389]
  private static let clearPorts: Set<UInt16> = [21, 23, 2323, 1883]

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    sessions = try threshold("brute_force.sessions", sessions)
    encrypted = try threshold("brute_force.encrypted_bytes", encrypted)
    clear = try threshold("brute_force.clear_bytes", clear)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP, row.hasOneSource, row.isEstablished, row.isConversation,
      row[.fin] + row[.rst] > 0, isSmall(row),
      row[.pairFlows60s] >= sessions, row[.pairPorts60s] < 1.5
    else { return nil }
    return finding(
      row[.pairFlows60s], over: sessions,
      because: "\(row.said(.pairFlows60s, atLeast: sessions)) to port "
        + "\(row.identity.destinationPort), \(short(row[.fwdPayload])) B said")
  }

  private func isSmall(_ row: FlowEvidence) -> Bool {
    let port = row.identity.destinationPort
    if Self.encryptedPorts.contains(port) { return row[.fwdPayload] <= encrypted }
    guard Self.clearPorts.contains(port), row[.fwdPayload] <= clear else { return false }
    return port != 1883 || row[.fwdDataPackets] <= 1 && row[.bwdDataPackets] <= 1
  }
}
