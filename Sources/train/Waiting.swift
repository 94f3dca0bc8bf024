import Glibc

/// How XGBoost's threads wait for each other.
enum Waiting {
  /// Starts the program anew with threads that sleep while they wait, unless somebody chose otherwise.
  ///
  /// OpenMP reads `OMP_WAIT_POLICY` once, before `main`. Its threads spin by default, which on a machine
  /// with other work costs four times the processor time. Where the program cannot be started anew it
  /// goes on as it is.
  static func patiently() {
    guard getenv("OMP_WAIT_POLICY") == nil, setenv("OMP_WAIT_POLICY", "passive", 1) == 0 else {
      return
    }
    _ = execv("/proc/self/exe", CommandLine.unsafeArgv)
  }
}
