import Glibc

/// What can go wrong with files in the spool: what was tried, on what, and why it failed.
public struct SpoolError: Error, CustomStringConvertible, Sendable {
  /// The verb: `open`, `rename`, `write`, ...
  public let verb: String
  /// The object: a path below the spool.
  public let object: String
  /// The `errno`, or 0 when ``cause`` says it in words.
  public let code: CInt
  /// Why, in words.
  public let cause: String

  /// A system call's failure.
  public init(_ verb: String, _ object: String, errno code: CInt) {
    self.verb = verb
    self.object = object
    self.code = code
    cause = String(cString: strerror(code))
  }

  /// A failure with a cause of its own.
  public init(_ verb: String, _ object: String, because cause: String) {
    self.verb = verb
    self.object = object
    self.code = 0
    self.cause = cause
  }

  /// Whether another process holds the queue.
  public var isLocked: Bool { code == EWOULDBLOCK && verb == "lock" }

  /// Whether what was to be read is a folder, a link, a FIFO: no retry will make a file of it.
  public var isNotAFile: Bool { cause == Self.notAFile || code == ELOOP || code == ENXIO }

  static let notAFile = "not a file"

  /// "unable to VERB OBJECT: cause".
  public var description: String { "unable to \(verb) \(object): \(cause)" }
}
