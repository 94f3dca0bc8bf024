/// Bulk transfer in one direction as CICFlowMeter finds it: four or more packets with payload, gaps of
/// at most a second.
struct CICBulk: BitwiseCopyable {
  private var start: Int64 = 0
  private(set) var last: Int64 = 0
  private var runPackets = 0
  private var runBytes = 0
  private var bulks = 0
  private var packets = 0
  private var bytes = 0
  private var duration: Int64 = 0

  /// Takes a packet of this direction; `other` is when the other direction last had payload.
  mutating func add(_ payload: Int, at time: Int64, other: Int64) {
    if other > start { start = 0 }
    guard payload > 0 else { return }
    guard start != 0, time &- last <= CICRules.longestGap else {
      (start, last, runPackets, runBytes) = (time, time, 1, payload)
      return
    }
    runPackets += 1
    runBytes += payload
    if runPackets == 4 {
      bulks += 1
      packets += runPackets
      bytes += runBytes
      duration &+= time &- start
    } else if runPackets > 4 {
      packets += 1
      bytes += payload
      duration &+= time &- last
    }
    last = time
  }

  /// Bytes a bulk, rounded down.
  var bytesPerBulk: Int { bulks == 0 ? 0 : bytes / bulks }
  /// Packets a bulk, rounded down.
  var packetsPerBulk: Int { bulks == 0 ? 0 : packets / bulks }
  /// Bytes a second of bulk, rounded down.
  var rate: Int { duration == 0 ? 0 : Int(Double(bytes) / (Double(duration) / 1_000_000)) }
}
