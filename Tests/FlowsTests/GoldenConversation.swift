import Packets
import Tables

/// |  # |    time µs | way | flags       | header | payload | window | what                      |
/// | -: | ---------: | --- | ----------- | -----: | ------: | -----: | ------------------------- |
/// |  1 |          0 | fwd | SYN ECE CWR |     24 |       0 |  64240 | tos 0x10                  |
/// |  2 |      1,000 | bwd | SYN ACK ECE |     28 |       0 |  65160 |                           |
/// |  3 |      2,000 | fwd | ACK         |     20 |       0 |    502 |                           |
/// |  4 |      3,000 | fwd | ACK         |     20 |     400 |    502 | a bulk begins             |
/// |  5 |      4,000 | fwd | ACK         |     20 |     400 |    502 |                           |
/// |  6 |      6,000 | fwd | ACK         |     20 |     400 |    502 |                           |
/// |  7 |      8,000 | fwd | PSH ACK     |     20 |     100 |    502 |                           |
/// |  8 |      9,000 | fwd | PSH ACK     |     20 |     100 |    502 | 7 sent again              |
/// |  9 |     20,000 | bwd | ACK         |     20 |       0 |    509 |                           |
/// | 10 |     30,000 | bwd | ACK         |     20 |     500 |    509 | a bulk begins             |
/// | 11 |     31,000 | bwd | ACK         |     20 |     500 |    509 |                           |
/// | 12 |     33,000 | bwd | ACK         |     20 |     500 |    509 |                           |
/// | 13 |     35,000 | bwd | PSH ACK     |     20 |     100 |    509 |                           |
/// | 14 |     37,000 | bwd | PSH ACK     |     20 |     100 |    509 | 13 sent again             |
/// | 15 |     36,000 | fwd | ACK         |     20 |       0 |    502 | out of order: as if 37,000 |
/// | 16 |  1,537,000 | fwd | PSH URG ACK |     20 |      60 |    502 | SQL; after 1.5 s          |
/// | 17 |  7,537,000 | fwd | PSH ACK     |     20 |       0 |    502 | empty; after 6 s          |
/// | 18 | 15,537,000 | bwd | PSH URG ACK |     20 |      20 |    508 | after 8 s                 |
/// | 19 | 15,538,000 | fwd | FIN ACK     |     20 |       0 |    502 |                           |
/// | 20 | 15,539,000 | bwd | FIN ACK     |     20 |       0 |    508 |                           |
/// | 21 | 15,540,000 | fwd | ACK         |     20 |       0 |    502 |                           |
private var webConversation: [Shot] {
  func text(_ text: String, _ count: Int) -> [UInt8] {
    Array(text.utf8) + [UInt8](repeating: 0x20, count: count - text.utf8.count)
  }
  var web = Conversation()
  web.up(0, [.syn, .ece, .cwr], window: 64_240, options: 4, typeOfService: 0x10)
  web.down(1_000, [.syn, .ack, .ece], window: 65_160, options: 8)
  web.up(2_000, .ack, 0, window: 502)
  // 45 B of header and 1,255 of body are 400 + 400 + 400 + 100.
  web.up(
    3_000, .ack, text("POST /form HTTP/1.1\r\nContent-Length: 1255\r\n\r\n", 400), window: 502)
  web.up(4_000, .ack, 400, window: 502)
  web.up(6_000, .ack, 400, window: 502)
  web.up(8_000, [.psh, .ack], 100, window: 502)
  web.again(at: 9_000)
  web.down(20_000, .ack, 0, window: 509)
  for time: Int64 in [30_000, 31_000, 33_000] { web.down(time, .ack, 500, window: 509) }
  web.down(35_000, [.psh, .ack], 100, window: 509)
  web.again(at: 37_000)
  web.up(36_000, .ack, 0, window: 502)
  web.up(
    1_537_000, [.psh, .urg, .ack], text("GET /?id=1'%20OR%201=1-- HTTP/1.1\r\n", 60), window: 502)
  web.up(7_537_000, [.psh, .ack], 0, window: 502)
  web.down(15_537_000, [.psh, .urg, .ack], 20, window: 508)
  web.up(15_538_000, [.fin, .ack], 0, window: 502)
  web.down(15_539_000, [.fin, .ack], 0, window: 508)
  web.up(15_540_000, .ack, 0, window: 502)
  return web.shots
}

extension Golden {
  /// Rows at 0.25 s (packets 1 to 15), 1.75 s (16), 7.75 s (17) and the end.
  static let conversation = Golden(
    name: "a web conversation", shots: webConversation, row: 3,
    identity: [
      "row": "4", "start": "2023-11-14T22:13:20.000000Z",
      "last": "2023-11-14T22:13:35.540000Z", "src_ip": "10.0.0.2", "src_port": "40000",
      "dst_ip": "10.0.0.1", "dst_port": "80", "protocol": "6", "src_mac": "02:00:0a:00:00:02",
      "dst_mac": "02:00:0a:00:00:01", "application": "http", "state": "fin", "sensor": "test",
    ],
    cells: [
      .httpUnfinished: "1",  // 16 has a first line and no end
      .svcOpenFlows: "0", .pairOpenFlows: "0",
      .fin: "1", .syn: "1", .rst: "0", .psh: "1", .ack: "1", .urg: "1", .ecn: "1",
      .typeOfService: "16", .interArrival: "1",
      .packets: "21", .bytes: "4032",  // 21 × 20, headers 244 + 188, payload 1,460 + 1,720

      .flowDuration: "15540000", .fwdPackets: "12", .bwdPackets: "9",
      .fwdPayload: "1460",  // 3 × 400 + 2 × 100 + 60
      .bwdPayload: "1720",  // 3 × 500 + 2 × 100 + 20
      .fwdLengthMax: "400", .fwdLengthMin: "0", .fwdLengthMean: "121.666667",  // 1,460 ÷ 12
      // Σx² = 3 × 160,000 + 2 × 10,000 + 3,600 = 503,600; √((503,600 − 1,460² ÷ 12) ÷ 11)
      .fwdLengthStd: "172.143351",
      .bwdLengthMax: "500", .bwdLengthMin: "0", .bwdLengthMean: "191.111111",  // 1,720 ÷ 9
      // Σx² = 3 × 250,000 + 2 × 10,000 + 400 = 770,400; √((770,400 − 1,720² ÷ 9) ÷ 8)
      .bwdLengthStd: "234.970447",
      .flowBytesPerSecond: "204.633205",  // 3,180 ÷ 15.54
      .flowPacketsPerSecond: "1.351351",  // 21 ÷ 15.54
      // Gaps: 1,000 nine times, 2,000 five, 0 before packet 15, 10,000, 11,000, 1.5 s, 6 s, 8 s: 20,
      // with the sum 15,540,000.
      .flowIATMean: "777000",  // 15,540,000 ÷ 20
      // Σx² = 9 × 1,000² + 5 × 2,000² + 10,000² + 11,000² + 1.5 s² + 6 s² + 8 s²
      //     = 102,250,250,000,000; √((that − 20 × 777,000²) ÷ 19)
      .flowIATStd: "2178551.788399", .flowIATMax: "8000000", .flowIATMin: "0",
      // 2,000 1,000 1,000 2,000 2,000 1,000 28,000 1,500,000 6,000,000 8,001,000 2,000
      .fwdIATTotal: "15540000", .fwdIATMean: "1412727.272727",  // ÷ 11
      .fwdIATStd: "2833955.225155", .fwdIATMax: "8001000", .fwdIATMin: "1000",
      // 19,000 10,000 1,000 2,000 2,000 2,000 15,500,000 2,000
      .bwdIATTotal: "15538000", .bwdIATMean: "1942250",  // ÷ 8
      .bwdIATStd: "5478161.807186", .bwdIATMax: "15500000", .bwdIATMin: "1000",
      .fwdPSH: "4", .bwdPSH: "3",  // 7, 8, 16, 17; 13, 14, 18
      .fwdURG: "1", .bwdURG: "1",
      .fwdHeaderLength: "244",  // 24 + 11 × 20
      .bwdHeaderLength: "188",  // 28 + 8 × 20
      .fwdPacketsPerSecond: "0.772201",  // 12 ÷ 15.54
      .bwdPacketsPerSecond: "0.579151",  // 9 ÷ 15.54
      .lengthMin: "0", .lengthMax: "500", .lengthMean: "151.428571",  // 3,180 ÷ 21
      .averagePacketSize: "151.428571",
      // (503,600 + 770,400 − 3,180² ÷ 21) ÷ 20
      .lengthVariance: "39622.857143", .lengthStd: "199.05491",
      .finCount: "2", .synCount: "2", .rstCount: "0", .pshCount: "7", .ackCount: "20",
      .urgCount: "2", .cwrCount: "1", .eceCount: "2",
      .downUpRatio: "0.75",  // 9 ÷ 12
      .fwdSegmentAverage: "121.666667", .bwdSegmentAverage: "191.111111",
      // 4 to 8: 1,400 B from 3,000 to 9,000. 16 is alone.
      .fwdBytesPerBulk: "1400", .fwdPacketsPerBulk: "5", .fwdBulkRate: "233333.333333",
      // 10 to 14: 1,700 B from 30,000 to 37,000. 18 is alone.
      .bwdBytesPerBulk: "1700", .bwdPacketsPerBulk: "5", .bwdBulkRate: "242857.142857",
      // Three gaps over 1 s make four subflows.
      .subflowFwdPackets: "3", .subflowFwdBytes: "365", .subflowBwdPackets: "2.25",
      .subflowBwdBytes: "430",
      .fwdInitialWindow: "64240", .bwdInitialWindow: "65160",
      .fwdDataPackets: "6", .fwdHeaderMin: "20",
      // 0 to 1,537,000; 7,537,000 alone; 15,537,000 to 15,540,000. Mean 1,540,000 ÷ 3.
      // √((1,537,000² + 3,000² − 3 × 513,333.33²) ÷ 2)
      .activeMean: "513333.333333", .activeStd: "886522.607345", .activeMax: "1537000",
      .activeMin: "0",
      .idleMean: "7000000", .idleStd: "1414213.562373", .idleMax: "8000000",  // 6 s, 8 s; √2 s
      .idleMin: "6000000",

      .ipVersion: "4", .durationZero: "0", .fwdRST: "0", .bwdRST: "0", .bwdDataPackets: "6",
      .handshakeComplete: "1", .fwdRetransmissions: "1", .bwdRetransmissions: "1",
      .outOfOrder: "1", .fragments: "0", .truncated: "0", .icmpType: "0", .icmpCode: "0",
      .icmpErrors: "0", .dstPortClass: "1", .srcPortClass: "3", .dstPortExploit: "0",
      .srcVerified: "2",

      // Packets 18 to 21 were told at the tick of 15.75 s, the first since 7.75 s.
      .dstFlows1s: "0", .dstPackets1s: "2", .dstBytes1s: "80", .dstSources1s: "0",
      .dstHalfOpen1s: "0", .dstCompletedShare1s: "1", .dstUDP1s: "0", .dstICMP1s: "0",
      .dstReplyShare1s: "1", .svcFlows1s: "0", .svcPackets1s: "2", .svcSources1s: "0",
      .svcHalfOpen1s: "0", .svcReplyShare1s: "1", .srcFlows1s: "0", .srcPackets1s: "2",
      .srcBytes1s: "80", .srcSYNShare1s: "0",
      // Minutes begin 20 s before the capture does: all of it is in one.
      .srcFlows60s: "1", .srcHosts60s: "1", .srcPorts60s: "1", .srcFailedShare60s: "0",
      .srcExploitFlows60s: "0", .pairFlows60s: "1", .pairPorts60s: "1", .pairFailedShare60s: "0",
      .pairPackets1s: "2",

      .dstMeanSize1s: "40",  // 80 ÷ 2
      .dstSYNShare1s: "0", .dstResetShare1s: "0", .dstUnreachableShare1s: "0",
      .dstSourceEntropy1s: "0", .dstPortEntropy1s: "0", .dstFlows60s: "1",
      .dstPackets60s: "12", .dstFailedShare100: "0", .svcBytes1s: "80",
      .svcCompletedShare1s: "1", .svcSourceEntropy1s: "0", .svcFlows60s: "1",
      .svcPackets60s: "12",
      // Back 9 × 20 + 188 + 1,720 = 2,088; there 12 × 20 + 244 + 1,460 = 1,944.
      .svcReplyByteRatio60s: "1.074074",
      .srcReplyShare1s: "1", .srcHalfOpen60s: "0", .srcResetShare60s: "0",
      .srcUnreachableShare60s: "0", .srcPortEntropy60s: "0", .srcTTLs60s: "1",
      .srcTTLNew: "0", .srcFailedShare100: "0",
      // Told at the ticks of 0.25 s: 8 packets, 1,400 B, Σx² 500,000; 1.75 s: 1 of 60 B; 7.75 s: 1
      // empty; 15.75 s: 2 empty. Between them 38, 153 and 204 whole steps of 10 s ÷ 256, d = 2^(−1/256):
      // weight ((8 d³⁸ + 1) d¹⁵³ + 1) d²⁰⁴ + 2 = 5.701391, sum (1,400 d³⁸ + 60) d³⁵⁷ = 503.272053,
      // squares (500,000 d³⁸ + 3,600) d³⁵⁷ = 172,958.596353.
      .srcSizeMean: "88.271798", .srcSizeStd: "150.14759",
      .pairBytes60s: "1944", .pairReplyByteRatio60s: "1.074074", .pairSizeMean: "88.271798",
      .pairSizeStd: "150.14759",
      .ctSrvSrc: "1", .ctSrvDst: "1", .ctDst: "1", .ctSrc: "1", .ctDstSport: "1",
      .ctDstSrc: "1", .arpRebinds: "0",

      .sqlInjections: "1", .emptyPayloads: "1", .folded: "1", .foldedSources: "1",
    ])

  /// Packets 1 to 15, 8 forward and 7 backward, told at the tick of 0.25 s.
  static let conversationAtFirstTick = Golden(
    name: "a web conversation at its first tick", shots: webConversation, row: 0,
    identity: ["state": "open", "last": "2023-11-14T22:13:20.037000Z"],
    cells: [
      .packets: "15", .fwdPackets: "8", .bwdPackets: "7", .flowDuration: "37000",
      .interArrival: "0",  // packet 15 came late
      .dstFlows1s: "1", .dstPackets1s: "8",
      .dstBytes1s: "1724",  // 8 × 20, 24 + 7 × 20, 1,400
      .dstSources1s: "1", .dstHalfOpen1s: "0", .dstCompletedShare1s: "1",
      .dstReplyShare1s: "0.875",  // 7 ÷ 8
      .svcFlows1s: "1", .svcPackets1s: "8", .svcSources1s: "1", .svcReplyShare1s: "0.875",
      .srcFlows1s: "1", .srcPackets1s: "8", .srcBytes1s: "1724",
      .srcSYNShare1s: "0.125",  // 1 ÷ 8
      .pairPackets1s: "8", .pairFailedShare60s: "0",
      .dstMeanSize1s: "215.5",  // 1,724 ÷ 8
      .dstSYNShare1s: "0.125", .svcBytes1s: "1724", .svcCompletedShare1s: "1",
      .srcReplyShare1s: "0.875", .pairBytes60s: "1724",
      // Back 7 × 20 + 28 + 6 × 20 + 1,700 = 1,988.
      .pairReplyByteRatio60s: "1.153132", .svcReplyByteRatio60s: "1.153132",
      // 1,400 ÷ 8; √(500,000 ÷ 8 − 175²) = √31,875.
      .srcSizeMean: "175", .srcSizeStd: "178.535711", .pairSizeMean: "175",
      .pairSizeStd: "178.535711",
    ])
}
