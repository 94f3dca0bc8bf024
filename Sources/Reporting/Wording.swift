import Ledger
import Tables

/// Names of ours in the words of people.
enum Wording {
  /// What an attack is, in a few words.
  static func attack(_ name: String) -> String {
    switch Attack(rawValue: name) {
    case .benign: "Benign"
    case .unknown: "Unknown"
    case .synFlood: "SYN flood"
    case .udpFlood: "UDP flood"
    case .icmpFlood: "ICMP flood"
    case .ddos: "Distributed flood"
    case .amplification: "Amplification"
    case .httpFlood: "HTTP flood"
    case .portScan: "Port scan"
    case .exploitProbe: "Exploit probe"
    case .bruteForce: "Password guessing"
    case .sqlInjection: "SQL injection"
    case .webAttack: "Web attack"
    case .arpSpoof: "ARP spoofing"
    case .mqttFlood: "MQTT flood"
    case .mqttMalformed: "Malformed MQTT"
    case .commandAndControl: "Command and control"
    case .exfiltration: "Exfiltration"
    case nil: Display.text(name, limit: 40)
    }
  }

  /// Why a row is called what it is, by whoever decided: a detector's numbers, what weighed most with
  /// the model, or how unlike the site's normal traffic it is.
  static func reason(_ row: EvidenceRow) -> String {
    if row.detectorReason != "-", row.judge != "model" { return row.detectorReason }
    if row.modelReasons != "-" { return row.modelReasons }
    guard row.attack == .unknown, row.anomaly > 0 else { return row.detectorReason }
    return "anomaly \(Display.hundredths(row.anomaly))"
  }

  /// The same for a page, where both judges have room.
  static func reasons(_ row: EvidenceRow) -> String {
    let reason = Display.text(reason(row), limit: 110)
    guard row.judge == "both", row.modelReasons != "-" else { return reason }
    return "\(reason); model: \(Display.text(row.modelReasons, limit: 80))"
  }

  /// What was done, in a few words.
  static func action(_ name: String) -> String {
    switch name {
    case "none", "-": "Nothing"
    case "observed": "Recorded only"
    case "advised": "Alert raised"
    case "counted": "Below the bar"
    case "blocked": "Blocked"
    case "already_blocked": "Blocked before"
    case "spared": "Spared by rule"
    case "unverified": "Source unproven"
    case "braked": "Held back (too many blocks)"
    case "failed": "Block failed"
    default: Display.text(name, limit: 40)
    }
  }

  /// What was done about an address.
  static func done(_ party: Party) -> String {
    guard ["blocked", "already_blocked"].contains(party.action) else { return action(party.action) }
    return party.backend == "simulate" ? "Blocked (simulated)" : "Blocked"
  }

  /// An address, or what stands for many.
  static func party(_ address: String, peers: Int = 0) -> String {
    guard address == "0.0.0.0" || address == "::" else { return Display.text(address, limit: 64) }
    return peers > 1 ? "many sources (about \(Display.count(peers)))" : "many sources"
  }

  /// `one`, `one and two`, `one, two and three`.
  static func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
