import Spool
import Stage
import Time

/// Reads a file into the queue, waiting for room, and, if asked to, for the pauses it recorded.
struct Replay: ~Copyable {
  private let handle: PacketHandle
  private let pace: Pace
  private let signals: Signals
  private var publisher: Publisher
  private var builder: SegmentBuilder
  /// The last packet's time, and the moment on the monotonic clock at which it was due.
  private var last: (time: Timestamp, due: Int64)?

  /// A recorded pause is no longer than this, in microseconds.
  private static let longestPause: Int64 = 10_000_000

  init(
    _ handle: consuming PacketHandle, _ plan: Plan, _ publisher: consuming Publisher,
    _ signals: Signals
  ) {
    pace = plan.pace
    self.signals = signals
    builder = SegmentBuilder(
      rules: plan.rules, linkType: handle.linkType, snapLength: handle.snapLength)
    self.publisher = publisher
    self.handle = handle
  }

  /// Runs to the end of the file, or until SIGTERM or SIGINT.
  ///
  /// - Throws: ``Failure`` (data) if the file is broken, after all before the break is published.
  mutating func run(_ path: String) throws {
    do {
      while !signals.stopRequested, case .packet(let packet) = try handle.next() {
        if pace == .recorded { try wait(for: packet) }
        if let segment = builder.cut(before: packet) {
          try publisher.publishWaiting(segment, signals)
          signals.take()
        }
        builder.add(packet)
      }
    } catch let failure as PacketFailure {
      try finish()
      throw Failure(.data, "unable to read \(path): \(failure.message)")
    }
    try finish()
  }

  /// Sleeps until `packet` is due; a segment that ends meanwhile is handed on at its end.
  private mutating func wait(for packet: Packet) throws {
    guard let last else {
      self.last = (packet.time, monotonicClock())
      return
    }
    let pause = packet.time.microseconds(since: last.time)
    let due = last.due + min(max(pause, 0), Self.longestPause)
    self.last = (packet.time, due)
    while !signals.stopRequested {
      var rest = due - monotonicClock()
      if rest <= 0 { return }
      if let boundary = builder.boundary {
        let end = last.due + boundary.microseconds(since: last.time) - monotonicClock()
        if end <= 0 {
          try publisher.publishWaiting(builder.cut(at: boundary), signals)
          continue
        }
        rest = min(rest, end)
      }
      sleepUntilReadable([signals.pollDescriptor], milliseconds: Int((rest + 999) / 1_000))
      signals.take()
    }
  }

  private mutating func finish() throws {
    if let end = builder.cutRest() ?? publisher.clock.map({ builder.cut(at: $0) }) {
      try publisher.publishWaiting(end, signals, isEnd: true)
    }
    try publisher.finish()
  }
}
