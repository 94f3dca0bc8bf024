import Glibc
import Logging
import Spool
import Time

/// The loop: signals, then room, then the next input, else sleep. One thread; nothing polls.
///
/// A stop is as good as a crash: nothing is handed on at the end.
struct StageLoop<S: Step> {
  let name: String
  var step: S
  let inboxes: [Inbox]
  let outboxes: [Outbox]
  let watches: [FileWatch]
  let signals: Signals
  let logger: Logger
  /// Whether the step is shown at start what is kept.
  let recalls: Bool
  private var alarm: Timestamp?

  init(
    name: String, step: S, inboxes: [Inbox], outboxes: [Outbox], watches: [FileWatch],
    signals: Signals, logger: Logger, recalls: Bool
  ) {
    self.name = name
    self.step = step
    self.inboxes = inboxes
    self.outboxes = outboxes
    self.watches = watches
    self.signals = signals
    self.logger = logger
    self.recalls = recalls
  }

  mutating func run(once: Bool) throws {
    if recalls { try recall() }
    if !signals.stopRequested {
      logger.info("ready")
      try wake()
      try work(once: once)
    }
    logger.info("stopped", metadata: step.account)
  }

  private mutating func work(once: Bool) throws {
    while true {
      signals.take()
      if signals.stopRequested { return }
      try reload()
      if let full = try outboxes.first(where: { try !$0.hasRoom() }) {
        guard !once else {
          throw Failure(.tryAgain, "unable to hand on: \(full.queue) is full")
        }
        sleepUntilReadable(
          [signals.pollDescriptor, full.roomDescriptor] + watches.map(\.pollDescriptor))
        continue
      }
      if let claim = try next() {
        try handle(claim)
        continue
      }
      if once || signals.drainRequested { return }
      sleepUntilReadable(
        [signals.pollDescriptor] + inboxes.map(\.pollDescriptor) + watches.map(\.pollDescriptor),
        milliseconds: alarm.map { milliseconds(until: $0) })
      if let alarm, alarm <= wallClock() { try wake() }
    }
  }

  private func next() throws -> Claim? {
    for inbox in inboxes {
      if let claim = try inbox.claim() { return claim }
    }
    return nil
  }

  private mutating func handle(_ claim: consuming Claim) throws {
    let fileName = claim.fileName
    let queue = claim.queue
    var output = Output(.queues(outboxes), stage: name, base: "")
    do {
      try claim.withBytes { bytes in
        let input = Input(queue: queue, fileName: fileName, bytes: bytes)
        output = Output(.queues(outboxes), stage: name, base: input.base)
        try step.process(input, to: &output)
      }
    } catch let error where Self.endsStage(error) {
      output.abandon()
      throw error
    } catch {
      output.abandon()
      logger.warning(
        "set aside",
        metadata: ["queue": "\(queue)", "file": "\(fileName)", "reason": "\(error)"])
      return try claim.setAside(reason: "\(error)")
    }
    try output.publish()
    try claim.finish(worthKeeping: output.inputIsWorthKeeping)
    logger.debug("done", metadata: ["file": "\(fileName)"])
    try wake()
  }

  private mutating func wake() throws {
    let now = wallClock()
    var next: Timestamp?
    try publishing(momentary(now)) { step, output in
      next = try step.wake(now: now, to: &output)
    }
    alarm = next
  }

  private mutating func reload() throws {
    let all = signals.takeReload()
    for watch in watches where try watch.takeChange() || all {
      var isRefused = false
      try publishing(momentary(wallClock())) { [logger] step, output in
        do {
          try step.fileChanged(watch.path, to: &output)
          logger.notice("read again", metadata: ["file": "\(watch.path)"])
        } catch {
          output.abandon()
          isRefused = true
          logger.error(
            "unable to use changed file",
            metadata: ["file": "\(watch.path)", "cause": "\(error)"])
        }
      }
      if isRefused { try wake() }
    }
  }

  /// A name for output that no segment caused.
  private func momentary(_ now: Timestamp) -> SegmentName {
    SegmentName(first: now, clock: now, sensor: name, sequence: 0)
  }

  private mutating func publishing(
    _ name: SegmentName, _ body: (inout S, inout Output) throws -> Void
  ) throws {
    var output = Output(.queues(outboxes), stage: self.name, base: name.description)
    do {
      try body(&step, &output)
    } catch {
      output.abandon()
      throw Self.endsStage(error) ? error : Failure(.software, "unable to go on: \(error)")
    }
    try output.publish()
  }

  /// Whether an error speaks of the stage or the disk, not of the input.
  private static func endsStage(_ error: any Error) -> Bool {
    if let error = error as? SpoolError { return !error.isNotAFile }
    return error is Failure
  }

  private func milliseconds(until moment: Timestamp) -> Int {
    Int(clamping: (moment.microseconds(since: wallClock()) + 999) / 1_000)
  }
}
