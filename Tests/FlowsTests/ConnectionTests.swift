import Addresses
import Packets
import Tables
import Testing
import Time

/// Every column of CICFlowMeter, by hand.
struct ConnectionTests {
  let client = End(2, 40_000)
  let server = End(1, 80)

  /// |  # | time µs | way | flags   | header | payload | window |
  /// | -: | ------: | --- | ------- | -----: | ------: | -----: |
  /// |  1 |       0 | fwd | SYN     |     24 |       0 |  64240 |
  /// |  2 |    1000 | bwd | SYN ACK |     28 |       0 |  65160 |
  /// |  3 |    2000 | fwd | ACK     |     20 |       0 |    502 |
  /// |  4 |    3000 | fwd | PSH ACK |     20 |     100 |    502 |
  /// |  5 |    5000 | bwd | ACK     |     20 |     300 |    509 |
  /// |  6 |    6000 | bwd | PSH ACK |     20 |     400 |    509 |
  /// |  7 | 2006000 | fwd | ACK     |     20 |       0 |    501 |
  /// |  8 | 8006000 | fwd | FIN ACK |     20 |       0 |    501 |
  /// |  9 | 8007000 | bwd | FIN ACK |     20 |       0 |    508 |
  /// | 10 | 8008000 | fwd | ACK     |     20 |       0 |    501 |
  var shots: [Shot] {
    func up(
      _ flags: TCPFlags, _ sequence: UInt32, _ acknowledgment: UInt32, _ window: UInt16,
      options: Int = 0, payload: Int = 0
    ) -> [UInt8] {
      Frames.tcp(
        client, server, flags, sequence: sequence, acknowledgment: acknowledgment, window: window,
        options: options, payload: [UInt8](repeating: 0x20, count: payload), typeOfService: 0x10)
    }
    func down(
      _ flags: TCPFlags, _ sequence: UInt32, _ acknowledgment: UInt32, _ window: UInt16,
      options: Int = 0, payload: Int = 0
    ) -> [UInt8] {
      Frames.tcp(
        server, client, flags, sequence: sequence, acknowledgment: acknowledgment, window: window,
        options: options, payload: [UInt8](repeating: 0x20, count: payload))
    }
    return [
      Shot(0, up(.syn, 1_000, 0, 64_240, options: 4)),
      Shot(1_000, down([.syn, .ack], 5_000, 1_001, 65_160, options: 8)),
      Shot(2_000, Frames.padded(up(.ack, 1_001, 5_001, 502))),
      Shot(3_000, up([.psh, .ack], 1_001, 5_001, 502, payload: 100)),
      Shot(5_000, down(.ack, 5_001, 1_101, 509, payload: 300)),
      Shot(6_000, down([.psh, .ack], 5_301, 1_101, 509, payload: 400)),
      Shot(2_006_000, Frames.padded(up(.ack, 1_101, 5_701, 501))),
      Shot(8_006_000, up([.fin, .ack], 1_101, 5_701, 501)),
      Shot(8_007_000, down([.fin, .ack], 5_701, 1_102, 508)),
      Shot(8_008_000, up(.ack, 1_102, 5_702, 501)),
    ]
  }

  /// Σ(x − mean)² ÷ (n − 1), the long way.
  static func variance(_ numbers: [Double]) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let squares = numbers.map { ($0 - mean) * ($0 - mean) }
    return squares.reduce(0, +) / Double(numbers.count - 1)
  }

  static func deviation(_ numbers: [Double]) -> Double { variance(numbers).squareRoot() }

  func row() throws -> Row {
    let flows = try flows(of: shots)
    #expect(flows.count == 1)
    return try #require(flows.first)
  }

  @Test func `a connection's identity is the initiator's view`() throws {
    let identity = try row().identity
    #expect(identity.start == Traffic.moment(0))
    #expect(identity.last == Traffic.moment(8_008_000))
    #expect(identity.source == client.address)
    #expect(identity.sourcePort == 40_000)
    #expect(identity.destination == server.address)
    #expect(identity.destinationPort == 80)
    #expect(identity.ipProtocol == 6)
    #expect(identity.sourceMAC == MACAddress(bits: client.mac))
    #expect(identity.destinationMAC == MACAddress(bits: server.mac))
    #expect(identity.application == "http")
    #expect(identity.state == .fin)
    #expect(identity.sensor == "test")
  }

  @Test func `packet counts, lengths and rates`() throws {
    let up: [Double] = [0, 0, 100, 0, 0, 0]
    let down: [Double] = [0, 300, 400, 0]
    let seconds = 8.008
    expect(
      try row(),
      [
        .flowDuration: 8_008_000, .fwdPackets: 6, .bwdPackets: 4, .fwdPayload: 100,
        .bwdPayload: 300 + 400,
        .fwdLengthMax: 100, .fwdLengthMin: 0, .fwdLengthMean: 100.0 / 6,
        .fwdLengthStd: Self.deviation(up),
        .bwdLengthMax: 400, .bwdLengthMin: 0, .bwdLengthMean: 700.0 / 4,
        .bwdLengthStd: Self.deviation(down),
        .flowBytesPerSecond: 800 / seconds, .flowPacketsPerSecond: 10 / seconds,
        .fwdPacketsPerSecond: 6 / seconds, .bwdPacketsPerSecond: 4 / seconds,
        .lengthMin: 0, .lengthMax: 400, .lengthMean: 800.0 / 10,
        .lengthStd: Self.deviation(up + down), .lengthVariance: Self.variance(up + down),
        .downUpRatio: 4.0 / 6, .averagePacketSize: 800.0 / 10,
        .fwdSegmentAverage: 100.0 / 6, .bwdSegmentAverage: 700.0 / 4,
        .fwdDataPackets: 1, .bwdDataPackets: 2,
        .packets: 10,
        // IP header 20 each, transport headers, payload.
        .bytes: 10 * 20 + (24 + 5 * 20) + (28 + 3 * 20) + 800,
      ])
  }

  @Test func `gaps both ways and each way`() throws {
    let all: [Double] = [1_000, 1_000, 1_000, 2_000, 1_000, 2_000_000, 6_000_000, 1_000, 1_000]
    // Forward packets at 0, 2000, 3000, 2006000, 8006000, 8008000.
    let up: [Double] = [2_000, 1_000, 2_003_000, 6_000_000, 2_000]
    // Backward packets at 1000, 5000, 6000, 8007000.
    let down: [Double] = [4_000, 1_000, 8_001_000]
    expect(
      try row(),
      [
        .flowIATMean: 8_008_000.0 / 9, .flowIATStd: Self.deviation(all), .flowIATMax: 6_000_000,
        .flowIATMin: 1_000,
        .fwdIATTotal: 8_008_000, .fwdIATMean: 8_008_000.0 / 5, .fwdIATStd: Self.deviation(up),
        .fwdIATMax: 6_000_000, .fwdIATMin: 1_000,
        .bwdIATTotal: 8_006_000, .bwdIATMean: 8_006_000.0 / 3, .bwdIATStd: Self.deviation(down),
        .bwdIATMax: 8_001_000, .bwdIATMin: 1_000,
        .interArrival: 1,
      ])
  }

  @Test func `flags, headers and windows`() throws {
    expect(
      try row(),
      [
        .fwdPSH: 1, .bwdPSH: 1, .fwdURG: 0, .bwdURG: 0, .fwdRST: 0, .bwdRST: 0,
        .finCount: 2, .synCount: 2, .rstCount: 0, .pshCount: 2, .ackCount: 9, .urgCount: 0,
        .cwrCount: 0, .eceCount: 0,
        .fin: 1, .syn: 1, .rst: 0, .psh: 1, .ack: 1, .urg: 0, .ecn: 0, .typeOfService: 0x10,
        .fwdHeaderLength: 24 + 5 * 20, .bwdHeaderLength: 28 + 3 * 20, .fwdHeaderMin: 20,
        .fwdInitialWindow: 64_240, .bwdInitialWindow: 65_160,
      ])
  }

  @Test func `subflows, active and idle spans`() throws {
    // Two gaps above 1 s make three subflows. One gap above 5 s: active 0 to 2006000, idle 6000000,
    // active 8006000 to 8008000.
    let spans: [Double] = [2_006_000, 2_000]
    expect(
      try row(),
      [
        .subflowFwdPackets: 6.0 / 3, .subflowFwdBytes: 100.0 / 3, .subflowBwdPackets: 4.0 / 3,
        .subflowBwdBytes: 700.0 / 3,
        .activeMean: 2_008_000.0 / 2, .activeStd: Self.deviation(spans), .activeMax: 2_006_000,
        .activeMin: 2_000,
        .idleMean: 6_000_000, .idleStd: 0, .idleMax: 6_000_000, .idleMin: 6_000_000,
        // Neither way are four successive packets with payload.
        .fwdBytesPerBulk: 0, .fwdPacketsPerBulk: 0, .fwdBulkRate: 0, .bwdBytesPerBulk: 0,
        .bwdPacketsPerBulk: 0, .bwdBulkRate: 0,
      ])
  }

  @Test func `what CICFlowMeter does not tell`() throws {
    expect(
      try row(),
      [
        .ipVersion: 4, .durationZero: 0, .handshakeComplete: 1, .fwdRetransmissions: 0,
        .bwdRetransmissions: 0, .outOfOrder: 0, .fragments: 0, .truncated: 0, .icmpType: 0,
        .icmpCode: 0, .icmpErrors: 0, .dstPortClass: 1, .srcPortClass: 3, .dstPortExploit: 0,
        .srcVerified: 2, .sqlInjections: 0, .emptyPayloads: 0, .folded: 1, .foldedSources: 1,
      ])
  }

  @Test func `open rows grow to the last one`() throws {
    let rows = try rows(of: shots)
    // Written at 0.25 s (6 packets), 2.25 s (7), and the end (10).
    #expect(rows.map { $0[.packets] } == [6, 7, 10])
    #expect(rows.map(\.identity.state) == [.open, .open, .fin])
    #expect(rows.map(\.identity.row) == [1, 2, 3])
    #expect(Set(rows.map(\.identity.communityID)).count == 1)
  }

  @Test func `bulks count each way alone`() throws {
    var shots: [Shot] = []
    func send(_ time: Int64, _ isUp: Bool, _ payload: Int) {
      let frame =
        isUp
        ? Frames.udp(client, server, payload: payload)
        : Frames.udp(server, client, payload: payload)
      shots.append(Shot(time, frame))
    }
    // Forward: a run of three is none; then five: 5 × 100 B in 40 ms.
    for index in 0..<3 { send(Int64(index) * 10_000, true, 50) }
    send(30_000, false, 10)
    for index in 0..<5 { send(100_000 + Int64(index) * 10_000, true, 100) }
    // Backward: four in 30 ms, a second of silence and more, four in 60 ms.
    for index in 0..<4 { send(200_000 + Int64(index) * 10_000, false, 200) }
    for index in 0..<4 { send(1_300_000 + Int64(index) * 20_000, false, 300) }
    expect(
      try #require(try flows(of: shots).first),
      [
        .fwdBytesPerBulk: 500, .fwdPacketsPerBulk: 5, .fwdBulkRate: 500 / 0.040,
        .bwdBytesPerBulk: (800 + 1_200) / 2, .bwdPacketsPerBulk: (4 + 4) / 2,
        .bwdBulkRate: (800 + 1_200) / (0.030 + 0.060),
      ])
  }
}
