import Flows
import Packets
import Testing

/// Where CICFlowMeter begins and ends flows, and what it takes for one.
struct CICEndingTests {
  private let second = Traffic.second

  /// Packets both ways of each row.
  private func packets(_ rows: [CICRow]) -> [[String?]] {
    rows.map { [$0["Total Fwd Packet"], $0["Total Bwd packets"]] }
  }

  private func handshake() -> CICTalk {
    var talk = CICTalk()
    talk.tcp(0, up: true, .syn)
    talk.tcp(10, up: false, [.syn, .ack])
    talk.tcp(20, up: true, .ack)
    return talk
  }

  @Test func `a lone packet is not written`() throws {
    var talk = CICTalk()
    talk.tcp(0, up: true, .syn)
    for variant in CICVariant.allCases { #expect(try talk.rows(variant).isEmpty) }
  }

  @Test func `the responder's FIN cuts the connection in two`() throws {
    var talk = handshake()
    talk.tcp(30, up: false, [.fin, .ack])
    talk.tcp(40, up: true, [.fin, .ack])
    talk.tcp(50, up: false, .ack)
    let rows = try talk.rows(.v4)
    #expect(packets(rows) == [["2", "2"], ["1", "1"]])
    #expect(rows.map { $0["FIN Flag Count"] } == ["1", "1"])
    #expect(packets(try talk.rows(.cns2022)) == [["3", "3"]])
  }

  @Test func `the initiator's FIN waits for the responder's, and the last ACK is lost`() throws {
    var talk = handshake()
    talk.tcp(30, up: true, [.fin, .ack])
    talk.tcp(40, up: false, .ack)
    talk.tcp(50, up: false, [.fin, .ack])
    talk.tcp(60, up: true, .ack)
    #expect(packets(try talk.rows(.v4)) == [["3", "3"]])
    #expect(packets(try talk.rows(.cns2022)) == [["4", "3"]])
  }

  @Test func `a FIN sent again is not counted`() throws {
    var talk = handshake()
    talk.tcp(30, up: true, [.fin, .ack])
    talk.tcp(40, up: true, [.fin, .ack])
    talk.tcp(50, up: false, [.fin, .ack])
    expect(try talk.rows(.v4).first, ["Total Fwd Packet": "3", "FIN Flag Count": "2"])
    expect(try talk.rows(.cns2022).first, ["Total Fwd Packet": "4", "FIN Flag Count": "3"])
  }

  @Test func `stragglers behind RST are a flow of their own`() throws {
    var talk = handshake()
    talk.tcp(30, up: true, .rst)
    talk.tcp(40, up: false, .ack)
    talk.tcp(50, up: true, .rst)
    #expect(packets(try talk.rows(.v4)) == [["3", "1"], ["1", "1"]])
    let rows = try talk.rows(.cns2022)
    #expect(packets(rows) == [["4", "2"]])
    expect(rows.first, ["Fwd RST Flags": "2", "Bwd RST Flags": "0", "RST Flag Count": "2"])
  }

  @Test func `a SYN behind the close opens a flow whose ID keeps the old order`() throws {
    var talk = handshake()
    talk.tcp(30, up: true, .rst)
    talk.tcp(40, up: false, .syn)
    talk.tcp(50, up: true, .ack)
    let rows = try talk.rows(.cns2022)
    #expect(packets(rows) == [["3", "1"], ["1", "1"]])
    #expect(rows.map { $0["Src IP"] } == ["10.0.0.2", "10.0.0.1"])
    #expect(Set(rows.map { $0["Flow ID"] }) == ["10.0.0.2-10.0.0.1-40000-80-6"])
  }

  @Test func `time runs out from the first packet on, however busy the flow`() throws {
    var talk = CICTalk()
    for time in [0, 50, 100, 150, 160] as [Int64] {
      talk.udp(time * second, up: time != 150, payload: 1)
    }
    // Right is one flow: no silence is longer than 50 s. The backward packet at 150 s opens the second
    // flow, and version 4 counts it as forward.
    let rows = try talk.rows(.v4)
    #expect(packets(rows) == [["3", "0"], ["2", "0"]])
    #expect(rows.map { $0["Src IP"] } == ["10.0.0.2", "10.0.0.2"])
    let release = try talk.rows(.cns2022)
    #expect(packets(release) == [["3", "0"], ["1", "1"]])
    #expect(release.map { $0["Src IP"] } == ["10.0.0.2", "10.0.0.1"])
  }

  @Test func `exactly two minutes are not too long`() throws {
    var talk = CICTalk()
    talk.udp(0, payload: 1)
    talk.udp(120 * second, payload: 1)
    #expect(packets(try talk.rows(.v4)) == [["2", "0"]])
  }

  @Test func `a connection's time adds up over its flows`() throws {
    var talk = CICTalk()
    for time in [0, 100, 130, 140] as [Int64] { talk.tcp(time * second, up: time != 130, .ack) }
    let rows = try talk.rows(.cns2022)
    // 0 to 100 s; then 30 s between the flows and 130 to 140 s: 100, and 100 + 30 + 10.
    #expect(rows.map { $0["Total TCP Flow Time"] } == ["100000000", "140000000"])
    #expect(packets(rows) == [["2", "0"], ["1", "1"]])
  }

  @Test func `without the SYN the responder is the source`() throws {
    var talk = CICTalk()
    talk.tcp(0, up: false, [.syn, .ack])
    talk.tcp(10, up: true, .ack)
    for variant in CICVariant.allCases {
      expect(
        try talk.rows(variant).first,
        ["Flow ID": "10.0.0.1-10.0.0.2-80-40000-6", "Src Port": "80", "Dst Port": "40000"])
    }
  }

  @Test func `ICMP is protocol 0, or what it quotes`() throws {
    let (client, server) = (End(2, 40_000), End(1, 53))
    let question = Frames.udp(client, server, payload: 20)
    let error = Frames.icmpError(server, client, type: 3, code: 3, about: question)
    let echo = Frames.icmp(client, server, type: 8)
    let shots = [Shot(0, error), Shot(10, error), Shot(20, echo), Shot(30, echo)]
    let rows = try cicRows(of: shots, .v4)
    #expect(
      rows.map { $0["Flow ID"] } == [
        "10.0.0.1-10.0.0.2-40000-53-17", "10.0.0.2-10.0.0.1-0-0-0",
      ])
    expect(rows.first, ["Fwd Header Length": "16", "Total Length of Fwd Packet": "0.0"])
    // Another type and another code than the flow's: a new one.
    let release = try cicRows(of: shots, .cns2022)
    #expect(release.map { $0["ICMP Type"] } == ["3", "8"])
    #expect(release.map { $0["ICMP Code"] } == ["3", "0"])
    #expect(release.map { $0["Protocol"] } == ["1", "1"])
  }

  @Test func `IPv6 is not read`() throws {
    let frame = Frames.udp(End(v6: 2, 40_000), End(v6: 1, 53), payload: 20)
    var meter = CICFlowMeter(.v4)
    meter.add(Shot(0, frame))
    meter.add(Shot(1, frame))
    meter.finish()
    #expect(meter.counters.otherFrames == 2)
    #expect(try meter.takeRows().isEmpty)
  }

  @Test func `times are written as the tools write them, in UTC`() throws {
    var talk = CICTalk()
    talk.udp(123_456, payload: 1)
    talk.udp(200_000, payload: 1)
    // 1700000000 s is 2023-11-14T22:13:20Z.
    expect(try talk.rows(.v4).first, ["Timestamp": "14/11/2023 10:13:20 PM"])
    expect(try talk.rows(.cns2022).first, ["Timestamp": "2023-11-14 22:13:20.123456"])
    var night = CICTalk()
    night.udp(6_400 * second, payload: 1)
    night.udp(6_401 * second, payload: 1)
    // 22:13:20 and 1:46:40 are 24:00:00.
    expect(try night.rows(.v4).first, ["Timestamp": "15/11/2023 12:00:00 AM"])
  }

  @Test func `a full table writes the flow that was silent longest`() throws {
    var meter = CICFlowMeter(.v4, flows: 16)
    for number in 0..<100 {
      let (from, to) = (End(2, UInt16(1_000 + number)), End(1, 80))
      meter.add(Shot(Int64(number) * 100, Frames.udp(from, to, payload: 1)))
      meter.add(Shot(Int64(number) * 100 + 1, Frames.udp(from, to, payload: 1)))
    }
    #expect(meter.counters.evictedFlows == 84)
    meter.finish()
    let ports = try meter.takeRows().map { $0["Src Port"] }
    #expect(ports == (0..<100).map { "\(1_000 + $0)" })
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `chance traffic makes whole rows`(seed: UInt64) throws {
    let shots = Wild(seed: seed, packets: 3_000).shots
    for variant in CICVariant.allCases {
      let rows = try cicRows(of: shots, variant)
      #expect(rows.count > 20)
      #expect(rows.allSatisfy { row in !row.values.contains("") })
    }
    let release = try cicRows(of: shots, .cns2022)
    #expect(release.allSatisfy { !$0.values.contains("NaN") && !$0.values.contains("Infinity") })
  }
}
