import Detectors
import Tables
import Testing

struct SlowHTTPTests {
  static let open: [Measure: Double] = [
    .syn: 1, .ack: 1, .handshakeComplete: 1, .fwdPackets: 4, .bwdPackets: 2, .fwdDataPackets: 2,
    .fwdPayload: 240, .flowDuration: 9e6,
  ]

  @Test(arguments: [
    [Measure.httpUnfinished: 1.0], [.fwdPayload: 0],
    [.bwdDataPackets: 9, .bwdLengthMax: 64, .bwdPayload: 500, .fwdInitialWindow: 128],
  ])
  func `connections held open are named, whichever way`(stuck: [Measure: Double]) {
    #expect(row(with: Self.open + stuck + [.pairOpenFlows: 150]).name == .httpFlood)
    #expect(row(with: Self.open + stuck + [.svcOpenFlows: 400]).name == .httpFlood)
    #expect(row(with: Self.open + stuck + [.pairOpenFlows: 6, .svcOpenFlows: 30]).names.isEmpty)
  }

  @Test func `event streams that were answered are left alone`() {
    let answered: [Measure: Double] = [
      .bwdPayload: 90_000, .bwdDataPackets: 80, .bwdLengthMax: 1400,
    ]
    #expect(
      row(with: Self.open + answered + [.pairOpenFlows: 40, .svcOpenFlows: 300]).names.isEmpty)
  }
}

struct HTTPRequestTests {
  @Test func `a flood within kept connections is named by its requests`() {
    let kept: [Measure: Double] = [.pairRequests60s: 3000, .httpRequests: 400]
    #expect(row(with: talk + kept).name == .httpFlood)
    #expect(row(with: talk + kept + [.httpRequests: 0]).names.isEmpty)
    #expect(row(with: talk + kept + [.pairRequests60s: 180]).names.isEmpty)
  }

  @Test func `half a flood is a hint`() throws {
    let finding = try #require(
      DetectorSet().judge(row(with: talk + [.pairFlows60s: 100, .srcFlows1s: 60])).strongest)
    #expect(finding.attack == .httpFlood)
    #expect(finding.confidence < 0.5)
  }
}

struct WebAttackTests {
  @Test(arguments: [Measure.traversals, .crossSiteScripts, .commandInjections])
  func `one pattern is enough`(measure: Measure) {
    #expect(row(with: talk + [measure: 1]).name == .webAttack)
  }

  @Test func `SQL beside it goes first, and a threshold of zero calls nothing an attack`() {
    #expect(row(with: talk + [.traversals: 1, .sqlInjections: 1]).name == .sqlInjection)
    let eager = DetectorSet { key, fallback in key == "web_attack.patterns" ? 0 : fallback }
    #expect(eager.judge(row(with: talk)).all.isEmpty)
  }
}

struct ARPSpoofTests {
  static let poison: [Measure: Double] = [.arpRebinds: 1, .arpClaims: 2, .arpUnasked: 1]

  @Test func `an address taken by who claims another, too, is named`() {
    #expect(row(0, at: 0, port: 0, with: Self.poison).name == .arpSpoof)
    #expect(row(58, at: 0, port: 0, with: Self.poison).name == .arpSpoof)
    #expect(row(0, at: 0, port: 0, with: [.arpRebinds: 4, .arpClaims: 1]).name == .arpSpoof)
    #expect(row(0, at: 0, port: 0, with: [.arpUnasked: 20, .arpClaims: 3]).name == .arpSpoof)
  }

  @Test func `a new card, a boot, and who takes its address back are left alone`() {
    #expect(row(0, at: 0, port: 0, with: [.arpRebinds: 1, .arpClaims: 1]).names.isEmpty)
    #expect(row(0, at: 0, port: 0, with: [.arpUnasked: 4, .arpClaims: 1]).names.isEmpty)
    #expect(
      row(0, at: 0, port: 0, with: [.arpRebinds: 1, .arpClaims: 1, .arpUnasked: 6]).names.isEmpty)
  }

  @Test func `a router that announces its two addresses for an hour is left alone`() {
    let router: [Measure: Double] = [.arpUnasked: 200, .arpClaims: 2, .flowDuration: 3600e6]
    #expect(row(0, at: 0, port: 0, with: router).names.isEmpty)
  }

  @Test func `whatever is no ARP is not its business`() {
    #expect(row(17, with: Self.poison).names.isEmpty)
  }
}

struct MQTTAbuseTests {
  @Test func `what the standard forbids is named, one bad packet among a hundred is not`() {
    #expect(row(port: 1883, with: talk + [.mqttMalformed: 1]).name == .mqttMalformed)
    #expect(
      row(port: 1883, with: talk + [.mqttMalformed: 1, .mqttPublishes: 100]).names.isEmpty)
  }

  @Test func `a flow that publishes without pause and one that holds a broker are named`() {
    let flood: [Measure: Double] = [.mqttPublishes: 4800, .flowDuration: 1e6]
    #expect(row(port: 1883, application: "mqtt", with: talk + flood).name == .mqttFlood)
    #expect(row(port: 1883, with: talk + [.pairOpenFlows: 200]).name == .mqttFlood)
    let waves: [Measure: Double] = [.mqttPublishes: 6000, .flowDuration: 60e6]
    #expect(row(port: 1883, application: "mqtt", with: talk + waves).names.isEmpty)
    #expect(row(port: 1883, with: talk + [.pairOpenFlows: 4]).names.isEmpty)
  }

  @Test func `a crowd that connects is named, a ward that comes back is left alone`() {
    let crowd: [Measure: Double] = [.svcFlows1s: 400, .svcSources1s: 60]
    #expect(row(port: 1883, with: talk + crowd).name == .mqttFlood)
    #expect(
      row(port: 1883, with: talk + crowd + [.srcVerified: 1, .pairFlows60s: 2]).names.isEmpty)
    #expect(row(port: 1883, with: talk + [.svcFlows1s: 60, .svcSources1s: 55]).names.isEmpty)
  }

  @Test func `who asks for everything from outside is a hint, a dashboard inside is left alone`()
    throws
  {
    let asks = talk + [.mqttEverything: 1]
    let outside = row(from: "203.0.113.9", port: 1883, application: "mqtt", with: asks)
    let hint = try #require(DetectorSet().judge(outside).strongest)
    #expect(hint.attack == .exfiltration)
    #expect(hint.confidence < 0.5)
    for inside in ["10.9.0.7", "172.20.1.2", "192.168.3.4", "fd00::5", "fe80::5", "127.0.0.1"] {
      #expect(row(from: inside, port: 1883, application: "mqtt", with: asks).names.isEmpty)
    }
  }
}

struct GuessingTests {
  @Test(arguments: [(UInt16(21), "ftp"), (80, "http"), (1883, "mqtt"), (445, "-")])
  func `refusals that add up are named, wherever the service is`(port: UInt16, name: String) {
    let refused: [Measure: Double] = [
      .loginFailures: 1, .fwdDataPackets: 2, .pairLoginFailures10m: 40,
    ]
    #expect(row(port: port, application: name, with: talk + refused).name == .bruteForce)
  }

  @Test func `one password tried at many is named by the source`() {
    let spray: [Measure: Double] = [
      .loginFailures: 1, .fwdDataPackets: 2, .pairLoginFailures10m: 1, .srcLoginFailures10m: 45,
    ]
    #expect(row(port: 21, with: talk + spray).name == .bruteForce)
  }

  @Test func `a slow guesser is a hint before it is a finding`() throws {
    let slow: [Measure: Double] = [
      .loginFailures: 2, .fwdDataPackets: 4, .pairLoginFailures10m: 6,
    ]
    let finding = try #require(DetectorSet().judge(row(port: 21, with: talk + slow)).strongest)
    #expect(finding.confidence < 0.5)
  }

  @Test func `who mistypes and gets in, and an agent with six keys, are left alone`() {
    let mistyped: [Measure: Double] = [
      .loginFailures: 1, .fwdDataPackets: 9, .pairLoginFailures10m: 5,
    ]
    #expect(row(port: 21, with: talk + mistyped).names.isEmpty)
    let agent: [Measure: Double] = [.loginFailures: 6, .pairLoginFailures10m: 6]
    #expect(row(port: 22, application: "ssh", with: talk + agent).names.isEmpty)
    #expect(row(port: 21, with: talk + [.pairLoginFailures10m: 90]).names.isEmpty)
  }
}

struct SlowScanTests {
  static let hour: [Measure: Double] = [
    .srcFailedTargets1h: 90, .srcFailedShare100: 0.95, .srcHosts60s: 2, .srcPorts60s: 1,
  ]

  @Test func `a scan of a few ports a minute is named by the hour`() {
    #expect(row(port: 8081, with: lostSYN + Self.hour).name == .portScan)
    #expect(row(port: 8081, with: lostSYN + Self.hour + [.srcFailedTargets1h: 40]).names.isEmpty)
    #expect(row(port: 8081, with: lostSYN + Self.hour + [.srcFailedShare100: 0.3]).names.isEmpty)
    #expect(row(17, port: 8081, with: Self.hour).name == .portScan)
    #expect(
      row(17, port: 8081, with: Self.hour + [.fwdLengthMean: 50, .pairSizeMean: 40]).names.isEmpty)
  }

  @Test func `eight ports are a hint, twenty a finding`() throws {
    let ports: [Measure: Double] = [.pairPorts60s: 9, .pairFailedShare60s: 1]
    let hint = try #require(DetectorSet().judge(row(port: 8081, with: lostSYN + ports)).strongest)
    #expect(hint.attack == .portScan)
    #expect(hint.confidence < 0.5)
  }
}

struct OddFlagsTests {
  @Test func `a lone XMAS segment and a second NULL or FIN are named`() {
    #expect(row(with: [.fin: 1, .finCount: 1, .urg: 1, .psh: 1]).name == .portScan)
    #expect(row(with: [.pairPorts60s: 3]).name == .portScan)
    #expect(row(with: [.fin: 1, .finCount: 1, .pairPorts60s: 3]).name == .portScan)
    #expect(row(with: lostSYN + [.fin: 1, .finCount: 1]).name == .portScan)
  }

  @Test func `the end of a connection that was there before is left alone`() {
    let end: [Measure: Double] = [.fin: 1, .finCount: 1, .ack: 1, .ackCount: 1, .pairPorts60s: 3]
    #expect(row(with: end).names.isEmpty)
    let refused: [Measure: Double] = [.bwdPackets: 1, .bwdRST: 1, .rst: 1]
    #expect(row(with: end + refused).names.isEmpty)
    #expect(row(with: [.rst: 1, .fwdRST: 1, .pairPorts60s: 3]).names.isEmpty)
  }

  @Test func `a flood of such segments is a flood`() {
    let flood: [Measure: Double] = [
      .fin: 1, .finCount: 1, .urg: 1, .svcFlows1s: 900, .svcSources1s: 800,
    ]
    #expect(row(with: flood).names == [.ddos])
  }
}

struct HiddenChannelTests {
  @Test func `data in long names is named, long names of a few are left alone`() {
    let tunnel: [Measure: Double] = [.dnsLongestName: 180, .dnsQueries: 1, .pairFlows60s: 200]
    #expect(row(17, port: 53, application: "dns", with: tunnel).name == .exfiltration)
    #expect(
      row(17, port: 53, application: "dns", with: tunnel + [.dnsLongestName: 72]).names.isEmpty)
    #expect(
      row(17, port: 53, application: "dns", with: tunnel + [.pairFlows60s: 4]).names.isEmpty)
  }

  static let calls: [Measure: Double] = [
    .pairGaps: 32, .pairGapMean: 60, .pairGapVariation: 0.005,
  ]

  @Test func `calls by the clock to a port that nobody knows are a hint`() throws {
    let finding = try #require(
      DetectorSet().judge(row(to: "203.0.113.9", port: 6667, with: talk + Self.calls)).strongest)
    #expect(finding.attack == .commandAndControl)
    #expect(finding.confidence < 0.5)
  }

  @Test func `polling a cloud, calls at the ward, and calls by chance are left alone`() {
    #expect(row(to: "203.0.113.9", port: 443, with: talk + Self.calls).names.isEmpty)
    #expect(row(to: "10.9.0.1", port: 6667, with: talk + Self.calls).names.isEmpty)
    #expect(
      row(to: "203.0.113.9", port: 6667, with: talk + Self.calls + [.pairGapVariation: 0.05])
        .names.isEmpty)
  }
}
