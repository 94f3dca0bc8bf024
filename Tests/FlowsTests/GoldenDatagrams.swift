import Packets
import Tables

/// | # | time µs | packet                                                       |
/// | -: | -----: | ------------------------------------------------------------ |
/// | 1 |       0 | ARP request: 10.0.0.2 is at its MAC                          |
/// | 2 |   1,000 | UDP 10.0.0.2 to 10.0.0.1 port 53, 30 B, in Ethernet's 60 bytes at least |
/// | 3 |  21,000 | UDP back, 120 B                                              |
private let dns = [
  Shot(0, Frames.arp(End(2), End(1), isReply: false)),
  Shot(1_000, Frames.padded(Frames.udp(End(2, 40_000), End(1, 53), payload: 30))),
  Shot(21_000, Frames.udp(End(1, 53), End(2, 40_000), payload: 120)),
]

/// | # | time µs | packet                                                        |
/// | -: | -----: | ------------------------------------------------------------- |
/// | 1 |       0 | ICMP echo 10.0.0.2 to 10.0.0.1, 56 B                          |
/// | 2 |     500 | its reply                                                     |
/// | 3 | 100,000 | ICMP echo                                                     |
/// | 4 | 110,000 | UDP 10.0.0.2 to 10.0.0.1 port 9, 20 B                         |
/// | 5 | 110,200 | ICMP port unreachable back, quoting 28 B of 4                 |
private var unreachable: [Shot] {
  let (client, server) = (End(2, 40_000), End(1, 9))
  let ping = [UInt8](repeating: 7, count: 56)
  let datagram = Frames.udp(client, server, payload: 20)
  return [
    Shot(0, Frames.icmp(client, server, type: 8, identifier: 77, payload: ping)),
    Shot(500, Frames.icmp(server, client, type: 0, identifier: 77, payload: ping)),
    Shot(100_000, Frames.icmp(client, server, type: 8, identifier: 77, payload: ping)),
    Shot(110_000, datagram),
    Shot(110_200, Frames.icmpError(server, client, type: 3, code: 3, about: datagram)),
  ]
}

/// A datagram of 8 + 2,000 B in fragments of 800, 800 and 408 B, 10 µs apart; of the second the capture
/// kept 60 bytes.
private var parts: [Shot] {
  let (client, server) = (End(2, 50_000), End(1, 5_000))
  let datagram =
    Frames.big(client.port) + Frames.big(server.port) + Frames.big(UInt16(2_008)) + [0, 0]
    + [UInt8](repeating: 3, count: 2_000)
  var shots = Frames.fragments(client, server, 17, datagram, size: 800).enumerated()
    .map { Shot(Int64($0) * 10, $1, wireLength: $1.count) }
  shots[1].frame.removeLast(shots[1].frame.count - 60)
  return shots
}

extension Golden {
  /// In the order in which they were silent longest: ARP, then this.
  static let question = Golden(
    name: "a question and its answer", shots: dns, row: 1,
    identity: [
      "src_ip": "10.0.0.2", "src_port": "40000", "dst_port": "53", "protocol": "17",
      "application": "dns", "state": "end",
    ],
    cells: [
      .packets: "2", .bytes: "206",  // 2 × 28 + 150
      .flowDuration: "20000", .fwdPackets: "1", .bwdPackets: "1", .fwdPayload: "30",
      .bwdPayload: "120", .fwdLengthMax: "30", .fwdLengthMin: "30", .fwdLengthMean: "30",
      .fwdLengthStd: "0", .bwdLengthMin: "120", .flowBytesPerSecond: "7500",  // 150 ÷ 0.02
      .flowPacketsPerSecond: "100",  // 2 ÷ 0.02
      .flowIATMean: "20000", .flowIATStd: "0", .flowIATMax: "20000", .flowIATMin: "20000",
      .fwdIATTotal: "0", .bwdIATTotal: "0", .fwdHeaderLength: "8", .bwdHeaderLength: "8",
      .fwdPacketsPerSecond: "50", .bwdPacketsPerSecond: "50", .lengthMin: "30",
      .lengthMax: "120", .lengthMean: "75",
      .lengthVariance: "4050", .lengthStd: "63.63961",  // (45² + 45²) ÷ 1
      .averagePacketSize: "75", .downUpRatio: "1", .subflowFwdPackets: "1",
      .subflowFwdBytes: "30", .subflowBwdPackets: "1", .subflowBwdBytes: "120",
      .fwdDataPackets: "1", .bwdDataPackets: "1", .fwdHeaderMin: "8", .activeMean: "20000",
      .activeStd: "0", .activeMax: "20000", .activeMin: "20000", .interArrival: "20",
      .fwdInitialWindow: "0", .bwdInitialWindow: "0", .ack: "0", .ackCount: "0",
      .ipVersion: "4", .durationZero: "0", .dstPortClass: "1", .srcPortClass: "3",
      .srcVerified: "1",
      // ARP from the same host to the same host counts too: a flow, a packet, no IP bytes, no reply.
      .dstFlows1s: "2", .dstPackets1s: "2", .dstBytes1s: "58", .dstSources1s: "1",
      .dstHalfOpen1s: "0", .dstCompletedShare1s: "1", .dstUDP1s: "1", .dstICMP1s: "0",
      .dstReplyShare1s: "0.5", .svcFlows1s: "1", .svcPackets1s: "1", .svcSources1s: "1",
      .svcReplyShare1s: "1", .srcFlows1s: "2", .srcPackets1s: "2", .srcBytes1s: "58",
      .srcSYNShare1s: "0", .srcFlows60s: "2", .srcHosts60s: "1",
      .srcPorts60s: "2",  // 53, and the 0 of ARP
      .srcFailedShare60s: "0.5", .pairFlows60s: "2", .pairPorts60s: "2",
      .pairFailedShare60s: "0.5", .pairPackets1s: "2",
      .emptyPayloads: "0", .sqlInjections: "0",
    ])

  static let address = Golden(
    name: "a question for an address", shots: dns, row: 0,
    identity: [
      "src_ip": "10.0.0.2", "dst_ip": "10.0.0.1", "protocol": "0", "application": "arp",
      "community_id": "-", "src_mac": "02:00:0a:00:00:02", "dst_mac": "ff:ff:ff:ff:ff:ff",
    ],
    cells: [
      .packets: "1", .bytes: "0", .fwdPackets: "1", .ipVersion: "0", .durationZero: "1",
      .fwdHeaderLength: "0", .fwdHeaderMin: "0", .typeOfService: "0", .dstPortClass: "0",
      .srcPortClass: "0", .srcVerified: "1", .svcFlows1s: "1",
    ])

  /// 10.0.0.2 asks twice for an address, from two MACs.
  static let rebound = Golden(
    name: "an address that moves to another MAC",
    shots: [
      Shot(0, Frames.arp(End(2), End(1), isReply: false)),
      Shot(9, Frames.arp(End(End(2).address, mac: 0x0200_DEAD_BEEF), End(1), isReply: false)),
    ], row: 0,
    identity: ["src_ip": "10.0.0.2", "src_mac": "02:00:0a:00:00:02", "application": "arp"],
    cells: [.arpRebinds: "1", .packets: "2", .srcVerified: "1"])

  static let echo = Golden(
    name: "an echo and its reply", shots: unreachable, row: 0,
    identity: ["src_ip": "10.0.0.2", "protocol": "1", "src_port": "0", "application": "icmp"],
    cells: [
      .packets: "3", .bytes: "252",  // 3 × (20 + 8 + 56)
      .fwdPackets: "2", .bwdPackets: "1", .fwdPayload: "112", .bwdPayload: "56",
      .fwdHeaderLength: "16", .bwdHeaderLength: "8", .fwdHeaderMin: "8",
      .flowDuration: "100000", .flowIATMean: "50000", .flowIATMax: "99500",  // 500, 99,500
      .fwdIATTotal: "100000", .icmpType: "8", .icmpCode: "0", .icmpErrors: "0",
      .downUpRatio: "0.5", .dstPortClass: "0", .srcPortClass: "0",
      // 10.0.0.1 is asked by the echo (2 packets) and the datagram (1).
      .dstFlows1s: "2", .dstPackets1s: "3", .dstICMP1s: "2", .dstUDP1s: "1",
      .dstReplyShare1s: "0.333333",  // 1 ÷ 3
      .dstBytes1s: "216",  // 2 × 84 + 48
      .svcFlows1s: "1", .svcPackets1s: "2", .svcReplyShare1s: "0.5",
      .srcFailedShare60s: "0.5",  // the datagram came to nothing
    ])

  static let reported = Golden(
    name: "a datagram that ICMP reports unreachable", shots: unreachable, row: 1,
    identity: ["src_ip": "10.0.0.2", "dst_port": "9", "protocol": "17"],
    cells: [
      .packets: "1", .bwdPackets: "0", .icmpErrors: "1", .icmpType: "0", .fwdPayload: "20",
      // One error about the three packets to 10.0.0.1, all of them 10.0.0.2's.
      .dstUnreachableShare1s: "0.333333", .srcUnreachableShare60s: "0.333333",
    ])

  static let report = Golden(
    name: "ICMP that reports", shots: unreachable, row: 2,
    identity: ["src_ip": "10.0.0.1", "dst_ip": "10.0.0.2", "protocol": "1"],
    cells: [
      .packets: "1", .bytes: "56",  // 20 + 8 + 28
      .fwdPayload: "28", .icmpType: "3", .icmpCode: "3", .icmpErrors: "0", .dstICMP1s: "1",
    ])

  static let fragments = Golden(
    name: "a datagram in fragments", shots: parts, row: 0,
    identity: ["src_port": "50000", "dst_port": "5000", "protocol": "17"],
    cells: [
      .packets: "3", .fragments: "3", .truncated: "1",
      .bytes: "2068",  // 3 × 20 + 2,008
      .fwdPayload: "2000",  // 792 + 800 + 408
      .fwdLengthMax: "800", .fwdLengthMin: "408", .fwdHeaderLength: "8", .fwdHeaderMin: "8",
      .fwdDataPackets: "3", .dstFragments1s: "3", .dstPortClass: "2", .emptyPayloads: "0",
      .dstUDP1s: "3",
    ])

  static let single = Golden(
    name: "one datagram without payload",
    shots: [Shot(0, Frames.padded(Frames.udp(End(v6: 2, 5_353), End(v6: 1, 40_000))))], row: 0,
    identity: ["src_ip": "fd00::2", "dst_ip": "fd00::1", "state": "end"],
    cells: [
      .packets: "1", .bytes: "48",  // 40 + 8
      .ipVersion: "6", .emptyPayloads: "1", .durationZero: "1", .flowDuration: "0",
      .flowBytesPerSecond: "0", .flowPacketsPerSecond: "0", .interArrival: "0",
      .flowIATMean: "0", .activeMean: "0", .idleMean: "0", .downUpRatio: "0", .fwdLengthMean: "0",
      .folded: "1", .foldedSources: "1", .srcVerified: "0",
    ])
}
