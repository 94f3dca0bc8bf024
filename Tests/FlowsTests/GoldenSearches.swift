import Addresses
import Packets
import Tables

/// A host asks one after the other, a millisecond apart, for ports 22 (open: SYN-ACK, then the
/// scanner's RST), 23, 445, 3,389 and 8,080 (closed: RST).
private var scan: [Shot] {
  let scanner = End(66, 20_000)
  let open = End(1, 22)
  let first = [
    Shot(0, Frames.tcp(scanner, open, .syn, sequence: 5)),
    Shot(40, Frames.tcp(open, scanner, [.syn, .ack], sequence: 900, acknowledgment: 6)),
    Shot(80, Frames.tcp(scanner, open, .rst, sequence: 6)),
  ]
  return first
    + ([23, 445, 3_389, 8_080] as [UInt16]).enumerated().flatMap { index, port -> [Shot] in
      let time = Int64(index + 1) * 1_000
      let closed = End(1, port)
      return [
        Shot(time, Frames.tcp(scanner, closed, .syn, sequence: 5)),
        Shot(time + 40, Frames.tcp(closed, scanner, [.rst, .ack], acknowledgment: 6)),
      ]
    }
}

/// 20 SYNs of one host to one port, a millisecond apart, each from a port of its own.
private let flood = (0..<20).map {
  Shot(Int64($0) * 1_000, Frames.tcp(End(9, 40_000 + UInt16($0)), End(1, 80), .syn, sequence: 5))
}

/// One SYN each of 66 hosts to one port, a millisecond apart.
private let crowd = (0..<66).map {
  Shot(Int64($0) * 1_000, Frames.tcp(End(100 + UInt32($0), 40_000), End(1, 80), .syn, sequence: 5))
}

/// One host asks twice, first with a time to live of 64, then with 128; another asks once.
private var askers: [Shot] {
  let shots = [End(2, 1_001), End(2, 1_002), End(3, 1_003)].enumerated().map {
    Shot(Int64($0), Frames.udp($1, End(1, 53), payload: 10))
  }
  var other = shots[1]
  other.frame[14 + 8] = 128
  return [shots[0], other, shots[2]]
}

extension Golden {
  static let askerAgain = Golden(
    name: "a host that asks again by another way", shots: askers, row: 1,
    identity: ["src_ip": "10.0.0.2", "src_port": "1002"],
    cells: [
      .srcTTLs60s: "2", .srcTTLNew: "1", .dstFlows1s: "3", .svcFlows1s: "3", .dstSources1s: "2",
      // Two of one source, one of another: (log₂ 3 − 2 ÷ 3) ÷ log₂ 3.
      .dstSourceEntropy1s: "0.57938", .svcSourceEntropy1s: "0.57938", .dstPortEntropy1s: "0",
      .srcPortEntropy60s: "0", .srcPackets1s: "2", .srcSizeMean: "10", .srcSizeStd: "0",
      .dstMeanSize1s: "38",  // 20 + 8 + 10
      .ctSrvSrc: "2", .ctSrvDst: "3", .ctDst: "3", .ctSrc: "2", .ctDstSport: "1",
      .ctDstSrc: "2",
      // The asker's flows ended so far: the first and this, both without an answer.
      .srcFailedShare100: "1", .dstFailedShare100: "1", .svcReplyByteRatio60s: "0",
    ])

  /// The five flows end by RST in the order in which they were last heard.
  static let knock = Golden(
    name: "a scanned port that is open", shots: scan, row: 0,
    identity: ["src_ip": "10.0.0.66", "dst_port": "22", "state": "rst", "application": "ssh"],
    cells: [
      .packets: "3", .fwdRST: "1", .bwdRST: "0", .rstCount: "1", .rst: "1", .synCount: "2",
      .handshakeComplete: "0", .dstPortExploit: "0", .dstPortClass: "1", .srcPortClass: "2",
      .srcVerified: "0",
    ])

  static let probe = Golden(
    name: "a scanned port that is closed", shots: scan, row: 3,
    identity: ["dst_port": "3389", "state": "rst", "application": "rdp"],
    cells: [
      .packets: "2", .bytes: "80", .fwdRST: "0", .bwdRST: "1", .rstCount: "1", .rst: "1",
      .flowDuration: "40", .flowPacketsPerSecond: "50000",  // 2 ÷ 0.00004
      .dstPortExploit: "1", .dstPortClass: "2", .handshakeComplete: "0",
      .dstFlows1s: "5", .dstPackets1s: "6", .dstBytes1s: "240", .dstHalfOpen1s: "5",
      .dstCompletedShare1s: "0", .dstReplyShare1s: "0.833333",  // 5 ÷ 6
      .svcFlows1s: "1", .svcHalfOpen1s: "1", .svcReplyShare1s: "1", .srcFlows1s: "5",
      .srcSYNShare1s: "0.833333", .srcFlows60s: "5", .srcHosts60s: "1", .srcPorts60s: "5",
      .srcFailedShare60s: "1", .srcExploitFlows60s: "3",  // 23, 445, 3,389
      .pairFlows60s: "5", .pairPorts60s: "5", .pairFailedShare60s: "1", .pairPackets1s: "6",
      .dstMeanSize1s: "40",  // 240 ÷ 6
      .dstSYNShare1s: "0.833333", .dstResetShare1s: "0.8",  // 5 ÷ 6, 4 ÷ 5
      .dstUnreachableShare1s: "0", .dstSourceEntropy1s: "0",
      .dstPortEntropy1s: "1", .srcPortEntropy60s: "1",  // five ports, once each: log₂ 5 ÷ log₂ 5
      .dstFlows60s: "5", .dstPackets60s: "6",
      .dstFailedShare100: "1", .srcFailedShare100: "1",  // the four that ended, this one the last
      // Four services so far, counted by the registers still empty: 64 ln(64 ÷ 60) = 4.1.
      .srcFailedTargets1h: "4",
      .svcBytes1s: "40", .svcCompletedShare1s: "0", .svcSourceEntropy1s: "0",
      .svcFlows60s: "1", .svcPackets60s: "1", .svcReplyByteRatio60s: "1",  // 40 ÷ 40
      .srcReplyShare1s: "0.833333", .srcHalfOpen60s: "5", .srcResetShare60s: "0.8",
      .srcUnreachableShare60s: "0", .srcTTLs60s: "1", .srcTTLNew: "0", .srcSizeMean: "0",
      .srcSizeStd: "0", .pairBytes60s: "240",
      .pairReplyByteRatio60s: "0.833333",  // 200 ÷ 240
      // Of the last 100 flows: five, all with this source, destination and source port.
      .ctSrvSrc: "1", .ctSrvDst: "1", .ctDst: "5", .ctSrc: "5", .ctDstSport: "5",
      .ctDstSrc: "5",
    ])

  /// 16 rows of one source, destination and port stand alone; the row behind them folds the SYNs of
  /// 16,000 to 19,000 µs.
  static let folded = Golden(
    name: "a flood of one source, folded", shots: flood, row: 16,
    identity: [
      "start": "2023-11-14T22:13:20.016000Z", "last": "2023-11-14T22:13:20.019000Z",
      "src_ip": "10.0.0.9", "src_port": "0", "dst_ip": "10.0.0.1", "dst_port": "80",
      "state": "folded", "community_id": "-",
    ],
    cells: [
      .folded: "4", .foldedSources: "1", .packets: "4", .fwdPackets: "4", .bytes: "160",
      .synCount: "4", .syn: "1", .ack: "0", .flowDuration: "3000", .fwdHeaderLength: "80",
      .flowPacketsPerSecond: "1333.333333",  // 4 ÷ 0.003
      .flowIATMean: "0", .fwdIATTotal: "0",  // no flow of the four had a gap
      .srcPortClass: "0", .dstPortClass: "1", .srcVerified: "0",
      .dstFlows1s: "20", .dstPackets1s: "20", .dstBytes1s: "800", .dstSources1s: "1",
      .dstHalfOpen1s: "20", .dstCompletedShare1s: "0", .dstReplyShare1s: "0",
      .svcFlows1s: "20", .svcPackets1s: "20", .svcHalfOpen1s: "20", .svcReplyShare1s: "0",
      .srcFlows1s: "20", .srcSYNShare1s: "1", .srcFailedShare60s: "1", .pairFlows60s: "20",
    ])

  /// 64 rows of one destination and port stand alone; the last two hosts are folded.
  static let foldedSources = Golden(
    name: "a flood of many sources, folded", shots: crowd, row: 64,
    identity: [
      "src_ip": "0.0.0.0", "src_port": "40000", "dst_ip": "10.0.0.1", "state": "folded",
      "src_mac": "00:00:00:00:00:00", "dst_mac": "02:00:0a:00:00:01",
    ],
    cells: [
      .folded: "2", .packets: "2", .flowDuration: "1000", .dstFlows1s: "66",
      .dstHalfOpen1s: "66", .svcHalfOpen1s: "66",
      // HyperLogLog counts few by the registers still empty: 64 ln(64 ÷ 62) = 2.03.
      .foldedSources: "2",
    ])
}
