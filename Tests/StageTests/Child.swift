import ArgumentParser
import Glibc

/// A copy of this process that runs a body and ends. Only for exit tests: a process with other
/// threads must not be copied.
struct Child {
  let process: pid_t

  /// - Parameter errors: the file that standard error goes to.
  init(errors: String = "/dev/null", _ body: () throws -> Void) {
    // Swift hides fork(2); the dynamic linker does not.
    typealias Fork = @convention(c) () -> pid_t
    process = unsafeBitCast(dlsym(nil, "fork"), to: Fork.self)()
    guard process == 0 else { return }
    // No test hangs on it, and it begins with no signal blocked, unlike the thread it is copied from.
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    alarm(60)
    dup2(open(errors, O_WRONLY | O_CREAT | O_APPEND, 0o600), 2)
    do {
      try body()
      _exit(0)
    } catch let code as ExitCode {
      _exit(code.rawValue)
    } catch {
      _exit(1)
    }
  }

  /// Waits for its end: its exit status, or minus the signal that ended it.
  func wait() -> CInt {
    var status: CInt = 0
    waitpid(process, &status, 0)
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  /// Sends SIGTERM and waits.
  func stop() -> CInt {
    kill(process, SIGTERM)
    return wait()
  }
}
