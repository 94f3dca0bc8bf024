import Glibc
import Logging
import Spool

extension StageLoop {
  /// Shows the step again what it dealt with in earlier lives, as far as it is kept.
  mutating func recall() throws {
    for inbox in inboxes {
      let names = sinceLastEnd(inbox.kept)
      if names.isEmpty { continue }
      guard try inbox.beginRecall() else {
        logger.error("what was open is given up: its segments killed this stage three times")
        continue
      }
      recall(names, from: inbox)
      try inbox.endRecall()
    }
  }

  private mutating func recall(_ names: [String], from inbox: Inbox) {
    let began = monotonicMilliseconds()
    var bytes = 0
    var segments = 0
    var unreadable: (count: Int, last: String) = (0, "")
    for name in names {
      signals.take()
      if signals.stopRequested { return }
      do {
        try inbox.withKept(name) {
          try step.recall(Input(queue: inbox.queue, fileName: name, bytes: $0))
          bytes += $0.count
        }
        segments += 1
      } catch {
        unreadable = (unreadable.count + 1, "\(name): \(error)")
      }
    }
    if unreadable.count > 0 {
      logger.warning(
        "unable to read kept segments again",
        metadata: ["segments": "\(unreadable.count)", "last": "\(unreadable.last)"])
    }
    let facts: Logger.Metadata = [
      "segments": "\(segments)", "bytes": "\(bytes)",
      "milliseconds": "\(monotonicMilliseconds() - began)",
    ]
    logger.info("read kept segments again", metadata: facts.merging(step.account) { $1 })
  }
}

/// The names of segments from each sensor's last end on, that included, in their order.
private func sinceLastEnd(_ fileNames: [String]) -> [String] {
  let names = fileNames.map { SegmentName($0) }
  var ends: [String: UInt64] = [:]
  for case let name? in names where name.isEnd {
    ends[name.sensor] = max(ends[name.sensor] ?? 0, name.sequence)
  }
  return zip(fileNames, names).compactMap { fileName, name in
    guard let name, name.sequence >= ends[name.sensor] ?? 0 else { return nil }
    return fileName
  }
}

private func monotonicMilliseconds() -> Int {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Int(now.tv_sec) * 1_000 + Int(now.tv_nsec) / 1_000_000
}
