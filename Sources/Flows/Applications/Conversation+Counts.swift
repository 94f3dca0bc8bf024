import Packets
import Tables

extension Conversation {
  /// The value of one of the application columns; 0 in those of another protocol.
  func count(of measure: Measure) -> UInt32 {
    switch measure {
    case .loginFailures: tallies.loginFailures
    case .mqttConnects: isMQTT ? tallies.mqttConnects : 0
    case .mqttRefusals: isMQTT ? tallies.mqttRefusals : 0
    case .mqttPublishes: isMQTT ? tallies.mqttPublishes : 0
    case .mqttSubscribes: isMQTT ? tallies.mqttSubscribes : 0
    case .mqttWildcards: isMQTT ? tallies.mqttWildcards : 0
    case .mqttMalformed: isMQTT ? tallies.mqttMalformed : 0
    case .dnsQueries: isDNS ? tallies.dnsQueries : 0
    case .dnsAnswers: isDNS ? tallies.dnsAnswers : 0
    case .dnsAnswerBytes: isDNS ? tallies.dnsAnswerBytes : 0
    case .dnsAnyQueries: isDNS ? tallies.dnsAnyQueries : 0
    case .dnsFailures: isDNS ? tallies.dnsFailures : 0
    case .httpRequests: isHTTP ? tallies.httpRequests : 0
    case .httpPosts: isHTTP ? tallies.httpPosts : 0
    case .httpErrors: isHTTP ? tallies.httpErrors : 0
    case .httpAuthFailures: isHTTP ? tallies.httpAuthFailures : 0
    case .tlsClientHellos: isTLS ? tallies.tlsClientHellos : 0
    case .tlsAlerts: isTLS ? tallies.tlsAlerts : 0
    case .dicomAssociations: application == .dicom ? tallies.dicomAssociations : 0
    case .dicomRejections: application == .dicom ? tallies.dicomRejections : 0
    case .hl7Messages: application == .hl7 ? tallies.hl7Messages : 0
    case .hl7Refusals: application == .hl7 ? tallies.hl7Refusals : 0
    default: 0
    }
  }

  private var isMQTT: Bool { application == .mqtt }
  private var isDNS: Bool { application == .dns || application == .mdns }
  private var isHTTP: Bool { application == .http }
  private var isTLS: Bool { application == .tls }
}

extension Flow {
  /// What the flow carries: what its ends were heard to speak, else what their ports promise.
  var application: Application {
    switch kind {
    case .arp: .arp
    case .icmp, .icmp6: .icmp
    case .tcp, .udp:
      conversation.application != .unknown
        ? conversation.application
        : Application(destinationPort: destinationPort, sourcePort: sourcePort)
    default: .unknown
    }
  }
}
