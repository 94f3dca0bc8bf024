import Tables

/// Guessing passwords. MITRE ATT&CK T1110, Brute Force.
///
/// A row takes part if one of these holds:
///
/// * sessions: it is one source's TCP flow to a login port (21, 22, 23, 1883, 2222, 2323, 3389),
///   handshake completed, it is over (FIN or RST), and it stayed as small as a refused login: both ends
///   spoke, the source at most 6,000 B (at most 512 B where the login is not encrypted); over MQTT one
///   packet each way, as CONNECT and CONNACK are, and refused. The window: `pair_flows_60s` ≥ 8, all to this one
///   port;
/// * refused: logins were refused in the flow itself (`login_failures`), and
///   `pair_login_failures_10m` ≥ 20, or many accounts or hosts tried (password spraying)
///   `src_login_failures_10m` ≥ 40; half of that where at least a quarter of what the flow itself said
///   was refused, which whoever mistypes and gets in does not reach. Over SSH, where refusals are guessed
///   from sizes and unwanted keys count, twice as many. A third of these is a hint.
///
/// Innocents: an administrator's sessions (few); copies by `scp` or FTP (larger); an MQTT client
/// that loses its connection again and again (it subscribes or publishes in between); a browser
/// that opens many flows to the same machine's web server (more than one port); someone who mistypes
/// (16 in ten minutes were seen); an agent that offers its six keys.
///
/// Blind spots: fewer than 4 refusals in ten minutes; logins in web forms and under TLS; many
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
  var refusals = 20.0
  /// Refused logins of one source, wherever. 1/10 min.
  var spread = 40.0
  private let guess = 2.0
  private let earnest = 0.25

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
    return strongest([
      sessions(row), refused(row, .pairLoginFailures10m, refusals),
      refused(row, .srcLoginFailures10m, spread),
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

  private func refused(_ row: FlowEvidence, _ measure: Measure, _ most: Double) -> Finding? {
    guard row[.loginFailures] > 0 else { return nil }
    let isSSH = row.identity.application == "ssh" || row.identity.destinationPort == 22
    let isEarnest = !isSSH && row[.loginFailures] >= earnest * row[.fwdDataPackets]
    let bar = most * (isSSH ? guess : 1) / (isEarnest ? 2 : 1)
    guard row[measure] >= bar / 3 else { return nil }
    return finding(
      row[measure], hint: bar / 3, over: bar, because: row.said(measure, atLeast: bar / 3))
  }

  private func isSmall(_ row: FlowEvidence) -> Bool {
    let port = row.identity.destinationPort
    if Self.encryptedPorts.contains(port) { return row[.fwdPayload] <= encrypted }
    guard Self.clearPorts.contains(port), row[.fwdPayload] <= clear else { return false }
    return port != 1883
      || row[.fwdDataPackets] <= 1 && row[.bwdDataPackets] <= 1 && row[.mqttRefusals] > 0
  }
}
