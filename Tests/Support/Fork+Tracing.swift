import Glibc

extension Fork {
  /// Whether a process may trace its children here (Yama).
  public static var canBeTraced: Bool {
    guard let file = fopen("/proc/sys/kernel/yama/ptrace_scope", "r") else { return true }
    defer { fclose(file) }
    let scope = fgetc(file) - 48
    return scope <= 1 || scope == 2 && geteuid() == 0
  }

  /// Runs `body` in a child and kills it at its `count`-th system call, before that is carried out.
  ///
  /// - Returns: whether it came so far; if not, it ended by itself.
  public static func killed(atSystemCall count: Int, _ body: () throws -> Void) -> Bool {
    run(killedAtStop: 2 * count - 1, body) == -SIGKILL
  }

  /// Runs `body` in a child and kills it where the kernel stops it for the `limit`-th time: before and
  /// after each system call.
  ///
  /// - Returns: its exit status, or minus the signal that ended it.
  public static func run(killedAtStop limit: Int, _ body: () throws -> Void) -> CInt {
    let child = Fork {
      _ = trace(traceMe, 0, 0)
      kill(getpid(), SIGSTOP)
      try body()
    }
    var status: CInt = 0
    waitpid(child.process, &status, 0)
    var stops = 0
    while status & 0xFF == 0x7F {  // WIFSTOPPED
      if stops == limit { kill(child.process, SIGKILL) }
      _ = trace(toSystemCall, child.process, 0)
      waitpid(child.process, &status, 0)
      stops += 1
    }
    return end(status)
  }

  private static let traceMe: CInt = 0  // PTRACE_TRACEME
  private static let toSystemCall: CInt = 24  // PTRACE_SYSCALL

  private static func trace(_ request: CInt, _ process: pid_t, _ signal: Int) -> Int {
    typealias Call = @convention(c) (CInt, pid_t, UnsafeRawPointer?, Int) -> Int
    return symbol("ptrace", as: Call.self)(request, process, nil, signal)
  }
}
