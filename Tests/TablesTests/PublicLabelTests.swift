import Tables
import Testing

struct PublicLabelTests {
  @Test(arguments: [
    ("BENIGN", Attack.benign), ("DoS Hulk", .httpFlood), ("DoS Slowloris", .httpFlood),
    ("DDoS", .ddos), ("Portscan", .portScan), ("PortScan", .portScan),
    ("Infiltration - Portscan", .portScan), ("FTP-Patator", .bruteForce),
    ("Web Attack - SQL Injection", .sqlInjection),
    ("Web Attack \u{2013} Sql Injection", .sqlInjection),
    ("Web Attack \u{FFFD} XSS", .webAttack), ("Web Attack ï¿½ Brute Force", .bruteForce),
    (" Bot ", .commandAndControl),
  ])
  func `classes of CICIDS2017 have names`(name: String, attack: Attack) {
    #expect(PublicLabel(name, in: .cicIDS2017) == .attack(attack))
  }

  @Test func `attempts of CICIDS2017 are out of scope, and only of classes that it has`() {
    #expect(
      PublicLabel("DoS Slowhttptest - Attempted", in: .cicIDS2017) == .outOfScope(.attemptedOnly))
    #expect(PublicLabel("DoS Nonsense - Attempted", in: .cicIDS2017) == nil)
    #expect(PublicLabel("neptune - Attempted", in: .nslKDD) == nil)
  }

  @Test(arguments: [
    ("DrDoS_DNS", Attack.amplification), ("DrDoS_NetBIOS", .amplification), ("Syn", .synFlood),
    ("UDP-lag", .udpFlood), ("UDPLag", .udpFlood), ("WebDDoS", .httpFlood),
    ("TFTP", .amplification),
    ("Portmap", .amplification), ("DrDoS_UDP", .udpFlood), (" LDAP", .amplification),
  ])
  func `classes of CICDDoS2019 have names`(name: String, attack: Attack) {
    #expect(PublicLabel(name, in: .cicDDoS2019) == .attack(attack))
  }

  @Test(arguments: [
    ("TCP_IP-DDoS-SYN1", Attack.synFlood), ("TCP_IP-DoS-UDP4_train.pcap", .udpFlood),
    ("TCP_IP-DDoS-ICMP1_test.pcap.csv", .icmpFlood), ("MQTT-DDoS-Connect_Flood", .mqttFlood),
    ("MQTT-Malformed_Data_train", .mqttMalformed), ("Recon-VulScan", .portScan),
    ("ARP_Spoofing", .arpSpoof), ("Benign_test", .benign),
  ])
  func `classes and files of CICIoMT2024 have names`(name: String, attack: Attack) {
    #expect(PublicLabel(name, in: .cicIoMT2024) == .attack(attack))
  }

  @Test(arguments: [
    ("legitimate", Attack.benign), ("dos", .mqttFlood), ("bruteforce", .bruteForce),
    ("malformed", .mqttMalformed), ("slowite", .mqttFlood), ("flood", .mqttFlood),
  ])
  func `classes of MQTTset have names`(name: String, attack: Attack) {
    #expect(PublicLabel(name, in: .mqttSet) == .attack(attack))
  }

  @Test(arguments: [
    ("normal", Attack.benign), ("neptune", .synFlood), ("smurf", .icmpFlood), ("satan", .portScan),
    ("guess_passwd", .bruteForce), ("ipsweep", .portScan), ("teardrop", .udpFlood),
  ])
  func `classes of NSL-KDD have names`(name: String, attack: Attack) {
    #expect(PublicLabel(name, in: .nslKDD) == .attack(attack))
  }

  @Test(arguments: ["buffer_overflow", "rootkit", "loadmodule", "warezclient"])
  func `what happens on a host has no network shape`(name: String) {
    let label = PublicLabel(name, in: .nslKDD)
    #expect(label == .outOfScope(.noNetworkShape))
    #expect(label?.attack == nil)
  }

  @Test func `a name that nobody has is nobody's`() {
    #expect(PublicLabel("") == nil)
    #expect(PublicLabel("SYN_FLOOD", in: .nslKDD) == nil)
    #expect(PublicLabel("\u{2013}") == nil)
  }

  @Test func `no name means two things, so that the set need not be known`() {
    var known: [String: PublicLabel] = [:]
    for set in PublicDataSet.allCases {
      for name in PublicLabel.names(of: set) {
        let label = PublicLabel(name, in: set)
        #expect(label != nil, "\(name) of \(set)")
        #expect(known[name] == nil || known[name] == label, "\(name)")
        known[name] = label
        #expect(PublicLabel(name) == label)
      }
    }
  }
}
