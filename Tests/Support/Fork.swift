public import Glibc

/// A copy of this process that runs a body and ends. Only for exit tests: a process with other
/// threads must not be copied.
public struct Fork {
  /// Its number.
  public let process: pid_t

  /// Starts it. Its exit status is 0; if the body throws, 1 or the number that the error is, as an exit
  /// code is one.
  ///
  /// - Parameter errors: the file that standard error goes to.
  public init(errors: String = "/dev/null", _ body: () throws -> Void) {
    process = symbol("fork", as: (@convention(c) () -> pid_t).self)()
    guard process == 0 else { return }
    // No test hangs on it, and it begins with no signal blocked, unlike the thread it is copied from.
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    alarm(600)
    dup2(open(errors, O_WRONLY | O_CREAT | O_APPEND, 0o600), 2)
    do {
      try body()
      _exit(0)
    } catch {
      _exit((error as? any RawRepresentable<CInt>)?.rawValue ?? 1)
    }
  }

  /// Waits for its end: its exit status, or minus the signal that ended it.
  public func wait() -> CInt {
    var status: CInt = 0
    waitpid(process, &status, 0)
    return Self.end(status)
  }

  /// Sends SIGTERM and waits.
  public func stop() -> CInt {
    kill(process, SIGTERM)
    return wait()
  }

  /// Whether it is still there; if not, its end was waited for.
  public var isRunning: Bool {
    var status: CInt = 0
    return waitpid(process, &status, WNOHANG) == 0
  }

  static func end(_ status: CInt) -> CInt {
    status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }
}

/// A function of the C library that Swift hides, as fork(2); the dynamic linker does not.
public func symbol<Function>(_ name: String, as type: Function.Type) -> Function {
  unsafeBitCast(dlsym(nil, name), to: type)
}
