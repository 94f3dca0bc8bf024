import Logging
import Spool
import Stage
import Tables
import Time

/// Hands segments on under their names, within the queue's bound, and tells what was lost.
struct Publisher: ~Copyable {
  private let sensor: String
  private let captured: Outbox
  private let notices: Outbox
  private let logger: Logger
  private var sequence: Sequence
  private var packets = 0
  private var bytes = 0
  private var segments = 0
  /// The clock of the last segment; nil before the first.
  private(set) var clock: Timestamp?
  /// What was lost so far.
  var losses = Losses()

  init(
    _ spool: SpoolDirectory, sensor: String, bounds: [Queue: Limits], logger: Logger
  ) throws {
    let captured = try Outbox(spool, .captured, limits: bounds[.captured], producer: "capture")
    let notices = try Outbox(spool, .notices, limits: bounds[.notices], producer: "capture")
    sequence = try Sequence(spool)
    self.captured = captured
    self.notices = notices
    self.sensor = sensor
    self.logger = logger
  }

  /// Publishes now; while the queue is full, drops what waited longest. The end is what comes last
  /// for good: flows that are open then end with it.
  mutating func publishDropping(_ segment: Segment, isEnd: Bool = false) throws {
    while try !captured.hasRoom() {
      var packets = 0
      guard let lost = try captured.dropOldest({ packets = countPackets(inFile: $0) })
      else { break }
      losses.addSegment(lost.name, packets: packets, bytes: lost.bytes)
    }
    try publish(segment, isEnd: isEnd)
  }

  /// Publishes when the queue has room, or when told to stop.
  mutating func publishWaiting(
    _ segment: Segment, _ signals: Signals, isEnd: Bool = false
  ) throws {
    while try !signals.stopRequested && !captured.hasRoom() {
      sleepUntilReadable([signals.pollDescriptor, captured.roomDescriptor])
      signals.take()
    }
    try publish(segment, isEnd: isEnd)
  }

  private mutating func publish(_ segment: Segment, isEnd: Bool) throws {
    let name = SegmentName(
      first: segment.first, clock: segment.clock, sensor: sensor, sequence: try sequence.take(),
      isEnd: isEnd)
    try captured.begin(name.description)
    try captured.write(segment.bytes)
    try captured.publish()
    packets += segment.packets
    bytes += segment.bytes.count
    segments += 1
    clock = segment.clock
    logger.debug("published", metadata: ["segment": "\(name)", "packets": "\(segment.packets)"])
  }

  /// Tells of losses that are due.
  mutating func tell(_ now: Timestamp) throws {
    guard let due = losses.due(now), due <= now else { return }
    if try notices.hasRoom() { try tellAll(now) } else { losses.putOff(now) }
  }

  /// The last words: losses not yet told, and the sums.
  mutating func finish() throws {
    if losses.areUntold { try tellAll(wallClock()) }
    try sequence.settle()
    logger.info(
      "stopped",
      metadata: [
        "packets": "\(packets)", "bytes": "\(bytes)", "segments": "\(segments)",
        "kernel_dropped": "\(losses.kernel.packets)",
        "spool_dropped_segments": "\(losses.spool.files)",
        "spool_dropped_packets": "\(losses.spool.packets)",
        "spool_dropped_bytes": "\(losses.spool.bytes)",
      ])
  }

  private mutating func tellAll(_ now: Timestamp) throws {
    let rows = losses.tell(now)
    let name = SegmentName(
      first: now, clock: now, sensor: "\(sensor).capture", sequence: try sequence.take())
    try notices.begin(name.description)
    try rows.bytes.withUnsafeBytes { try notices.write($0) }
    try notices.publish()
    logger.warning(
      "packets were lost",
      metadata: [
        "kernel_total": "\(losses.kernel.packets)", "spool_total": "\(losses.spool.packets)",
      ])
  }
}
