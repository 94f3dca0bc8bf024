/// The exit codes of sysexits(3) that Ward's programs use.
public enum ExitStatus: Int32, Sendable {
  /// Wrong options or arguments.
  case usage = 64
  /// The input is not what it should be.
  case data = 65
  /// An input does not exist.
  case noInput = 66
  /// Something Ward needs is not installed or not running.
  case unavailable = 69
  /// A bug of ours.
  case software = 70
  /// The system refused something basic: no memory, no descriptors.
  case system = 71
  /// An output cannot be made.
  case cannotCreate = 73
  /// Reading or writing failed.
  case io = 74
  /// It may work in a moment: the supervisor starts the stage again.
  case tryAgain = 75
  /// A privilege is missing.
  case notPermitted = 77
  /// The configuration is wrong.
  case config = 78
}

/// What ends a program: a status and one line that says what could not be done, and why.
public struct Failure: Error, CustomStringConvertible, Sendable {
  /// How the program exits.
  public let status: ExitStatus
  /// "unable to VERB OBJECT: cause".
  public let description: String

  /// A failure with its line.
  public init(_ status: ExitStatus, _ message: String) {
    self.status = status
    description = message
  }
}
