package import Tables

/// The names under which CICFlowMeter's columns were published, and the measure each stands for.
///
/// Version 4's names are the measures' own. Blanks around a name and upper or lower case do not count.
/// The Python ports' names (`flow_byts_s`) are not here on purpose: they count other things under them,
/// in seconds and whole frames.
package enum PublicColumns {
  /// The measure of a column; nil if it is none.
  package static func measure(_ name: String) -> Measure? { spellings[plain(name)] }

  /// A name without blanks around it, in lower case.
  static func plain(_ name: String) -> String {
    let blanks: Set<Character> = [" ", "\t", "\u{FEFF}", "\u{A0}"]
    let start = name.drop { blanks.contains($0) }
    let end = start.lastIndex { !blanks.contains($0) } ?? start.startIndex
    return start.isEmpty ? "" : start[...end].lowercased()
  }

  private static let spellings: [String: Measure] = {
    var result = Dictionary(uniqueKeysWithValues: version4.map { (plain($0.rawValue), $0) })
    result.merge(long) { first, _ in first }
    result.merge(short) { first, _ in first }
    result.merge(corrected) { first, _ in first }
    return result
  }()

  /// The measures that bear CICFlowMeter 4's names.
  private static let version4 = Measure.allCases.filter {
    $0.index >= Measure.flowDuration.index && $0.index <= Measure.idleMin.index
  }

  /// CIC-IDS2017 and CIC-DDoS2019.
  private static let long: [String: Measure] = [
    "total fwd packets": .fwdPackets, "total backward packets": .bwdPackets,
    "total length of fwd packets": .fwdPayload, "total length of bwd packets": .bwdPayload,
    "min packet length": .lengthMin, "max packet length": .lengthMax,
    "cwe flag count": .cwrCount,
    "avg fwd segment size": .fwdSegmentAverage, "avg bwd segment size": .bwdSegmentAverage,
    "fwd avg bytes/bulk": .fwdBytesPerBulk, "fwd avg packets/bulk": .fwdPacketsPerBulk,
    "fwd avg bulk rate": .fwdBulkRate, "bwd avg bytes/bulk": .bwdBytesPerBulk,
    "bwd avg packets/bulk": .bwdPacketsPerBulk, "bwd avg bulk rate": .bwdBulkRate,
    "init_win_bytes_forward": .fwdInitialWindow, "init_win_bytes_backward": .bwdInitialWindow,
    "act_data_pkt_fwd": .fwdDataPackets, "min_seg_size_forward": .fwdHeaderMin,
  ]

  /// CICFlowMeter 3 on GitHub, and CSE-CIC-IDS2018.
  private static let short: [String: Measure] = [
    "tot fwd pkts": .fwdPackets, "tot bwd pkts": .bwdPackets,
    "totlen fwd pkts": .fwdPayload, "totlen bwd pkts": .bwdPayload,
    "fwd pkt len max": .fwdLengthMax, "fwd pkt len min": .fwdLengthMin,
    "fwd pkt len mean": .fwdLengthMean, "fwd pkt len std": .fwdLengthStd,
    "bwd pkt len max": .bwdLengthMax, "bwd pkt len min": .bwdLengthMin,
    "bwd pkt len mean": .bwdLengthMean, "bwd pkt len std": .bwdLengthStd,
    "flow byts/s": .flowBytesPerSecond, "flow pkts/s": .flowPacketsPerSecond,
    "fwd iat tot": .fwdIATTotal, "bwd iat tot": .bwdIATTotal,
    "fwd header len": .fwdHeaderLength, "bwd header len": .bwdHeaderLength,
    "fwd pkts/s": .fwdPacketsPerSecond, "bwd pkts/s": .bwdPacketsPerSecond,
    "pkt len min": .lengthMin, "pkt len max": .lengthMax, "pkt len mean": .lengthMean,
    "pkt len std": .lengthStd, "pkt len var": .lengthVariance,
    "fin flag cnt": .finCount, "syn flag cnt": .synCount, "rst flag cnt": .rstCount,
    "psh flag cnt": .pshCount, "ack flag cnt": .ackCount, "urg flag cnt": .urgCount,
    "ece flag cnt": .eceCount, "pkt size avg": .averagePacketSize,
    "fwd seg size avg": .fwdSegmentAverage, "bwd seg size avg": .bwdSegmentAverage,
    "fwd byts/b avg": .fwdBytesPerBulk, "fwd pkts/b avg": .fwdPacketsPerBulk,
    "fwd blk rate avg": .fwdBulkRate, "bwd byts/b avg": .bwdBytesPerBulk,
    "bwd pkts/b avg": .bwdPacketsPerBulk, "bwd blk rate avg": .bwdBulkRate,
    "subflow fwd pkts": .subflowFwdPackets, "subflow fwd byts": .subflowFwdBytes,
    "subflow bwd pkts": .subflowBwdPackets, "subflow bwd byts": .subflowBwdBytes,
    "init fwd win byts": .fwdInitialWindow, "init bwd win byts": .bwdInitialWindow,
  ]

  /// The corrected CIC-IDS-2017 (Liu et al., CNS 2022) and the tool that made it.
  private static let corrected: [String: Measure] = [
    "fwd rst flags": .fwdRST, "bwd rst flags": .bwdRST,
    "icmp code": .icmpCode, "icmp type": .icmpType,
    "bwd act data pkts": .bwdDataPackets,
    "fwd tcp retrans. count": .fwdRetransmissions, "bwd tcp retrans. count": .bwdRetransmissions,
  ]
}
