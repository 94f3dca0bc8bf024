import Glibc
public import Logging
public import Time

/// Logs to standard error: one line, one `write`, `time level stage: message key=value ...`.
public struct LineLogHandler: LogHandler {
  /// The stage that speaks.
  public let label: String
  /// The least severe level that is logged.
  public var logLevel: Logger.Level
  /// What every line says.
  public var metadata: Logger.Metadata = [:]

  /// A handler for the program `label`.
  public init(label: String, level: Logger.Level) {
    self.label = label
    logLevel = level
  }

  /// One of ``metadata``.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes the event's line.
  public func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    var line = "\(wallClock().formatted()) \(event.level) \(label): \(event.message)"
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      line += " \(key)=\(Self.quoted("\(value)"))"
    }
    complain(line)
  }

  /// Keeps a value on one line and in one word.
  private static func quoted(_ value: String) -> String {
    let plain = value.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && $0.value >= 0x20 }
    return plain && !value.isEmpty ? value : value.debugDescription
  }
}

extension Logger {
  /// The logger of the program `name`.
  public init(stage name: String, level: Logger.Level) {
    self.init(label: name) { LineLogHandler(label: $0, level: level) }
  }
}

/// The time of day, for what happens to files, timers and logs; rows take theirs from packets.
public func wallClock() -> Timestamp {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Timestamp(seconds: Int64(now.tv_sec), microseconds: Int64(now.tv_nsec / 1_000))
}
