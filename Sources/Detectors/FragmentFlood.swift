import Tables

/// More pieces of datagrams than a host can put together. MITRE ATT&CK T1498.001, Direct Network
/// Flood.
///
/// A row takes part if it has fragments itself, the host gets `dst_fragments_1s` ≥ 200, and it answers
/// at most 0.10 of what it gets (`dst_reply_share_1s`). It is named by its protocol: UDP flood, ICMP
/// flood, else DDoS.
///
/// Innocents: large datagrams that are answered (NFS, DNS with large answers); a stream of images in
/// large datagrams to one viewer stays below 200 pieces a second up to 2 Mbit/s, above that it belongs
/// on a threshold of its own.
///
/// Blind spots: fewer pieces; fragments whose protocol the first piece would tell, when only later
/// pieces come.
struct FragmentFlood: Detector {
  static let name = "fragment_flood"
  let attack = Attack.ddos

  /// IP fragments to one host. 1/s.
  var fragments = 200.0
  /// The most that may be answered. Share.
  var replies = 0.10

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    fragments = try threshold("fragment_flood.fragments", fragments)
    replies = try threshold("fragment_flood.reply_share", replies)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    guard row[.fragments] > 0, !row.isToGroup, row[.dstFragments1s] >= fragments,
      row[.dstReplyShare1s] <= replies
    else { return nil }
    let attack: Attack = row.isUDP ? .udpFlood : row.isICMP ? .icmpFlood : .ddos
    return Finding(
      attack: attack,
      confidence: Finding.confidence(row[.dstFragments1s], over: fragments),
      reason: row.said(.dstFragments1s, atLeast: fragments))
  }
}
