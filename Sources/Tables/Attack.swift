/// What a flow can be called: the one list of names for model, detectors, policy and report.
public enum Attack: String, CaseIterable, Sendable {
  /// Nothing to say against it.
  case benign = "BENIGN"
  /// Unlike anything that was learned; shown and counted, never acted upon alone.
  case unknown = "UNKNOWN"
  /// Handshakes begun by the thousand and never completed.
  case synFlood = "SYN_FLOOD"
  /// More datagrams than a host or service can take.
  case udpFlood = "UDP_FLOOD"
  /// More echo requests or other ICMP than a host can take.
  case icmpFlood = "ICMP_FLOOD"
  /// A flood from many sources at once.
  case ddos = "DDOS"
  /// Answers nobody asked for, from servers that were asked in the victim's name.
  case amplification = "AMPLIFICATION"
  /// More HTTP requests than a server can take.
  case httpFlood = "HTTP_FLOOD"
  /// Looking for open ports or live hosts.
  case portScan = "PORT_SCAN"
  /// Knocking at ports that worms and botnets exploit.
  case exploitProbe = "EXPLOIT_PROBE"
  /// Guessing passwords.
  case bruteForce = "BRUTE_FORCE"
  /// SQL in a web request.
  case sqlInjection = "SQL_INJECTION"
  /// Other attacks in web requests: cross-site scripting, path traversal.
  case webAttack = "WEB_ATTACK"
  /// Someone else's address claimed by ARP.
  case arpSpoof = "ARP_SPOOF"
  /// More MQTT connects or messages than a broker can take.
  case mqttFlood = "MQTT_FLOOD"
  /// MQTT packets that no client sends.
  case mqttMalformed = "MQTT_MALFORMED"
  /// A compromised machine that asks its master for orders.
  case commandAndControl = "COMMAND_AND_CONTROL"
  /// Data carried out, often in a protocol that is meant for something else.
  case exfiltration = "EXFILTRATION"

  /// The MITRE ATT&CK technique, `-` where there is none.
  public var technique: String {
    switch self {
    case .benign, .unknown: "-"
    case .synFlood: "T1499.001"  // OS Exhaustion Flood
    case .udpFlood, .icmpFlood, .ddos: "T1498.001"  // Direct Network Flood
    case .amplification: "T1498.002"  // Reflection Amplification
    case .httpFlood, .mqttFlood: "T1499.002"  // Service Exhaustion Flood
    case .portScan: "T1046"  // Network Service Discovery
    case .exploitProbe: "T1210"  // Exploitation of Remote Services
    case .bruteForce: "T1110"  // Brute Force
    case .sqlInjection, .webAttack: "T1190"  // Exploit Public-Facing Application
    case .arpSpoof: "T1557.002"  // ARP Cache Poisoning
    case .mqttMalformed: "T1499.004"  // Application or System Exploitation
    case .commandAndControl: "T1071"  // Application Layer Protocol
    case .exfiltration: "T1048"  // Exfiltration Over Alternative Protocol
    }
  }

  /// Whether the row is an attack by name: everything but `BENIGN` and `UNKNOWN`.
  public var isAttack: Bool { self != .benign && self != .unknown }
}
