/// Bulk transfer one way: four or more successive packets with payload, gaps of at most a second, no
/// payload the other way (CICFlowMeter's definition).
struct Bulk: BitwiseCopyable {
  private var runPackets = 0
  private var runBytes = 0
  private var runStart: Int64 = 0
  private var runLast: Int64 = 0

  private(set) var bulks = 0
  private(set) var packets = 0
  private(set) var bytes = 0
  private(set) var microseconds: Int64 = 0

  static let least = 4
  static let longestGap: Int64 = 1_000_000

  /// A packet with payload in this direction.
  mutating func add(_ payload: Int, at time: Int64) {
    if runPackets == 0 || time - runLast > Self.longestGap {
      (runPackets, runBytes, runStart, runLast) = (1, payload, time, time)
      return
    }
    runPackets += 1
    runBytes += payload
    if runPackets == Self.least {
      bulks += 1
      packets += runPackets
      bytes += runBytes
      microseconds += time - runStart
    } else if runPackets > Self.least {
      packets += 1
      bytes += payload
      microseconds += time - runLast
    }
    runLast = time
  }

  /// A packet with payload in the other direction ends the run.
  mutating func interrupt() { runPackets = 0 }

  mutating func absorb(_ other: Bulk) {
    bulks += other.bulks
    packets += other.packets
    bytes += other.bytes
    microseconds += other.microseconds
  }

  var bytesPerBulk: Double { bulks == 0 ? 0 : Double(bytes) / Double(bulks) }
  var packetsPerBulk: Double { bulks == 0 ? 0 : Double(packets) / Double(bulks) }
  var rate: Double { microseconds == 0 ? 0 : Double(bytes) * 1e6 / Double(microseconds) }
}
