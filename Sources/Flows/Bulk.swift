/// Bulk transfers one way, added up: four or more successive packets with payload, gaps of at most a
/// second, no payload the other way (CICFlowMeter's definition).
struct Bulks: BitwiseCopyable {
  private(set) var count: UInt32 = 0
  private(set) var packets: UInt32 = 0
  private(set) var bytes = 0
  private(set) var microseconds: Int64 = 0

  fileprivate mutating func begin(_ run: BulkRun) {
    count &+= 1
    packets &+= run.packets
    bytes += run.bytes
    microseconds += run.last - run.start
  }

  fileprivate mutating func extend(by payload: Int, after gap: Int64) {
    packets &+= 1
    bytes += payload
    microseconds += gap
  }

  mutating func absorb(_ other: Bulks) {
    count &+= other.count
    packets &+= other.packets
    bytes += other.bytes
    microseconds += other.microseconds
  }

  var bytesPerBulk: Double { count == 0 ? 0 : Double(bytes) / Double(count) }
  var packetsPerBulk: Double { count == 0 ? 0 : Double(packets) / Double(count) }
  var rate: Double { microseconds == 0 ? 0 : Double(bytes) * 1e6 / Double(microseconds) }
}

/// The packets that may become, or are, a bulk: payload one way without payload the other way.
struct BulkRun: BitwiseCopyable {
  fileprivate private(set) var packets: UInt32 = 0
  private var isForward = true
  fileprivate private(set) var bytes = 0
  fileprivate private(set) var start: Int64 = 0
  fileprivate private(set) var last: Int64 = 0

  private static let least: UInt32 = 4
  private static let longestGap: Int64 = 1_000_000

  /// A packet with payload; `bulks` are its direction's.
  mutating func add(
    _ payload: Int, isForward: Bool, at time: Int64, to bulks: inout Bulks
  ) {
    let gap = time - last
    last = time
    guard packets > 0, self.isForward == isForward, gap <= Self.longestGap else {
      (packets, self.isForward, bytes, start) = (1, isForward, payload, time)
      return
    }
    packets &+= 1
    bytes += payload
    if packets == Self.least {
      bulks.begin(self)
    } else if packets > Self.least {
      bulks.extend(by: payload, after: gap)
    }
  }
}
