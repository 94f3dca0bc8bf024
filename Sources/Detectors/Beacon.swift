import Addresses
import Tables

/// A machine that calls the same host outside by the clock. MITRE ATT&CK T1071, Application Layer
/// Protocol (command and control).
///
/// A row takes part if a private address spoke to a public one, on a port that is no common service's,
/// its connections to that host began at even gaps (`pair_gaps` ≥ 20, `pair_gap_cv` ≤ 0.02,
/// `pair_gap_mean` 2 to 900 s), and little was said: at most 2,000 B by it. It is a hint and never
/// more: devices poll the clouds of their makers in just this way (a hub's calls differed by 0.05), and a timer is
/// all that one sees.
///
/// Innocents: polling over HTTP, HTTPS, MQTT, DNS, NTP and the push services of telephones (their ports
/// are left out); monitors that send much; whatever is on the same network.
///
/// Blind spots: therefore command and control over HTTPS, DNS or any other common port; jitter above
/// a fiftieth; fewer than 20 calls; one connection that stays.
struct Beacon: Detector {
  static let name = "beacon"
  let attack = Attack.commandAndControl

  /// Gaps between calls.
  var gaps = 20.0
  /// The most they differ: standard deviation ÷ mean.
  var variation = 0.02
  /// The most it says in a call. B.
  var said = 2000.0
  private static let common: Set<UInt16> = [
    22, 25, 53, 80, 110, 123, 143, 443, 465, 587, 853, 993, 995, 1883, 3478, 5222, 5223, 5228, 8000,
    8080, 8443, 8883,
  ]

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    gaps = try threshold("beacon.gaps", gaps)
    variation = try threshold("beacon.variation", variation)
    said = try threshold("beacon.bytes", said)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let identity = row.identity
    guard row.isTCP || row.isUDP, row.hasOneSource, identity.source.isLocal,
      !identity.destination.isLocal, !row.isToGroup,
      !Self.common.contains(identity.destinationPort), row[.bwdPackets] > 0,
      row[.fwdPayload] <= said, row[.pairPorts60s] < 1.5,
      row[.pairGaps] >= gaps, row[.pairGapVariation] <= variation,
      row[.pairGapMean] >= 2, row[.pairGapMean] <= 900
    else { return nil }
    return Finding(
      attack: attack, confidence: Finding.confidence(0, hint: 0, over: gaps),
      reason: "\(row.said(.pairGaps, atLeast: gaps)) of \(short(row[.pairGapMean])) s, variation "
        + share(row[.pairGapVariation]))
  }
}

extension IPAddress {
  /// Of this network by its kind: private (RFC 1918), shared (RFC 6598), unique local (RFC 4193), link
  /// local, loopback.
  var isLocal: Bool {
    if isLinkLocal || isLoopback { return true }
    guard family == .v4 else { return high >> 57 == 0xFC >> 1 }
    switch low >> 16 & 0xFFFF {
    case 0x0A00...0x0AFF, 0xAC10...0xAC1F, 0xC0A8, 0x6440...0x647F: return true
    default: return false
    }
  }
}
