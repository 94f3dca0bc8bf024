import Glibc

/// Kills programs between two of their system calls. Only for exit tests: a process with other
/// threads must not be copied.
enum Tracing {
  /// Whether a process may trace its children here (Yama).
  static var isAllowed: Bool {
    guard let file = fopen("/proc/sys/kernel/yama/ptrace_scope", "r") else { return true }
    defer { fclose(file) }
    let scope = fgetc(file) - 48
    return scope <= 1 || scope == 2 && geteuid() == 0
  }

  /// Runs `words` and kills the program where the kernel stops it for the `limit`-th time: before and
  /// after each system call.
  ///
  /// - Returns: whether it came so far, else its exit status.
  static func run(_ words: [String], killAt limit: Int) -> (isKilled: Bool, status: CInt) {
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let child = symbol("fork", as: (@convention(c) () -> pid_t).self)()
    if child == 0 { execTraced(&arguments) }
    var status: CInt = 0
    waitpid(child, &status, 0)
    var stops = 0
    while status & 0xFF == 0x7F {  // WIFSTOPPED
      if stops == limit { kill(child, SIGKILL) }
      _ = trace(toSystemCall, child, 0)
      waitpid(child, &status, 0)
      stops += 1
    }
    return (status & 0x7F == SIGKILL, status >> 8 & 0xFF)
  }

  private static func execTraced(_ arguments: inout [UnsafeMutablePointer<CChar>?]) -> Never {
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    alarm(600)
    dup2(open("/dev/null", O_RDWR), 2)
    _ = trace(traceMe, 0, 0)
    if let program = arguments[0] { execv(program, &arguments) }
    _exit(127)
  }

  private static let traceMe: CInt = 0  // PTRACE_TRACEME
  private static let toSystemCall: CInt = 24  // PTRACE_SYSCALL

  private static func trace(_ request: CInt, _ process: pid_t, _ signal: Int) -> Int {
    typealias Call = @convention(c) (CInt, pid_t, UnsafeRawPointer?, Int) -> Int
    return symbol("ptrace", as: Call.self)(request, process, nil, signal)
  }

  // Swift hides fork(2) and ptrace(2); the dynamic linker does not.
  private static func symbol<Function>(_ name: String, as type: Function.Type) -> Function {
    unsafeBitCast(dlsym(nil, name), to: type)
  }
}
