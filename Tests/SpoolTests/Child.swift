import Glibc

/// A copy of this process that runs a body and ends. Only for exit tests: a process with other
/// threads must not be copied.
struct Child {
  let process: pid_t

  init(_ body: () throws -> Void) {
    // Swift hides fork(2) and ptrace(2); the dynamic linker does not.
    process = symbol("fork", as: (@convention(c) () -> pid_t).self)()
    guard process == 0 else { return }
    // No test hangs on it, and it begins with no signal blocked, unlike the thread it is copied from.
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    alarm(600)
    do { try body() } catch { _exit(1) }
    _exit(0)
  }

  /// Waits for its end; whether it ended well.
  func wait() -> Bool {
    var status: CInt = 0
    waitpid(process, &status, 0)
    return status == 0
  }

  /// Whether it is still there; if not, its end was waited for.
  var isRunning: Bool {
    var status: CInt = 0
    return waitpid(process, &status, WNOHANG) == 0
  }

  /// Runs `body` in a child and kills it at its `count`-th system call, before that is carried out.
  ///
  /// - Returns: whether it came so far; if not, it ended by itself.
  static func killed(atSystemCall count: Int, _ body: () throws -> Void) -> Bool {
    let child = Child {
      _ = trace(traceMe, 0, 0)
      kill(getpid(), SIGSTOP)
      try body()
    }
    var status: CInt = 0
    waitpid(child.process, &status, 0)
    var stops = 0
    while status & 0xFF == 0x7F {  // WIFSTOPPED
      if stops == 2 * count - 1 { kill(child.process, SIGKILL) }
      _ = trace(toSystemCall, child.process, 0)
      waitpid(child.process, &status, 0)
      stops += 1
    }
    return status & 0x7F == SIGKILL
  }

  /// Whether a process may trace its children here (Yama).
  static var canBeTraced: Bool {
    guard let file = fopen("/proc/sys/kernel/yama/ptrace_scope", "r") else { return true }
    defer { fclose(file) }
    let scope = fgetc(file) - 48
    return scope <= 1 || scope == 2 && geteuid() == 0
  }

  private static let traceMe: CInt = 0  // PTRACE_TRACEME
  private static let toSystemCall: CInt = 24  // PTRACE_SYSCALL

  private static func trace(_ request: CInt, _ process: pid_t, _ signal: Int) -> Int {
    typealias Call = @convention(c) (CInt, pid_t, UnsafeRawPointer?, Int) -> Int
    return symbol("ptrace", as: Call.self)(request, process, nil, signal)
  }
}

private func symbol<Function>(_ name: String, as type: Function.Type) -> Function {
  unsafeBitCast(dlsym(nil, name), to: type)
}
