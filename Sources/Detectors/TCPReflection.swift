import Tables

/// SYN-ACKs and RSTs that nobody asked for, from servers that were sent SYNs in the victim's name.
/// MITRE ATT&CK T1498.002, Reflection Amplification.
///
/// A row takes part if it is a TCP flow that began with an answer (SYN-ACK or RST) and went no
/// further, and one of these holds:
///
/// * `dst_backscatter_1s` ≥ 50 from at least 20 sources;
/// * slow: `dst_flows_60s` ≥ 100 while `dst_backscatter_1s` ≥ 8, from a source that nothing vouches
///   for, in its first flows to the host; or, in a row that is written after a silence,
///   `dst_failed_share_100` ≥ 0.90.
///
/// Innocents: what a flooded server sends back to made-up sources (each gets one or two; the window
/// is the receiver's); connections that were there before the capture began; a client that crashed
/// and gets the answers of its few servers.
///
/// Blind spots: a capture that hears one direction only, where every server's SYN-ACK is unasked:
/// raise `tcp_reflection.answers` there; floods of RST made to look like this one; fewer than 8 a
/// second.
struct TCPReflection: Detector {
  static let name = "tcp_reflection"
  let attack = Attack.amplification

  /// Flows that began with an answer. 1/s.
  var answers = 50.0
  /// Who sent them. 1/s.
  var sources = 20.0
  /// Flows to the host. 1/min.
  var slow = 100.0
  private let pace = 8.0
  private let lost = 0.90

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    answers = try threshold("tcp_reflection.answers", answers)
    sources = try threshold("tcp_reflection.sources", sources)
    slow = try threshold("tcp_reflection.slow", slow)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row.isTCP, !row.isToGroup, row.beganWithAnswer else { return nil }
    return strongest([fast(row), slow(row)])
  }

  private func fast(_ row: FlowEvidence) -> Finding? {
    guard row[.dstBackscatter1s] >= answers, row[.dstSources1s] >= sources else { return nil }
    return finding(
      row[.dstBackscatter1s], over: answers,
      because: "\(row.said(.dstBackscatter1s, atLeast: answers)) of "
        + "\(short(row[.dstSources1s])) sources")
  }

  private func slow(_ row: FlowEvidence) -> Finding? {
    let goesOn =
      row.isLate
      ? row.isOneWay && row[.dstFailedShare100] >= lost : row[.dstBackscatter1s] >= pace
    guard row.isStranger, goesOn, row[.dstFlows60s] >= slow else { return nil }
    return finding(
      row[.dstFlows60s], over: slow,
      because: "\(row.said(.dstFlows60s, atLeast: slow)), begun with answers")
  }
}
