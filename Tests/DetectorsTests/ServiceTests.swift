import Detectors
import Tables
import Testing

struct SQLInjectionTests {
  @Test func `one pattern is enough, none is nothing`() throws {
    let finding = try #require(
      DetectorSet().judge(row(with: talk + [.sqlInjections: 1])).strongest)
    #expect(finding.attack == .sqlInjection)
    #expect(finding.confidence == 0.80)
    #expect(finding.reason == "sqli_patterns 1 >= 1")
    #expect(row(with: talk).names.isEmpty)
  }

  @Test func `a threshold of zero does not call everything an injection`() {
    let eager = DetectorSet { key, fallback in key == "sql_injection.patterns" ? 0 : fallback }
    #expect(eager.judge(row(with: talk)).all.isEmpty)
  }
}

struct BruteForceTests {
  static let tries: [Measure: Double] = [
    .fin: 1, .pairFlows60s: 40, .pairPorts60s: 1, .srcFlows60s: 40,
  ]

  @Test(arguments: [(UInt16(22), 2600.0), (21, 60), (23, 40), (1883, 14), (3389, 1200)])
  func `guessing is named`(port: UInt16, said: Double) {
    #expect(
      row(
        to: "10.9.0.1", port: port, with: talk + Self.tries + [.fwdPayload: said, .mqttRefusals: 1]
      )
      .name == .bruteForce)
  }

  @Test func `a copy, a browser and a few sessions are left alone`() {
    #expect(
      row(to: "10.9.0.1", port: 22, with: talk + Self.tries + [.fwdPayload: 90_000]).names.isEmpty)
    #expect(row(to: "10.9.0.1", port: 80, with: talk + Self.tries).names.isEmpty)
    #expect(
      row(to: "10.9.0.1", port: 22, with: talk + Self.tries + [.pairFlows60s: 3]).names.isEmpty)
    #expect(row(to: "10.9.0.1", port: 22, with: talk + Self.tries + [.fin: 0]).names.isEmpty)
    #expect(
      row(to: "10.9.0.1", port: 22, with: talk + Self.tries + [.pairPorts60s: 2]).names.isEmpty)
  }

  @Test func `an MQTT client that reconnects and publishes is left alone`() {
    #expect(row(to: "10.9.0.1", port: 1883, with: talk + Self.tries).names.isEmpty)
    let client: [Measure: Double] = [.fwdDataPackets: 3, .bwdDataPackets: 2, .fwdPayload: 140]
    #expect(row(to: "10.9.0.1", port: 1883, with: talk + Self.tries + client).names.isEmpty)
  }
}

struct MQTTFloodTests {
  @Test func `connections without end and messages without end are named`() {
    #expect(
      row(to: "10.9.0.1", port: 1883, with: talk + [.pairFlows60s: 900]).names.contains(.mqttFlood))
    let messages: [Measure: Double] = [
      .pairPackets1s: 900, .fwdPacketsPerSecond: 900, .fwdLengthMean: 60, .fwdPackets: 4000,
    ]
    #expect(row(to: "10.9.0.1", port: 1883, with: talk + messages).name == .mqttFlood)
  }

  @Test func `monitors, reconnections and firmware are left alone`() {
    let monitor: [Measure: Double] = [.pairPackets1s: 12, .fwdPacketsPerSecond: 12]
    #expect(row(to: "10.9.0.1", port: 1883, with: talk + monitor).names.isEmpty)
    #expect(
      row(to: "10.9.0.1", port: 1883, with: talk + [.pairFlows60s: 30, .pairPorts60s: 2]).names
        .isEmpty)
    let firmware: [Measure: Double] = [
      .pairPackets1s: 4000, .fwdPacketsPerSecond: 4000, .fwdLengthMean: 1400,
    ]
    #expect(row(to: "10.9.0.1", port: 1883, with: talk + firmware).names.isEmpty)
  }
}

struct HTTPFloodTests {
  @Test func `one client that connects without end is named`() {
    #expect(
      row(to: "10.9.0.1", port: 80, with: talk + [.pairFlows60s: 600, .srcFlows1s: 100]).name
        == .httpFlood)
  }

  @Test func `browsers and dashboards are left alone`() {
    #expect(
      row(to: "10.9.0.1", port: 443, with: talk + [.pairFlows60s: 60, .srcFlows1s: 12]).names
        .isEmpty)
    #expect(
      row(to: "10.9.0.1", port: 80, with: talk + [.pairFlows60s: 240, .srcFlows1s: 4]).names.isEmpty
    )
  }
}

struct DDoSTests {
  @Test(arguments: [0.0, 1.0])
  func `a flood of ACKs of no connection is named, refused or not`(refused: Double) {
    let flood: [Measure: Double] = [
      .ack: 1, .svcFlows1s: 3000, .svcSources1s: 2800, .svcPackets1s: 3000, .bwdPackets: refused,
      .bwdRST: refused, .rst: refused,
    ]
    #expect(row(with: flood).name == .ddos)
    #expect(row(with: flood + [.svcSources1s: 1]).name == .ddos)
  }

  @Test func `clients of that server are the patients`() {
    let crowd: [Measure: Double] = [.svcFlows1s: 3000, .svcSources1s: 2800, .svcPackets1s: 3000]
    #expect(row(with: talk + crowd).names.isEmpty)
    #expect(
      row(with: talk + crowd + [.syn: 0, .handshakeComplete: 0, .fwdPackets: 2]).names.isEmpty)
  }

  @Test func `connections dropped without a word by a crowd are named`() {
    let dropped: [Measure: Double] = [
      .fwdPayload: 0, .bwdPayload: 0, .rst: 1, .svcFlows1s: 300, .svcSources1s: 120,
    ]
    #expect(row(with: talk + dropped).name == .ddos)
    #expect(row(with: talk + dropped + [.svcSources1s: 1]).names.isEmpty)
  }

  @Test func `SYNs from many are also a DDoS, and a SYN flood first`() {
    let flood = row(with: lostSYN + SYNFloodTests.window(400))
    #expect(flood.names == [.synFlood, .ddos])
    #expect(flood.name == .synFlood)
  }
}
