import CLinux
import Firewall
import Glibc
import Spool
import Stage
import Time

/// Waits in inotify(7) until the stage writes into its block list what became of an order.
final class AnswerWatch {
  private let order: String
  private let files: [BlockListFile]
  private let descriptor: CInt

  /// Watches from now on.
  init(_ spool: SpoolDirectory, order: String) throws {
    self.order = order
    files = try BlockListFile.all(spool)
    descriptor = inotify_init1(CInt(IN_CLOEXEC))
    let mask = UInt32(IN_MODIFY) | UInt32(IN_MOVED_TO)
    guard descriptor >= 0, inotify_add_watch(descriptor, "\(spool.path)/state", mask) >= 0 else {
      throw Failure(.io, "unable to watch the block list: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  /// The answers, or nil if none came in time.
  func wait(seconds: Int64) throws -> [JournalEntry.Answer]? {
    let end = wallClock().advanced(by: seconds * 1_000_000)
    var events = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let answers = try answers()
      if !answers.isEmpty { return answers }
      let left = end.microseconds(since: wallClock())
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard left > 0, Glibc.poll(&poll, 1, CInt(left / 1_000 + 1)) >= 0 || errno == EINTR
      else { return nil }
      if poll.revents != 0 { _ = read(descriptor, &events, events.count) }
    }
  }

  private func answers() throws -> [JournalEntry.Answer] {
    try files.flatMap { try $0.contents().entries }.compactMap { entry in
      guard case .answer(let answer) = entry, answer.order.segment == order else { return nil }
      return answer
    }
  }
}
