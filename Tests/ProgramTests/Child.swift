import Glibc

/// A moment by which something must have happened.
typealias Deadline = ContinuousClock.Instant

extension Deadline {
  /// Three minutes from now, for what takes a second on a quiet machine: who waits so long waits in
  /// vain, however busy the machine is.
  static var generous: Deadline { .now + .seconds(180) }

  /// What is left, for poll(2); 0 when it has passed.
  fileprivate var milliseconds: CInt {
    let left = ContinuousClock.now.duration(to: self).components
    return CInt(clamping: max(0, left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000))
  }
}

/// Something did not happen in time.
struct TooLate: Error, CustomStringConvertible {
  /// What was waited for, and what came instead.
  let description: String
}

/// A process in a group of its own, killed with this value if it is still there.
///
/// A class: it must end exactly once, and tests hand it around.
final class Child {
  /// Where its standard error goes.
  enum Errors {
    /// Among its output.
    case joined
    /// Apart from it.
    case apart
  }

  let pid: pid_t
  private let words: [String]
  /// The other end of its input and output.
  private let wire: CInt
  private let errors: CInt
  private var pending: [UInt8] = []
  private var status: CInt?

  /// Starts `words`; the first is looked for in PATH. Its input is empty and open until
  /// ``endInput()``.
  ///
  /// - Throws: ``TooLate`` if it cannot be started.
  init(_ words: [String], errors: Errors = .apart) throws {
    self.words = words
    let (ours, its) = try Self.socketPair()
    wire = ours
    self.errors = Self.unnamedFile()
    defer { close(its) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (from, to) in [(its, 0), (its, 1), (errors == .joined ? its : self.errors, 2)] {
      posix_spawn_file_actions_adddup2(&actions, from, CInt(to))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // It begins with no signal blocked or ignored, whatever the tests were started with.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let status = posix_spawnp(&pid, words[0], &actions, &attributes, &arguments, environ)
    self.pid = pid
    guard status == 0 else {
      self.status = -1
      throw TooLate(description: "unable to start \(words): \(String(cString: strerror(status)))")
    }
  }

  deinit {
    if status == nil {
      kill(-pid, SIGKILL)
      _ = reap()
    }
    close(wire)
    close(errors)
  }

  /// Its input ends.
  func endInput() { shutdown(wire, CInt(SHUT_WR)) }

  /// Does nothing once its end was seen: its number may be another's.
  func signal(_ number: CInt) {
    if status == nil { kill(pid, number) }
  }

  /// The next line of its output; nil when there is none left.
  ///
  /// - Throws: ``TooLate``.
  func line(by deadline: Deadline) throws -> String? {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        defer { pending.removeFirst(end + 1) }
        return String(decoding: pending[..<end], as: UTF8.self)
      }
      guard try fill(by: deadline) else { break }
    }
    guard !pending.isEmpty else { return nil }
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self)
  }

  /// Reads lines until one holds all `words`, and returns that one.
  ///
  /// - Throws: ``TooLate`` with what came instead.
  @discardableResult
  func line(with words: String..., by deadline: Deadline) throws -> String {
    var others: [String] = []
    do {
      while let line = try line(by: deadline) {
        if words.allSatisfy({ line.contains($0) }) { return line }
        others.append(line)
      }
    } catch is TooLate {}
    let came = others.suffix(12).joined(separator: "\n")
    throw TooLate(description: "\(self.words) never said \(words), but\n\(came)\n\(errorText)")
  }

  /// How a process ended.
  struct End {
    /// Its exit status, or minus the signal that ended it.
    let status: CInt
    /// What was left of its output.
    let output: String
    /// What it said on standard error, if that is apart.
    let errors: String
  }

  /// Waits until it and all who share its output have ended.
  ///
  /// - Throws: ``TooLate``.
  func end(by deadline: Deadline) throws -> End {
    while try fill(by: deadline) {}
    let text = String(decoding: pending, as: UTF8.self)
    pending = []
    return End(status: reap(), output: text, errors: errorText)
  }

  /// Ends it with SIGTERM, and waits.
  @discardableResult
  func stop(by deadline: Deadline) throws -> End {
    signal(SIGTERM)
    return try end(by: deadline)
  }

  /// Reads more; false when the output has ended.
  private func fill(by deadline: Deadline) throws -> Bool {
    var entry = pollfd(fd: wire, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, deadline.milliseconds) == 1 else {
      throw TooLate(description: "\(words) is late; it said \(errorText)")
    }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(wire, &bytes, bytes.count)
    if count > 0 { pending += bytes[..<count] }
    return count > 0
  }

  private func reap() -> CInt {
    if let status { return status }
    var word: CInt = 0
    waitpid(pid, &word, 0)
    let status = word & 0x7F == 0 ? word >> 8 & 0xFF : -(word & 0x7F)
    self.status = status
    return status
  }

  private var errorText: String {
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = pread(errors, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private static func socketPair() throws -> (CInt, CInt) {
    var ends: [CInt] = [-1, -1]
    let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw TooLate(description: "unable to make a pair of sockets")
    }
    return (ends[0], ends[1])
  }

  private static func unnamedFile() -> CInt {
    let path = "/tmp/ward-errors-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    defer { unlink(path) }
    return open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  }
}

/// Runs `words` to the end, with no input.
///
/// - Throws: ``TooLate``.
@discardableResult
func run(_ words: String...) throws -> Child.End { try run(words) }

@discardableResult
func run(_ words: [String], by deadline: Deadline = .generous) throws -> Child.End {
  let child = try Child(words)
  child.endInput()
  return try child.end(by: deadline)
}
