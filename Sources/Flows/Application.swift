import Packets

/// What a flow carries, by its service port (IANA's registry).
enum Application {
  /// A short lower-case name; `-` if unknown.
  static func name(of flow: UnsafeMutablePointer<Flow>) -> String {
    switch flow.pointee.kind {
    case .arp: return "arp"
    case .icmp, .icmp6: return "icmp"
    case .tcp, .udp: break
    default: return "-"
    }
    if flow.pointee.isHTTP { return "http" }
    return services[flow.pointee.destinationPort] ?? services[flow.pointee.sourcePort] ?? "-"
  }

  /// The name of the service that has this port; nil if it is not known here.
  static func service(_ port: UInt16) -> String? { services[port] }

  private static let services: [UInt16: String] = [
    20: "ftp-data", 21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 53: "dns", 67: "dhcp",
    68: "dhcp", 80: "http", 104: "dicom", 110: "pop3", 123: "ntp", 137: "netbios", 138: "netbios",
    139: "smb", 143: "imap", 161: "snmp", 162: "snmp", 389: "ldap", 443: "tls", 445: "smb",
    502: "modbus", 514: "syslog", 515: "printer", 631: "ipp", 1433: "mssql", 1883: "mqtt",
    1900: "ssdp", 2575: "hl7", 3306: "mysql", 3389: "rdp", 5353: "mdns", 5432: "postgresql",
    5900: "vnc", 6379: "redis", 8080: "http", 8443: "tls", 8883: "mqtts", 9100: "printer",
    11112: "dicom", 11211: "memcached",
  ]
}
