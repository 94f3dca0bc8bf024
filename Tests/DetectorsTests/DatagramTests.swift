import Detectors
import Tables
import Testing

struct DatagramTests {
  static let flood: [Measure: Double] = [
    .dstFlows1s: 2000, .dstUDP1s: 2000, .dstPackets1s: 2000, .svcFlows1s: 2000,
    .svcPackets1s: 2000, .svcSources1s: 1900, .dstSources1s: 1900, .fwdLengthMean: 512,
  ]

  @Test func `a scattered UDP flood is named`() {
    #expect(row(17, at: 5000, to: "10.9.0.1", port: 9955, with: Self.flood).name == .udpFlood)
  }

  @Test func `an answered query to a flooded resolver is the patient`() {
    #expect(row(17, to: "10.9.0.1", port: 53, with: Self.flood + [.bwdPackets: 1]).names.isEmpty)
  }

  @Test func `a flood from one source is named even where it is answered`() {
    let answered: [Measure: Double] = [
      .bwdPackets: 1, .svcReplyShare1s: 0.57, .svcSources1s: 1, .fwdLengthMean: 0,
      .pairPackets1s: 2000, .pairFlows60s: 2000, .srcFlows1s: 2000,
    ]
    #expect(row(17, port: 9955, with: Self.flood + answered).name == .udpFlood)
    let forwarder: [Measure: Double] = [
      .pairPackets1s: 200, .pairFlows60s: 9000, .srcFlows1s: 200, .svcReplyShare1s: 0.98,
    ]
    #expect(row(17, port: 53, with: Self.flood + answered + forwarder).names.isEmpty)
  }

  @Test func `queries to a busy resolver that answers are left alone`() {
    let busy: [Measure: Double] = [
      .dstFlows1s: 500, .dstUDP1s: 500, .svcFlows1s: 500, .svcPackets1s: 500,
      .svcReplyShare1s: 0.97,
      .svcSources1s: 60, .dstSources1s: 60, .fwdLengthMean: 40,
    ]
    #expect(row(17, to: "10.9.0.1", port: 53, with: busy).names.isEmpty)
    #expect(row(17, to: "10.9.0.1", port: 53, with: busy + [.bwdPackets: 1]).names.isEmpty)
  }

  @Test func `a camera's stream is left alone, and so are sixteen at one viewer`() {
    let video: [Measure: Double] = [
      .fwdPackets: 9000, .fwdPacketsPerSecond: 900, .pairPackets1s: 900, .svcPackets1s: 900,
      .dstUDP1s: 900, .dstPackets1s: 900, .fwdLengthMean: 1200,
    ]
    #expect(row(17, at: 20_000, port: 16_384, with: video).names.isEmpty)
    let many: [Measure: Double] = [.dstUDP1s: 14_400, .dstPackets1s: 14_400]
    #expect(row(17, at: 20_000, port: 16_384, with: video + many).names.isEmpty)
  }

  @Test(arguments: [(64.0, 1500.0), (1200.0, 9000.0)])
  func `a stream from fixed ports is named beyond any camera's`(size: Double, rate: Double) {
    let stream: [Measure: Double] = [
      .fwdPackets: rate * 3, .fwdPacketsPerSecond: rate, .pairPackets1s: rate,
      .svcPackets1s: rate, .dstUDP1s: rate, .fwdLengthMean: size,
    ]
    #expect(row(17, with: stream).name == .udpFlood)
  }

  @Test(arguments: ["224.0.0.251", "239.255.255.250", "255.255.255.255", "ff02::fb"])
  func `groups are left alone`(group: String) {
    #expect(row(17, at: 5353, to: group, port: 5353, with: Self.flood).names.isEmpty)
    #expect(row(17, at: 1900, to: group, port: 40_000, with: Self.flood).names.isEmpty)
  }

  @Test func `a collector of logs is left alone`() {
    let logs: [Measure: Double] = [
      .dstFlows1s: 300, .dstUDP1s: 300, .svcFlows1s: 300, .svcPackets1s: 300, .svcSources1s: 20,
      .fwdLengthMean: 180,
    ]
    #expect(row(17, port: 514, with: logs).names.isEmpty)
  }

  @Test func `bots that come back with UDP are a DDoS`() {
    let swarm: [Measure: Double] = [
      .svcSources1s: 300, .svcFlows1s: 300, .svcPackets1s: 4000, .dstUDP1s: 4000,
      .dstFlows1s: 300, .fwdLengthMean: 400, .fwdPackets: 14, .pairPackets1s: 14,
    ]
    #expect(row(17, with: swarm).name == .ddos)
    let later: [Measure: Double] = [.svcSources1s: 0, .svcFlows1s: 0, .dstFlows1s: 0]
    #expect(row(17, with: swarm + later).name == .ddos)
  }

  @Test(arguments: [(UInt16(161), 40.0), (53, 1400), (123, 440), (11211, 1300), (1900, 300)])
  func `unasked answers by the hundred are amplification`(port: UInt16, size: Double) {
    let answers: [Measure: Double] = [
      .dstUDP1s: 3000, .svcPackets1s: 900, .dstFlows1s: 800, .svcFlows1s: 300,
      .svcSources1s: 250, .fwdLengthMean: size,
    ]
    #expect(
      row(17, from: "198.51.100.4", at: port, to: "10.9.0.1", port: 54_609, with: answers).name
        == .amplification)
  }

  @Test func `few but large unasked answers are amplification too`() {
    let few: [Measure: Double] = [.dstUDP1s: 30, .svcPackets1s: 30, .fwdLengthMean: 480]
    #expect(
      row(17, from: "198.51.100.4", at: 123, to: "10.9.0.1", port: 7777, with: few).name
        == .amplification)
  }

  @Test func `answers to an SSDP search are left alone`() {
    let few: [Measure: Double] = [.dstUDP1s: 40, .svcPackets1s: 40, .fwdLengthMean: 300]
    #expect(row(17, at: 1900, to: "10.9.0.9", port: 50_123, with: few).names.isEmpty)
  }

  @Test func `a viewer of video that gets one stray answer is left alone`() {
    let stray: [Measure: Double] = [.dstUDP1s: 1000, .dstFlows1s: 1, .fwdLengthMean: 90]
    #expect(row(17, at: 53, to: "10.9.0.9", port: 50_123, with: stray).names.isEmpty)
  }

  @Test func `clocks that speak from port to port are left alone`() {
    let peers: [Measure: Double] = [.svcPackets1s: 40, .dstUDP1s: 40, .fwdLengthMean: 48]
    #expect(row(17, at: 123, to: "10.9.0.1", port: 123, with: peers).names.isEmpty)
  }
}

struct ICMPTests {
  @Test func `an echo flood is named, spoofed or not`() {
    let flood: [Measure: Double] = [
      .icmpType: 8, .dstICMP1s: 2400, .dstSources1s: 2000, .dstFlows1s: 2000,
    ]
    #expect(row(1, at: 0, port: 0, with: flood).name == .icmpFlood)
    #expect(row(1, at: 0, port: 0, with: flood + [.bwdPackets: 1]).name == .icmpFlood)
    #expect(
      row(
        1, at: 0, port: 0, with: flood + [.bwdPackets: 800, .fwdPackets: 800, .pairPackets1s: 800]
      ).name
        == .icmpFlood)
  }

  @Test func `a ping beside a flood is the patient`() {
    let patient: [Measure: Double] = [
      .icmpType: 8, .dstICMP1s: 2400, .dstSources1s: 2000, .bwdPackets: 1, .srcVerified: 1,
    ]
    #expect(row(1, at: 0, port: 0, with: patient).names.isEmpty)
  }

  @Test func `ten echo requests a second that go on are named`() {
    let slow: [Measure: Double] = [
      .icmpType: 8, .dstICMP1s: 10, .fwdPackets: 200, .bwdPackets: 200, .fwdPacketsPerSecond: 10,
    ]
    #expect(row(1, at: 0, port: 0, with: slow).name == .icmpFlood)
  }

  @Test func `a station that pings twenty hosts is left alone`() {
    let station: [Measure: Double] = [
      .icmpType: 8, .fwdPackets: 300, .bwdPackets: 300, .fwdPacketsPerSecond: 1, .dstICMP1s: 2,
      .srcHosts60s: 24, .srcFlows60s: 24, .srcFailedShare60s: 0.04,
    ]
    #expect(row(1, at: 0, port: 0, with: station).names.isEmpty)
    #expect(
      row(1, at: 0, port: 0, with: station + [.bwdPackets: 0, .fwdPackets: 60]).names.isEmpty)
  }

  @Test func `the errors that a scan brings back are left alone`() {
    let errors: [Measure: Double] = [.icmpType: 3, .dstICMP1s: 400, .dstReplyShare1s: 1]
    #expect(row(1, at: 0, port: 0, with: errors).names.isEmpty)
  }
}
