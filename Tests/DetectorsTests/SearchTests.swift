import Detectors
import Tables
import Testing

struct PortScanTests {
  static let vertical: [Measure: Double] = [
    .pairPorts60s: 240, .pairFlows60s: 240, .pairFailedShare60s: 0.97, .srcPorts60s: 240,
    .srcFlows60s: 240, .srcFailedShare60s: 0.97, .dstHalfOpen1s: 400, .dstCompletedShare1s: 0,
    .srcExploitFlows60s: 12, .pairPackets1s: 400, .dstUDP1s: 0,
  ]

  @Test(arguments: [0.0, 1.0])
  func `a fast SYN scan is a scan and no flood`(refused: Double) {
    let probe = row(with: lostSYN + Self.vertical + [.rst: refused, .bwdPackets: refused])
    #expect(probe.name == .portScan)
    #expect(!probe.names.contains(.synFlood))
  }

  @Test func `FIN, NULL and Xmas scans are named`() {
    #expect(row(with: Self.vertical + [.fin: 1]).name == .portScan)
    #expect(row(with: Self.vertical).name == .portScan)
    #expect(row(with: Self.vertical + [.fin: 1, .psh: 1, .urg: 1]).name == .portScan)
  }

  @Test func `a port on the worms' list is part of the scan`() {
    #expect(
      row(to: "10.9.0.1", port: 445, with: lostSYN + Self.vertical + [.dstPortExploit: 1]).name
        == .portScan)
  }

  @Test func `a UDP scan is a scan and no flood`() {
    let scan: [Measure: Double] = [.dstUDP1s: 400, .dstFlows1s: 400, .dstPackets1s: 400]
    #expect(row(17, port: 161, with: Self.vertical + scan).name == .portScan)
  }

  @Test func `a UDP flood to random ports is a flood and no scan`() {
    let flood: [Measure: Double] = [
      .dstUDP1s: 1400, .dstFlows1s: 1400, .fwdLengthMean: 700, .pairPackets1s: 1400,
    ]
    #expect(row(17, port: 161, with: Self.vertical + flood).names == [.udpFlood])
  }

  @Test func `a session of the scanner that both ends talk in is left alone`() {
    #expect(row(to: "10.9.0.1", port: 22, with: talk + Self.vertical).names.isEmpty)
  }

  @Test(arguments: [UInt8(6), 1, 17, 0])
  func `a sweep is named by TCP, ping, UDP and ARP`(ipProtocol: UInt8) {
    let sweep: [Measure: Double] = [
      .srcHosts60s: 180, .srcFlows60s: 190, .srcFailedShare60s: 0.9,
      .icmpType: ipProtocol == 1 ? 8 : 0, .syn: ipProtocol == 6 ? 1 : 0,
    ]
    #expect(
      row(ipProtocol, to: "10.9.0.1", port: ipProtocol == 17 ? 5060 : 0, with: sweep).name
        == .portScan)
  }

  @Test func `a station that polls by SNMP and is answered is left alone`() {
    let polling: [Measure: Double] = [
      .srcHosts60s: 60, .srcFlows60s: 90, .srcFailedShare60s: 0.08, .fwdLengthMean: 45,
    ]
    #expect(row(17, to: "10.9.0.30", port: 161, with: polling).names.isEmpty)
    #expect(row(17, to: "10.9.0.30", port: 161, with: polling + [.bwdPackets: 1]).names.isEmpty)
  }

  @Test func `a resolver cut off from the world is left alone`() {
    let cut: [Measure: Double] = [.srcHosts60s: 60, .srcFlows60s: 300, .srcFailedShare60s: 0.99]
    #expect(row(17, to: "198.51.100.53", port: 53, with: cut).names.isEmpty)
  }

  @Test func `a client whose peers are gone is left alone`() {
    let peers: [Measure: Double] = [
      .srcHosts60s: 60, .srcFlows60s: 70, .srcPorts60s: 55, .srcFailedShare60s: 0.85,
    ]
    #expect(row(to: "203.0.113.9", port: 8683, with: lostSYN + peers).names.isEmpty)
  }

  @Test func `what a flooded host sends back to made-up sources is left alone`() {
    let back: [Measure: Double] = [.srcHosts60s: 2000, .srcFlows60s: 2000, .srcFailedShare60s: 1]
    #expect(row(at: 80, port: 4000, with: back + [.syn: 1, .ack: 1]).names.isEmpty)
    #expect(row(at: 80, port: 4000, with: back + [.rst: 1, .ack: 1]).names.isEmpty)
    #expect(row(1, at: 0, port: 0, with: back + [.icmpType: 3]).names.isEmpty)
  }

  @Test func `a gateway that asks by ARP for its hosts is left alone`() {
    let asking: [Measure: Double] = [.srcHosts60s: 40, .srcFlows60s: 60, .srcFailedShare60s: 0.8]
    #expect(row(0, at: 0, port: 0, with: asking).names.isEmpty)
  }
}

struct ExploitProbeTests {
  static let knocks: [Measure: Double] = [
    .dstPortExploit: 1, .srcExploitFlows60s: 9, .srcFlows60s: 10, .srcHosts60s: 9,
    .srcPorts60s: 1, .srcFailedShare60s: 0.9, .pairFailedShare60s: 1,
  ]

  @Test func `a worm that knocks at host after host is named`() {
    #expect(row(to: "10.9.0.5", port: 23, with: lostSYN + Self.knocks).name == .exploitProbe)
    let outward: [Measure: Double] = [
      .srcHosts60s: 400, .srcExploitFlows60s: 410, .srcFlows60s: 420, .svcFlows1s: 1,
    ]
    #expect(
      row(to: "203.0.113.5", port: 23, with: lostSYN + Self.knocks + outward).name == .exploitProbe)
  }

  @Test func `three such ports of one host are enough`() {
    let three: [Measure: Double] = [
      .srcExploitFlows60s: 3, .srcFlows60s: 3, .srcHosts60s: 1, .srcPorts60s: 2.98,
    ]
    #expect(
      row(to: "10.9.0.5", port: 139, with: lostSYN + Self.knocks + three).name == .exploitProbe)
  }

  @Test func `file shares and remote desktops that answer are left alone`() {
    let served: [Measure: Double] = [.srcFailedShare60s: 0.1]
    #expect(row(to: "10.9.0.5", port: 445, with: talk + Self.knocks + served).names.isEmpty)
    #expect(row(to: "10.9.0.5", port: 445, with: lostSYN + Self.knocks + served).names.isEmpty)
  }

  @Test func `one printer that is gone is no probe`() {
    let one: [Measure: Double] = [
      .srcHosts60s: 1, .srcPorts60s: 2, .srcExploitFlows60s: 20, .srcFlows60s: 20,
    ]
    #expect(row(to: "10.9.0.5", port: 445, with: lostSYN + Self.knocks + one).names.isEmpty)
  }

  @Test func `a SYN flood at such a port is a SYN flood`() {
    let flood: [Measure: Double] = [
      .srcHosts60s: 1, .srcPorts60s: 1, .srcExploitFlows60s: 4000, .srcFlows60s: 4000,
    ]
    let one = row(
      to: "10.9.0.5", port: 445, with: lostSYN + SYNFloodTests.window(900) + Self.knocks + flood)
    #expect(one.name == .synFlood)
    #expect(!one.names.contains(.exploitProbe))
  }
}
