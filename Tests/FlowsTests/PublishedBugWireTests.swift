import Addresses
import Flows
import Packets
import Tables
import Testing

/// CICFlowMeter's published bugs, B20 to B28: names and formats, what lies on the wire, its order.
struct PublishedBugWireTests {
  let client = End(2, 40_000)
  let server = End(1, 53)

  @Test func `B20: the header stands once, its names once each, without blanks, CWR by its name`()
    throws
  {
    let shots = (0..<300).map { (turn: Int) -> Shot in
      Shot(Int64(turn) * Traffic.second, Frames.udp(client, server, payload: 1))
    }
    let text = String(decoding: file(of: shots), as: UTF8.self)
    let lines = text.split(separator: "\n")
    let names = try #require(lines.first).split(separator: ",", omittingEmptySubsequences: false)
    #expect(lines.count > 50)
    #expect(lines.count { $0.hasPrefix(names[0]) } == 1)
    #expect(Set(names).count == names.count)
    #expect(!names.contains { $0.isEmpty || $0.hasPrefix(" ") || $0.hasSuffix(" ") })
    #expect(names.count { $0 == "Fwd Header Length" } == 1)
    #expect(names.contains("CWR Flag Count") && !names.contains("CWE Flag Count"))
  }

  @Test func `B20: CICFlowMeter's columns have its names and its order`() throws {
    // Numbers 8 to 84 of version 4's header; 62 was a duplicate of 41 and is gone.
    let first = Measure.flowDuration.index
    let names = Measure.allCases[first...Measure.idleMin.index].map(\.rawValue)
    #expect(names.count == 84 - 8 + 1 - 1)
    #expect(names.prefix(3) == ["Flow Duration", "Total Fwd Packet", "Total Bwd packets"])
    #expect(names[41 - 8] == "Fwd Header Length")
    #expect(names[56 - 8] == "CWR Flag Count")
    #expect(names[63 - 9] == "Fwd Bytes/Bulk Avg")
    #expect(names[73 - 9] == "FWD Init Win Bytes")
    #expect(names.last == "Idle Min")
  }

  @Test func `B21: payload comes from the IP length, not from Ethernet's padding`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    capture.up(100, .ack, 3)
    // 54 bytes on the wire become 60, 57 become 60: CICFlowMeter sees payloads of 6 and 3.
    let padded = capture.shots.map { Shot($0.time, Frames.padded($0.frame)) }
    #expect(padded.map(\.frame.count) == [60, 60, 60, 60])
    #expect(file(of: padded) == file(of: capture.shots))
    expect(
      try onlyLine(of: padded),
      [
        .fwdPayload: "3", .bwdPayload: "0", .fwdDataPackets: "1", .lengthMax: "3", .bytes: "163",
      ])  // 4 × 40 + 3
  }

  @Test func `B21: a capture that keeps 64 bytes of a frame tells its whole length`() throws {
    let frame = Frames.udp(client, server, payload: 1_000)
    let line = try onlyLine(of: [Shot(0, Array(frame.prefix(64)), wireLength: frame.count)])
    expect(line, [.fwdPayload: "1000", .bytes: "1028", .truncated: "1", .lengthMax: "1000"])
  }

  @Test func `B22: ICMP keeps its number, type and code, and what it quotes is no flow`() throws {
    let question = Frames.udp(client, server, payload: 20)
    let error = Frames.icmpError(server, client, type: 3, code: 3, about: question)
    let line = try onlyLine(of: [Shot(0, error)])
    expect(line, identity: ["protocol": "1", "src_ip": "10.0.0.1", "src_port": "0"])
    expect(line, [.icmpType: "3", .icmpCode: "3", .packets: "1"])
  }

  @Test(arguments: [(2, "2"), (47, "47"), (132, "132")] as [(UInt8, String)])
  func `B22: other protocols keep their numbers`(number: UInt8, text: String) throws {
    let frame = Frames.ip(client, server, number, [UInt8](repeating: 0, count: 12))
    let line = try onlyLine(of: [Shot(0, frame)])
    expect(line, identity: ["protocol": text])
    expect(line, [.packets: "1", .bytes: "32"])  // 20 + 12
  }

  @Test func `B23: IPv6 has microseconds, flags and windows`() throws {
    var capture = Conversation(End(v6: 2, 40_000), End(v6: 1, 80))
    capture.up(0, .syn, 0, window: 64_800)
    capture.down(123, [.syn, .ack], 0, window: 64_260)
    capture.up(1_456, .ack, 0, window: 507)
    let line = try onlyLine(of: capture.shots)
    expect(line, identity: ["src_ip": "fd00::2", "last": "2023-11-14T22:13:20.001456Z"])
    expect(
      line,
      [
        .ipVersion: "6", .flowDuration: "1456", .flowIATMax: "1333", .flowIATMin: "123",
        .synCount: "2", .ackCount: "2", .fwdInitialWindow: "64800", .bwdInitialWindow: "64260",
        .handshakeComplete: "1", .bytes: "180",  // 3 × (40 + 20)
      ])
  }

  @Test func `B23: what carries the packet changes no column but the link's`() throws {
    let packets = [
      Frames.udp(client, server, payload: 12), Frames.udp(server, client, payload: 99),
    ].map { Array($0[14...]) }
    let cooked: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0x00]
    let cooked2: [UInt8] = [0x08, 0x00] + [UInt8](repeating: 0, count: 18)
    let carriers: [(LinkType, [UInt8])] = [
      (.raw, []), (.ipv4, []), (.cooked, cooked), (.cooked2, cooked2), (.loopback, [2, 0, 0, 0]),
    ]
    for (link, header) in carriers {
      let line = Line(of: packets.map { header + $0 }, link)
      expect(
        line,
        identity: ["src_ip": "10.0.0.2", "dst_port": "53", "src_mac": "00:00:00:00:00:00"])
      expect(line, [.packets: "2", .fwdPayload: "12", .bwdPayload: "99", .bytes: "167"])
    }  // 2 × 28 + 111
    let tag: [UInt8] = [0x81, 0x00, 0x00, 0x0C, 0x08, 0x00]
    let tagged = packets.map { [2, 0, 10, 0, 0, 1, 2, 0, 10, 0, 0, 2] + tag + $0 }
    expect(Line(of: tagged, .ethernet), [.packets: "2", .bytes: "167", .fwdPayload: "12"])
  }

  @Test func `B24: times are UTC in RFC 3339 with microseconds`() throws {
    // 1,700,000,000 s after the epoch: 2023-11-14, 22:13:20, past noon and unmistakably so.
    let line = try onlyLine(of: [
      Shot(7, Frames.udp(client, server, payload: 1)),
      Shot(1_000_001, Frames.udp(client, server, payload: 1)),
    ])
    expect(
      line,
      identity: ["start": "2023-11-14T22:13:20.000007Z", "last": "2023-11-14T22:13:21.000001Z"])
  }

  @Test func `B25: packets out of order make no time negative and are counted`() throws {
    // Gaps: 10 − 30 = −20 becomes 0, 50 − 30 = 20, 40 − 50 becomes 0: 0, 20, 0 sum to the duration.
    let times: [Int64] = [30, 10, 50, 40]
    expect(
      try onlyLine(of: times.map { Shot($0, Frames.udp(client, server, payload: 1)) }),
      [
        .outOfOrder: "2", .flowDuration: "20", .flowIATMin: "0", .flowIATMax: "20",
        .flowIATMean: "6.666667", .fwdIATTotal: "20", .fwdIATMin: "0",
        .flowIATStd: "11.547005",  // √((2 × 6.667² + 13.333²) ÷ 2) = √133.333
      ])
  }

  @Test func `B25: a segment captured twice is counted as sent again`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    capture.up(100, [.psh, .ack], 50)
    capture.again(at: 100)
    expect(
      try onlyLine(of: capture.shots),
      [.packets: "5", .fwdRetransmissions: "1", .outOfOrder: "0", .flowIATMin: "0"])
  }

  @Test func `B26: a SYN-ACK seen first comes from the responder`() throws {
    var capture = Conversation(End(2, 40_000), End(1, 8_080))
    capture.open(at: 0)
    capture.up(100, [.psh, .ack], 50)
    let line = try onlyLine(of: Array(capture.shots.dropFirst()))
    expect(line, identity: ["src_ip": "10.0.0.2", "src_port": "40000", "dst_port": "8080"])
    expect(line, [.fwdPackets: "2", .bwdPackets: "1", .fwdPayload: "50"])
  }

  @Test func `B27: time-outs are settings and the table is bounded, its losses counted`() throws {
    var limits = FlowLimits()
    limits.flows = 4
    limits.otherIdle = 2 * Traffic.second
    let silent = [0, 3].map {
      Shot(Int64($0) * Traffic.second, Frames.udp(client, server, payload: 1))
    }
    #expect(lastLines(of: silent, limits).map { $0["state"] } == ["idle", "end"])
    var featurizer = Featurizer(sensor: "test", limits: limits)
    featurizer.beginSegment()
    for host in 0..<10 {
      featurizer.add(Shot(Int64(host), Frames.udp(End(UInt32(10 + host), 9), server, payload: 1)))
    }
    featurizer.finish()
    let states = try rows(in: featurizer.take()).map(\.identity.state)
    #expect(featurizer.counters.evictedFlows == 6)
    #expect(states.filter { $0 == .evicted }.count == 6)
    #expect(states.count == 10)
  }

  @Test func `B28: a super-frame of segmentation offload has the wire's length`() throws {
    var capture = Conversation(client, End(1, 80))
    capture.open(at: 0)
    capture.up(100, .ack, 4_000)
    var shots = capture.shots
    shots[3].frame[16] = 0  // the IP length, which the card had yet to fill in
    shots[3].frame[17] = 0
    let line = try onlyLine(of: shots)
    #expect(file(of: shots) == file(of: capture.shots))
    expect(line, [.fwdPayload: "4000", .lengthMax: "4000", .bytes: "4160"])  // 4 × 40 + 4,000
  }
}

extension Line {
  /// The last line of the only flow in frames of another link than Ethernet, a microsecond apart.
  fileprivate init(of frames: [[UInt8]], _ link: LinkType) {
    var featurizer = Featurizer(sensor: "test")
    for (index, bytes) in frames.enumerated() {
      bytes.withUnsafeBytes {
        featurizer.add(
          Frame(
            bytes: $0, time: Traffic.moment(Int64(index)), wireLength: UInt32(bytes.count),
            link: link))
      }
    }
    featurizer.finish()
    let text = String(decoding: featurizer.take(), as: UTF8.self)
    cells = text.dropLast().split(separator: ",", omittingEmptySubsequences: false)
  }
}
