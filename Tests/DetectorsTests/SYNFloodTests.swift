import Detectors
import Tables
import Testing

struct SYNFloodTests {
  /// What a host sees under `rate` SYNs a second from made-up sources.
  static func window(_ rate: Double) -> [Measure: Double] {
    [
      .dstFlows1s: rate, .svcFlows1s: rate, .dstHalfOpen1s: rate, .svcHalfOpen1s: rate,
      .dstSources1s: rate, .svcSources1s: rate, .dstCompletedShare1s: 0, .dstPackets1s: rate,
      .svcPackets1s: rate, .pairFailedShare60s: 1, .srcFailedShare60s: 1,
    ]
  }

  @Test func `a spoofed flood names its lone SYNs, and says why`() throws {
    let finding = try #require(
      DetectorSet().judge(row(with: lostSYN + Self.window(4812))).strongest)
    #expect(finding.attack == .synFlood)
    #expect(finding.confidence > 0.98)
    #expect(finding.reason == "svc_half_open_1s 4812 >= 50, completed share 0.00")
  }

  @Test func `a hundred SYNs a second are enough`() {
    #expect(row(with: lostSYN + Self.window(100)).name == .synFlood)
  }

  @Test func `twenty made-up SYNs a second are not seen`() {
    #expect(row(with: lostSYN + Self.window(20)).names.isEmpty)
  }

  @Test func `a row of many folded SYNs is named`() {
    let folded: [Measure: Double] = [.folded: 900, .foldedSources: 870, .fwdPackets: 900]
    #expect(
      row(from: "0.0.0.0", at: 0, with: lostSYN + Self.window(4000) + folded).name == .synFlood)
  }

  @Test func `a flood over many ports of one host is named by the host's window`() {
    let scattered: [Measure: Double] = [.svcFlows1s: 1, .svcHalfOpen1s: 1, .svcSources1s: 1]
    #expect(row(with: lostSYN + Self.window(900) + scattered).name == .synFlood)
  }

  @Test func `an established client of a flooded server is the patient`() {
    #expect(row(with: talk + Self.window(4000)).names.isEmpty)
  }

  @Test func `a client that was there before the capture is the patient`() {
    let early: [Measure: Double] = [.syn: 0, .handshakeComplete: 0]
    #expect(row(with: talk + Self.window(4000) + early).names.isEmpty)
  }

  @Test func `an honest server answering a stranger's SYN is no flooder`() {
    let answer: [Measure: Double] = [.syn: 1, .ack: 1]
    #expect(row(with: Self.window(4000) + answer).names.isEmpty)
  }

  @Test(arguments: [1.0, 0.0])
  func `a slow flood from one source is named, refused or not`(reset: Double) {
    let slow: [Measure: Double] = [
      .rst: reset, .bwdPackets: 1, .pairFlows60s: 600, .pairFailedShare60s: 1, .pairPorts60s: 1,
      .svcHalfOpen1s: 10, .svcFlows1s: 10, .dstHalfOpen1s: 10, .dstCompletedShare1s: 0,
    ]
    #expect(row(with: lostSYN + slow).name == .synFlood)
  }

  @Test func `a device that knocks at a closed port every few seconds is left alone`() {
    let retry: [Measure: Double] = [
      .rst: 1, .bwdPackets: 1, .pairFlows60s: 20, .pairFailedShare60s: 1, .srcFailedShare60s: 1,
      .svcHalfOpen1s: 1, .dstCompletedShare1s: 0,
    ]
    #expect(row(with: lostSYN + retry).names.isEmpty)
  }

  @Test func `a ward that knocks at a broker that is down is left alone`() {
    #expect(row(with: lostSYN + Self.window(30)).names.isEmpty)
  }

  @Test func `update day is left alone`() {
    let crowd: [Measure: Double] = [
      .dstFlows1s: 480, .svcFlows1s: 480, .dstSources1s: 120, .svcSources1s: 120,
      .dstHalfOpen1s: 24, .svcHalfOpen1s: 24, .dstCompletedShare1s: 0.95, .svcReplyShare1s: 1,
    ]
    #expect(row(with: lostSYN + crowd).names.isEmpty)
    #expect(row(with: talk + crowd).names.isEmpty)
  }

  @Test func `a flood beside a busy honest service is seen at its own service`() {
    let busy: [Measure: Double] = [
      .dstFlows1s: 900, .dstCompletedShare1s: 0.8, .dstHalfOpen1s: 180, .svcFlows1s: 180,
      .svcHalfOpen1s: 180,
    ]
    #expect(row(with: lostSYN + busy).name == .synFlood)
  }

  @Test func `thresholds come from the configuration`() throws {
    let patient = DetectorSet { key, fallback in key == "syn_flood.half_open" ? 1e6 : fallback }
    let slow = row(with: lostSYN + Self.window(90))
    #expect(row(with: lostSYN + Self.window(90)).names.contains(.synFlood))
    #expect(!patient.judge(slow).all.contains { $0.attack == .synFlood })
  }
}
