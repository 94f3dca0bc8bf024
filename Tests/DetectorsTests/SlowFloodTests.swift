import Detectors
import Tables
import Testing

/// Floods of ten to twenty packets a second, and rows that are written after a silence.
struct SlowFloodTests {
  /// What a service sees of SYNs of strangers, `rate` a second for a minute.
  static func strangers(_ rate: Double) -> [Measure: Double] {
    [
      .svcFlows1s: rate, .svcHalfOpen1s: rate, .dstHalfOpen1s: rate, .dstFlows1s: rate,
      .svcFlows60s: 60 * rate, .dstFlows60s: 60 * rate, .dstCompletedShare1s: 0,
      .pairFailedShare60s: 1,
    ]
  }

  @Test func `a spoofed flood of ten SYNs a second is named`() {
    #expect(row(with: lostSYN + Self.strangers(10)).name == .synFlood)
  }

  @Test func `a ward whose broker is down comes back and is vouched for, so it is left alone`() {
    let device: [Measure: Double] = [.srcVerified: 1, .pairFlows60s: 12]
    #expect(row(with: lostSYN + Self.strangers(10) + device).names.isEmpty)
    #expect(row(with: lostSYN + Self.strangers(10) + [.pairFlows60s: 12]).names.isEmpty)
  }

  @Test func `a drowned client that is who it says is the patient`() {
    let patient: [Measure: Double] = [.srcVerified: 1, .pairFlows60s: 3]
    #expect(row(with: lostSYN + SYNFloodTests.window(900) + patient).names.isEmpty)
  }

  @Test func `the last row of a spoofed SYN is named by the minute's windows`() {
    let late: [Measure: Double] = [
      .svcFlows60s: 800, .dstFlows60s: 800, .dstFailedShare100: 1, .svcFlows1s: 0,
    ]
    var silent = row(with: lostSYN + late)
    #expect(silent.name == .benign)
    silent.identity.state = .idle
    #expect(silent.name == .synFlood)
  }

  @Test func `twenty failed knocks at eight a second are a hint, two hundred a finding`() throws {
    let pace: [Measure: Double] = [
      .srcFlows1s: 10, .svcHalfOpen1s: 10, .pairFailedShare60s: 1, .pairFlows60s: 25,
      .srcVerified: 2,
    ]
    let hint = try #require(DetectorSet().judge(row(with: lostSYN + pace)).strongest)
    #expect(hint.attack == .synFlood)
    #expect(hint.confidence < 0.5)
    let flood = try #require(
      DetectorSet().judge(row(with: lostSYN + pace + [.pairFlows60s: 220])).strongest)
    #expect(flood.confidence >= 0.5)
  }

  @Test func `the RSTs that a flooder's own system sends are the flood's`() {
    let flood: [Measure: Double] = [
      .rst: 1, .fwdRST: 1, .pairFlows60s: 400, .pairFailedShare60s: 1, .srcSYNShare1s: 0.5,
    ]
    #expect(row(with: flood).name == .synFlood)
    #expect(row(with: flood + [.srcSYNShare1s: 0]).names.isEmpty)
  }

  @Test func `SYNs that come twice at once to many ports are a flood, others a scan`() {
    let ports: [Measure: Double] = [
      .pairPorts60s: 120, .pairFlows60s: 123, .pairFailedShare60s: 1, .dstHalfOpen1s: 123,
      .dstFlows1s: 123, .dstCompletedShare1s: 0, .srcFlows1s: 123,
    ]
    let twice: [Measure: Double] = [.synCount: 2, .fwdPackets: 2, .flowDuration: 40]
    #expect(row(port: 30_522, with: lostSYN + ports + twice).name == .synFlood)
    #expect(row(port: 30_522, with: lostSYN + ports).name == .portScan)
  }

  @Test func `datagrams of strangers are named, answered ones and logs are not`() {
    let flood: [Measure: Double] = [.svcFlows1s: 12, .svcFlows60s: 700, .dstFlows60s: 700]
    #expect(row(17, port: 9955, with: flood).name == .udpFlood)
    #expect(row(17, port: 9955, with: flood + [.svcReplyShare1s: 0.9]).names.isEmpty)
    #expect(row(17, port: 514, with: flood).names.isEmpty)
  }

  @Test func `datagrams of one source that come to nothing are named`() {
    let flood: [Measure: Double] = [
      .pairFlows60s: 600, .pairFailedShare60s: 0.9, .srcFlows1s: 10, .srcVerified: 2,
    ]
    #expect(row(17, port: 9955, with: flood).name == .udpFlood)
    #expect(row(17, port: 9955, with: flood + [.pairFailedShare60s: 0.1]).names.isEmpty)
    #expect(row(17, port: 53, with: flood).names.isEmpty)
  }

  @Test func `echo requests of strangers are named, a patient's ping is not`() {
    let flood: [Measure: Double] = [.icmpType: 8, .svcFlows60s: 400, .dstICMP1s: 10]
    #expect(row(1, at: 0, port: 0, with: flood).name == .icmpFlood)
    #expect(row(1, at: 0, port: 0, with: flood + [.srcVerified: 1]).names.isEmpty)
  }

  @Test func `the errors that a reflection brings back are its shadow`() {
    let errors: [Measure: Double] = [.icmpType: 3, .dstICMP1s: 400, .dstFlows1s: 400]
    #expect(row(1, at: 0, port: 0, with: errors).name == .icmpFlood)
    #expect(row(1, at: 0, port: 0, with: errors + [.dstUDP1s: 3000]).names.isEmpty)
  }

  @Test func `segments of no connection by twelve a second are a DDoS`() {
    let strays: [Measure: Double] = [.ack: 1, .ackCount: 1, .svcFlows1s: 12, .svcFlows60s: 700]
    #expect(row(with: strays).name == .ddos)
    #expect(row(with: strays + [.pairFlows60s: 30]).names.isEmpty)
  }
}

struct ReflectionTests {
  static let few: [Measure: Double] = [
    .dstFlows60s: 300, .ctDstSport: 90, .fwdLengthMean: 90, .dstFlows1s: 10, .dstUDP1s: 10,
  ]

  @Test func `a slow reflection is named by its share of all that comes`() {
    let slow = row(17, from: "198.51.100.4", at: 161, port: 7777, with: Self.few)
    #expect(slow.name == .amplification)
    #expect(
      row(17, from: "198.51.100.4", at: 161, port: 7777, with: Self.few + [.ctDstSport: 20])
        .names.isEmpty)
    #expect(row(17, at: 161, port: 7777, with: Self.few + [.srcVerified: 1]).names.isEmpty)
  }

  @Test func `large datagrams of many from one port that no list knows are named`() {
    let many: [Measure: Double] = [
      .dstFlows1s: 400, .dstUDP1s: 400, .dstSources1s: 200, .ctDstSport: 95,
      .fwdLengthMean: 700, .svcPackets1s: 400, .svcReplyShare1s: 1,
    ]
    #expect(row(17, from: "198.51.100.4", at: 9987, port: 7777, with: many).name == .amplification)
    let streamed = many + [.dstSources1s: 1]
    #expect(!row(17, at: 9987, port: 7777, with: streamed).names.contains(.amplification))
    let talks = many + [.dstReplyShare1s: 0.6]
    #expect(!row(17, at: 9987, port: 7777, with: talks).names.contains(.amplification))
  }

  static let synACK: [Measure: Double] = [.syn: 1, .synCount: 1, .ack: 1, .ackCount: 1]

  @Test func `SYN-ACKs that nobody asked for are amplification`() {
    let flood: [Measure: Double] = [.dstBackscatter1s: 400, .dstFlows1s: 400, .dstSources1s: 300]
    #expect(
      row(from: "198.51.100.4", at: 443, port: 7777, with: Self.synACK + flood).name
        == .amplification)
    let refused: [Measure: Double] = [.bwdPackets: 1, .bwdRST: 1, .rst: 1]
    #expect(
      row(from: "198.51.100.4", at: 443, port: 7777, with: Self.synACK + flood + refused).name
        == .amplification)
  }

  @Test func `one SYN-ACK too many, and clients that the host refuses, are left alone`() {
    #expect(row(at: 443, port: 7777, with: Self.synACK + [.dstBackscatter1s: 1]).names.isEmpty)
    let client: [Measure: Double] = [
      .bwdPackets: 1, .bwdRST: 1, .rst: 1, .dstBackscatter1s: 400, .dstFlows1s: 400,
      .dstSources1s: 300,
    ]
    #expect(!row(port: 7777, with: Self.synACK + client).names.contains(.amplification))
  }
}

struct FragmentFloodTests {
  static let pieces: [Measure: Double] = [
    .fragments: 40, .fwdPackets: 40, .dstFragments1s: 4000, .fwdLengthMean: 1400,
  ]

  @Test(arguments: [(UInt8(17), Attack.udpFlood), (1, .icmpFlood), (47, .ddos)])
  func `a flood of fragments is named by its protocol`(ipProtocol: UInt8, attack: Attack) {
    #expect(row(ipProtocol, at: 0, port: 0, with: Self.pieces).name == attack)
  }

  @Test func `images in large datagrams and answered ones are left alone`() {
    let video: [Measure: Double] = [.dstFragments1s: 1200, .srcVerified: 1, .fwdPackets: 9000]
    #expect(row(17, with: Self.pieces + video).names.isEmpty)
    #expect(row(17, with: Self.pieces + [.dstReplyShare1s: 0.5]).names.isEmpty)
    #expect(row(17, with: Self.pieces + [.fragments: 0]).names.isEmpty)
  }
}
