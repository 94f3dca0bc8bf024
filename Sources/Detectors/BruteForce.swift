import Tables

/// Guessing passwords. MITRE ATT&CK T1110, Brute Force.
///
/// A row takes part if one of these holds:
///
/// * sessions: it is one source's TCP flow to a login port (21, 22, 23, 1883, 2222, 2323, 3389),
///   handshake completed, it is over (FIN or RST), and it stayed as small as a refused login: both ends
///   spoke, the source at most 6,000 B (at most 512 B where the login is not encrypted); over MQTT one
///   packet each way, as CONNECT and CONNACK are. The window: `pair_flows_60s` ≥ 8, all to this one
///   port;
/// * refused: logins were refused in the flow itself (`login_failures`), and
///   `pair_login_failures_10m` ≥ 6, or 12 over SSH, where refusals are guessed from sizes and unwanted
///   keys count; or, many accounts or hosts tried (password spraying), `src_login_failures_10m` ≥ 12,
///   or 24 over SSH. A small session at a login port takes part in that window, too, before it is
///   refused.
///
/// Innocents: an administrator's sessions (few); copies by `scp` or FTP (larger); an MQTT client
/// that loses its connection again and again (it subscribes or publishes in between); a browser
/// that opens many flows to the same machine's web server (more than one port); someone who mistypes
/// (five times in ten minutes); an agent that offers its six keys.
///
/// Blind spots: fewer than 6 refusals in ten minutes; logins in web forms and under TLS; many
/// sources that try once each; scripts that log in rightly 8 times a minute and do next to nothing look
/// the same, and so does a device whose stored password was changed.
struct BruteForce: Detector {
  static let name = "brute_force"
  let attack = Attack.bruteForce

  /// Sessions of one pair. 1/min.
  var sessions = 8.0
  /// The most a source says in an encrypted session. B.
  var encrypted = 6000.0
  /// The most it says in a clear one. B.
  var clear = 512.0

  /// Refused logins of one pair. 1/10 min.
  var refusals = 6.0
  /// Refused logins of one source, wherever. 1/10 min.
  var spread = 12.0
  private let guess = 2.0

  private static let encryptedPorts: Set<UInt16> = [22, 2222, 3389]
  private static let clearPorts: Set<UInt16> = [21, 23, 2323, 1883]

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    sessions = try threshold("brute_force.sessions", sessions)
    encrypted = try threshold("brute_force.encrypted_bytes", encrypted)
    clear = try threshold("brute_force.clear_bytes", clear)
    refusals = try threshold("brute_force.refusals", refusals)
    spread = try threshold("brute_force.source_refusals", spread)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP, row.hasOneSource, row.isEstablished else { return nil }
    let isTry = row[.loginFailures] > 0 || isLogin(row)
    guard isTry else { return sessions(row) }
    let factor = row.identity.application == "ssh" || row.identity.destinationPort == 22 ? guess : 1
    return strongest([
      sessions(row),
      refused(row, .pairLoginFailures10m, refusals * factor),
      refused(row, .srcLoginFailures10m, spread * factor),
    ])
  }

  private func sessions(_ row: FlowEvidence) -> Finding? {
    guard row.isConversation, row[.fin] + row[.rst] > 0, isSmall(row),
      row[.pairFlows60s] >= sessions, row[.pairPorts60s] < 1.5
    else { return nil }
    return finding(
      row[.pairFlows60s], over: sessions,
      because: "\(row.said(.pairFlows60s, atLeast: sessions)) to port "
        + "\(row.identity.destinationPort), \(short(row[.fwdPayload])) B said")
  }

  private func refused(_ row: FlowEvidence, _ measure: Measure, _ bar: Double) -> Finding? {
    guard row[measure] >= bar, row[measure] > 0 else { return nil }
    return finding(row[measure], over: bar, floor: 0.60, because: row.said(measure, atLeast: bar))
  }

  /// A session that may become a refused login.
  private func isLogin(_ row: FlowEvidence) -> Bool {
    let port = row.identity.destinationPort
    return row[.pairLoginFailures10m] > 0 && isSmall(row)
      && (Self.encryptedPorts.contains(port) || Self.clearPorts.contains(port))
  }

  private func isSmall(_ row: FlowEvidence) -> Bool {
    let port = row.identity.destinationPort
    if Self.encryptedPorts.contains(port) { return row[.fwdPayload] <= encrypted }
    guard Self.clearPorts.contains(port), row[.fwdPayload] <= clear else { return false }
    return port != 1883 || row[.fwdDataPackets] <= 1 && row[.bwdDataPackets] <= 1
  }
}
