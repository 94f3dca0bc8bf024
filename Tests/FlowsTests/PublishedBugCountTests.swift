import Packets
import Tables
import Testing

/// CICFlowMeter's published bugs, B6 to B19: what is counted in a flow.
struct PublishedBugCountTests {
  @Test func `B6: flags of every packet are counted`() throws {
    var capture = Conversation()
    capture.up(0, [.syn, .ece, .cwr])
    capture.down(10, [.syn, .ack, .ece])
    capture.up(20, .ack)
    for turn in 0..<3 { capture.up(100 + Int64(turn), [.psh, .ack], 10) }
    for turn in 0..<2 { capture.down(200 + Int64(turn), [.psh, .urg, .ack], 10) }
    capture.up(300, [.rst, .ack])
    expect(
      try onlyLine(of: capture.shots),
      [
        .synCount: "2", .ackCount: "8", .pshCount: "5", .urgCount: "2", .rstCount: "1",
        .finCount: "0", .eceCount: "2", .cwrCount: "1",
        .syn: "1", .ack: "1", .psh: "1", .urg: "1", .rst: "1", .fin: "0", .ecn: "1",
      ])
  }

  @Test func `B7: PSH and URG each way are counted beyond the opening packet`() throws {
    var capture = Conversation()
    capture.open(at: 0)  // none of the three has PSH or URG
    for turn in 0..<4 { capture.up(100 + Int64(turn), [.psh, .ack], 10) }
    capture.up(110, [.urg, .ack], 1)
    for turn in 0..<3 { capture.down(200 + Int64(turn), [.psh, .urg, .ack], 10) }
    expect(
      try onlyLine(of: capture.shots),
      [.fwdPSH: "4", .bwdPSH: "3", .fwdURG: "1", .bwdURG: "3"])
  }

  @Test func `B8: bulks are found forward and each way alone`() throws {
    var capture = Conversation()
    capture.open(at: 0)
    // Forward: 5 packets of 100 B, 10 ms apart: 500 B in 40 ms are 12,500 B/s.
    for turn in 0..<5 { capture.up(100_000 + Int64(turn) * 10_000, .ack, 100) }
    // Backward: 4 packets of 1,000 B, 20 ms apart: 4,000 B in 60 ms are 66,666.666667 B/s.
    for turn in 0..<4 { capture.down(200_000 + Int64(turn) * 20_000, .ack, 1_000) }
    expect(
      try onlyLine(of: capture.shots),
      [
        .fwdBytesPerBulk: "500", .fwdPacketsPerBulk: "5", .fwdBulkRate: "12500",
        .bwdBytesPerBulk: "4000", .bwdPacketsPerBulk: "4", .bwdBulkRate: "66666.666667",
      ])
  }

  @Test func `B9: the opening packet's payload is entered once`() throws {
    let (client, server) = (End(2, 40_000), End(1, 53))
    // The published row: twice 44 B there, twice 60 B back. CICFlowMeter: mean 50.4 (252 ÷ 5), average
    // 63 (252 ÷ 4). Right: 208 ÷ 4 = 52; Σ(x − 52)² = 4 × 64 = 256, ÷ 3 = 85.333333, √ = 9.237604.
    expect(
      try onlyLine(of: [
        Shot(0, Frames.udp(client, server, payload: 44)),
        Shot(1, Frames.udp(client, server, payload: 44)),
        Shot(2, Frames.udp(server, client, payload: 60)),
        Shot(3, Frames.udp(server, client, payload: 60)),
      ]),
      [
        .lengthMean: "52", .averagePacketSize: "52", .lengthStd: "9.237604",
        .lengthVariance: "85.333333", .lengthMin: "44", .lengthMax: "60",
        .fwdPayload: "88", .fwdLengthMean: "44", .fwdLengthStd: "0",
        .bwdPayload: "120", .bwdLengthMean: "60",
      ])
  }

  @Test func `B10: a flow without a gap is one subflow, and shares are not whole numbers`() throws {
    let (client, server) = (End(2, 40_000), End(1, 53))
    func capture(_ pause: Int64) -> [Shot] {
      [
        Shot(0, Frames.udp(client, server, payload: 10)),
        Shot(10, Frames.udp(client, server, payload: 11)),
        Shot(20, Frames.udp(server, client, payload: 50)),
        Shot(20 + pause, Frames.udp(client, server, payload: 12)),
      ]
    }
    // A gap of a second exactly starts none: one subflow, all of the flow.
    expect(
      try onlyLine(of: capture(1_000_000)),
      [
        .subflowFwdPackets: "3", .subflowFwdBytes: "33", .subflowBwdPackets: "1",
        .subflowBwdBytes: "50",
      ])
    // A microsecond more: two subflows. 3 ÷ 2, 33 ÷ 2, 1 ÷ 2, 50 ÷ 2.
    expect(
      try onlyLine(of: capture(1_000_001)),
      [
        .subflowFwdPackets: "1.5", .subflowFwdBytes: "16.5", .subflowBwdPackets: "0.5",
        .subflowBwdBytes: "25",
      ])
  }

  @Test func `B11: the ratio of down to up is no whole number`() throws {
    let (client, server) = (End(2, 40_000), End(1, 53))
    let up = (0..<3).map { Shot(Int64($0), Frames.udp(client, server, payload: 1)) }
    let down = (3..<5).map { Shot(Int64($0), Frames.udp(server, client, payload: 1)) }
    // 2 ÷ 3; CICFlowMeter: 0.
    expect(try onlyLine(of: up + down), [.downUpRatio: "0.666667"])
    expect(try onlyLine(of: up), [.downUpRatio: "0"])
  }

  @Test(arguments: [(65_160, "65160"), (0, "0")] as [(UInt16, String)])
  func `B12: the backward window is the first, be it zero, not the last`(
    first: UInt16, text: String
  ) throws {
    var capture = Conversation()
    capture.up(0, .syn, 0, window: 64_240)
    capture.down(10, [.syn, .ack], 0, window: first)
    capture.up(20, .ack, 0, window: 502)
    capture.down(30, .ack, 100, window: 509)
    capture.down(40, .ack, 100, window: 510)
    expect(
      try onlyLine(of: capture.shots), [.fwdInitialWindow: "64240", .bwdInitialWindow: text])
  }

  @Test func `B13: rates over no time are 0, and a flag says why`() throws {
    let (client, server) = (End(2, 40_000), End(1, 53))
    let shots = [
      Shot(0, Frames.udp(client, server, payload: 10)),
      Shot(0, Frames.udp(server, client, payload: 10)),
    ]
    for shots in [shots, Array(shots.prefix(1))] {
      let line = try onlyLine(of: shots)
      expect(
        line,
        [
          .durationZero: "1", .flowDuration: "0", .flowBytesPerSecond: "0",
          .flowPacketsPerSecond: "0", .fwdPacketsPerSecond: "0", .bwdPacketsPerSecond: "0",
          .flowIATMean: "0", .flowIATStd: "0", .flowIATMax: "0", .flowIATMin: "0",
        ])
      #expect(!line.cells.contains { $0.contains("nan") || $0.contains("inf") })
    }
    // 1 µs is time: 20 B ÷ 10⁻⁶ s.
    let line = try onlyLine(of: [shots[0], Shot(1, shots[1].frame)])
    expect(line, [.durationZero: "0", .flowBytesPerSecond: "20000000"])
  }

  @Test func `B14: headers are the transport's own, with options, and payload is apart`() throws {
    var capture = Conversation()
    capture.up(0, .syn, options: 20)  // 40
    capture.down(10, [.syn, .ack], options: 12)  // 32
    capture.up(20, .ack, options: 12)  // 32
    capture.up(30, [.psh, .ack], [UInt8](repeating: 0x20, count: 70), options: 12)  // 32
    expect(
      try onlyLine(of: capture.shots),
      [
        .fwdHeaderLength: "104",  // 40 + 32 + 32
        .bwdHeaderLength: "32", .fwdHeaderMin: "32", .fwdPayload: "70",
        .bytes: "286",  // 4 IP headers of 20, 104 + 32, 70
      ])
    let (client, server) = (End(v6: 2, 40_000), End(v6: 1, 53))
    expect(
      try onlyLine(of: [
        Shot(0, Frames.udp(client, server, payload: 5)),
        Shot(9, Frames.udp(client, server, payload: 6)),
      ]),
      // 8 + 8; 2 × (40 + 8) + 11.
      [.fwdHeaderLength: "16", .fwdHeaderMin: "8", .fwdPayload: "11", .bytes: "107"])
  }

  @Test func `B15: an opening packet with payload is a packet with payload`() throws {
    let (client, server) = (End(2, 40_000), End(1, 53))
    let shots = [20, 0, 30].enumerated().map {
      Shot(Int64($0), Frames.udp(client, server, payload: $1))
    }
    expect(try onlyLine(of: shots), [.fwdDataPackets: "2", .fwdPackets: "3"])
  }

  @Test func `B16: the last active span is closed`() throws {
    let (client, server) = (End(2, 40_000), End(1, 53))
    func shots(_ times: [Int64]) -> [Shot] {
      times.map { Shot($0, Frames.udp(client, server, payload: 1)) }
    }
    // No idle gap: the whole flow is one span. A gap of 5 s exactly is none.
    expect(
      try onlyLine(of: shots([0, 300_000, 5_300_000])),
      [
        .activeMean: "5300000", .activeMax: "5300000", .activeMin: "5300000", .activeStd: "0",
        .idleMean: "0", .idleMax: "0", .idleMin: "0", .idleStd: "0",
      ])
    // Spans 0 to 1 s and 7 to 10 s around a gap of 6 s: mean 2 s, deviations ±1 s, √(2 ÷ 1) = 1.414214 s.
    expect(
      try onlyLine(of: shots([0, 1_000_000, 7_000_000, 10_000_000])),
      [
        .activeMean: "2000000", .activeMax: "3000000", .activeMin: "1000000",
        .activeStd: "1414213.562373", .idleMean: "6000000", .idleMax: "6000000",
        .idleMin: "6000000", .idleStd: "0",
      ])
  }

  @Test func `B17: active and idle times are spans within the flow, not moments`() throws {
    let (client, server) = (End(2, 40_000), End(1, 53))
    let times: [Int64] = [0, 6_000_000, 6_500_000, 14_500_000]
    // Active: 0 (one packet), 0.5 s, 0 (one packet): mean 0.166667 s. Idle: 6 s and 8 s: mean 7 s,
    // deviations ±1 s, √2 s. All spans together are the duration: 0 + 6 + 0.5 + 8 + 0 = 14.5 s.
    expect(
      try onlyLine(of: times.map { Shot($0, Frames.udp(client, server, payload: 1)) }),
      [
        .flowDuration: "14500000", .activeMean: "166666.666667", .activeMax: "500000",
        .activeMin: "0", .activeStd: "288675.134595",  // √((2 × 166666.67² + 333333.33²) ÷ 2)
        .idleMean: "7000000", .idleMax: "8000000", .idleMin: "6000000",
        .idleStd: "1414213.562373",
      ])
  }

  @Test func `B18: the first packet is the initiator's`() throws {
    let shots = (0..<4).map {
      Shot(Int64($0) * 10, Frames.udp(End(2, 40_000), End(1, 53), payload: 7))
    }
    expect(
      try onlyLine(of: shots),
      [.fwdPackets: "4", .bwdPackets: "0", .fwdPayload: "28", .bwdPayload: "0"])
  }

  @Test func `B19: what has no window has 0, and only TCP has a handshake`() throws {
    let datagram = try onlyLine(of: [Shot(0, Frames.udp(End(2, 40_000), End(1, 53), payload: 7))])
    let lone = try onlyLine(of: [
      Shot(0, Frames.tcp(End(2, 40_000), End(1, 80), .syn, sequence: 1, window: 1_024))
    ])
    expect(datagram, [.fwdInitialWindow: "0", .bwdInitialWindow: "0"])
    // 0 beside no backward packet says "not seen"; beside one it says a window of 0 (B12).
    expect(lone, [.fwdInitialWindow: "1024", .bwdInitialWindow: "0", .bwdPackets: "0"])
  }
}
