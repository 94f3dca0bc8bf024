import Packets
import Tables

extension Conversation {
  /// The application columns, in their order.
  private static let first = Measure.mqttConnects.index
  private static let last = Measure.hl7Refusals.index

  /// Fills the application columns: those of another protocol with 0.
  func fill(_ row: borrowing MeasureRow) {
    row.clear(Self.first...Self.last)
    row[.loginFailures] = Double(tallies.loginFailures)
    switch application {
    case .mqtt: fillMQTT(row)
    case .dns, .mdns: fillDNS(row)
    case .http: fillHTTP(row)
    case .tls:
      row[.tlsClientHellos] = Double(tallies.tlsClientHellos)
      row[.tlsAlerts] = Double(tallies.tlsAlerts)
    case .dicom:
      row[.dicomAssociations] = Double(tallies.dicomAssociations)
      row[.dicomRejections] = Double(tallies.dicomRejections)
    case .hl7:
      row[.hl7Messages] = Double(tallies.hl7Messages)
      row[.hl7Refusals] = Double(tallies.hl7Refusals)
    default: break
    }
  }

  private func fillMQTT(_ row: borrowing MeasureRow) {
    row[.mqttConnects] = Double(tallies.mqttConnects)
    row[.mqttRefusals] = Double(tallies.mqttRefusals)
    row[.mqttPublishes] = Double(tallies.mqttPublishes)
    row[.mqttSubscribes] = Double(tallies.mqttSubscribes)
    row[.mqttWildcards] = Double(tallies.mqttWildcards)
    row[.mqttEverything] = Double(tallies.mqttEverything)
    row[.mqttMalformed] = Double(tallies.mqttMalformed)
  }

  private func fillDNS(_ row: borrowing MeasureRow) {
    row[.dnsQueries] = Double(tallies.dnsQueries)
    row[.dnsAnswers] = Double(tallies.dnsAnswers)
    row[.dnsAnswerBytes] = Double(tallies.dnsAnswerBytes)
    row[.dnsAnyQueries] = Double(tallies.dnsAnyQueries)
    row[.dnsLongestName] = Double(tallies.dnsLongestName)
    row[.dnsFailures] = Double(tallies.dnsFailures)
  }

  private func fillHTTP(_ row: borrowing MeasureRow) {
    row[.httpRequests] = Double(tallies.httpRequests)
    row[.httpPosts] = Double(tallies.httpPosts)
    row[.httpErrors] = Double(tallies.httpErrors)
    row[.httpAuthFailures] = Double(tallies.httpAuthFailures)
    row[.httpUnfinished] = isRequestUnfinished ? 1 : 0
  }
}

extension Flow {
  /// What the flow carries: what its ends were heard to speak, else what their ports promise.
  var application: Application {
    switch kind {
    case .arp: .arp
    case .icmp, .icmp6: .icmp
    case .tcp, .udp: heardApplication
    default: .unknown
    }
  }

  private var heardApplication: Application {
    let heard = conversation.application
    let promised = Application(destinationPort: destinationPort, sourcePort: sourcePort)
    // TLS hides what it carries, and the port still tells.
    return heard == .unknown || heard == .tls && promised == .mqtts ? promised : heard
  }
}
