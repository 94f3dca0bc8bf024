/// What a flow carries.
enum Application: UInt8, CaseIterable {
  case unknown
  case arp, icmp
  case dhcp, dicom, dns, ftp, ftpData, hl7, http, imap, ipp, ldap, mdns, memcached, modbus
  case mqtt, mqtts, mssql, mysql, netbios, ntp, pop3, postgresql, printer, quic, rdp, redis, rtsp
  case sip, smb, smtp, snmp, ssdp, ssh, stun, syslog, telnet, tls, vnc

  /// A short lower-case name; `-` if unknown.
  var name: String {
    switch self {
    case .unknown: "-"
    case .ftpData: "ftp-data"
    default: Self.names[Int(rawValue)]
    }
  }

  private static let names = allCases.map { String(describing: $0) }

  /// What IANA's registry, and habit, give a port to.
  init(port: UInt16) {
    self =
      switch port {
      case 20: .ftpData
      case 21: .ftp
      case 22: .ssh
      case 23, 2_323: .telnet
      case 25, 587: .smtp
      case 53: .dns
      case 67, 68: .dhcp
      case 80, 8_080: .http
      case 104, 11_112: .dicom
      case 110: .pop3
      case 123: .ntp
      case 137, 138: .netbios
      case 139, 445: .smb
      case 143: .imap
      case 161, 162: .snmp
      case 389: .ldap
      case 443, 8_443: .tls
      case 502: .modbus
      case 514: .syslog
      case 515, 9_100: .printer
      case 554: .rtsp
      case 631: .ipp
      case 1_433: .mssql
      case 1_883: .mqtt
      case 1_900: .ssdp
      case 2_575: .hl7
      case 3_306: .mysql
      case 3_389: .rdp
      case 5_060: .sip
      case 5_353: .mdns
      case 5_432: .postgresql
      case 5_900: .vnc
      case 6_379: .redis
      case 8_883: .mqtts
      case 11_211: .memcached
      default: .unknown
      }
  }

  /// What a flow's ports say.
  init(destinationPort: UInt16, sourcePort: UInt16) {
    self.init(port: destinationPort)
    if self == .unknown { self.init(port: sourcePort) }
  }
}
