import Packets
import Tables

extension Conversation {
  /// Fills the application columns of a row; 0 in those of another protocol.
  func fill(_ row: borrowing MeasureRow) {
    let isMQTT = application == .mqtt
    let isDNS = application == .dns || application == .mdns
    let isHTTP = application == .http
    let isTLS = application == .tls
    row[.loginFailures] = Double(tallies.loginFailures)
    row[.mqttConnects] = isMQTT ? Double(tallies.mqttConnects) : 0
    row[.mqttRefusals] = isMQTT ? Double(tallies.mqttRefusals) : 0
    row[.mqttPublishes] = isMQTT ? Double(tallies.mqttPublishes) : 0
    row[.mqttSubscribes] = isMQTT ? Double(tallies.mqttSubscribes) : 0
    row[.mqttWildcards] = isMQTT ? Double(tallies.mqttWildcards) : 0
    row[.mqttMalformed] = isMQTT ? Double(tallies.mqttMalformed) : 0
    row[.dnsQueries] = isDNS ? Double(tallies.dnsQueries) : 0
    row[.dnsAnswers] = isDNS ? Double(tallies.dnsAnswers) : 0
    row[.dnsAnswerBytes] = isDNS ? Double(tallies.dnsAnswerBytes) : 0
    row[.dnsAnyQueries] = isDNS ? Double(tallies.dnsAnyQueries) : 0
    row[.dnsFailures] = isDNS ? Double(tallies.dnsFailures) : 0
    row[.httpRequests] = isHTTP ? Double(tallies.httpRequests) : 0
    row[.httpPosts] = isHTTP ? Double(tallies.httpPosts) : 0
    row[.httpErrors] = isHTTP ? Double(tallies.httpErrors) : 0
    row[.httpAuthFailures] = isHTTP ? Double(tallies.httpAuthFailures) : 0
    row[.tlsClientHellos] = isTLS ? Double(tallies.tlsClientHellos) : 0
    row[.tlsAlerts] = isTLS ? Double(tallies.tlsAlerts) : 0
    row[.dicomAssociations] = application == .dicom ? Double(tallies.dicomAssociations) : 0
    row[.dicomRejections] = application == .dicom ? Double(tallies.dicomRejections) : 0
    row[.hl7Messages] = application == .hl7 ? Double(tallies.hl7Messages) : 0
    row[.hl7Refusals] = application == .hl7 ? Double(tallies.hl7Refusals) : 0
  }
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
