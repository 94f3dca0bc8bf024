import Glibc

/// The program behind a command, and what it is told.
struct Tool {
  /// The program's name.
  let program: String
  /// Its arguments, without its name.
  let arguments: [String]

  private static let programs: Set = [
    "capture", "featurize", "classify", "mitigate", "report", "train", "imitate",
  ]
  private static let verbsOfMitigate: Set = ["block", "unblock", "list", "check"]
  private static let verbsOfSupervise: Set = ["start", "status"]

  /// nil if there is no such command.
  init?(command: String, arguments: [String]) {
    if Self.programs.contains(command) {
      program = command
      self.arguments = arguments
    } else if Self.verbsOfMitigate.contains(command) {
      program = "mitigate"
      self.arguments = [command] + arguments
    } else if command == "label" {
      program = "classify"
      self.arguments = [command] + arguments
    } else if Self.verbsOfSupervise.contains(command) {
      program = "supervise"
      self.arguments = [command] + arguments
    } else {
      return nil
    }
  }

  /// The program's path: beside this one, or, for the script among them, in the `scripts` folder of
  /// the source tree that this one was built in.
  func find() -> String? {
    guard let own = ownPath() else { return nil }
    var folder = parent(of: own)
    var candidates = ["\(folder)/\(program)"]
    if program == "supervise" {
      while !folder.isEmpty {
        candidates.append("\(folder)/scripts/supervise")
        folder = parent(of: folder)
      }
    }
    return candidates.first { access($0, X_OK) == 0 }
  }

  private func ownPath() -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX) + 1) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlink("/proc/self/exe", start, buffer.count - 1)
      guard count > 0 else { return nil }
      buffer[count] = 0
      return String(cString: start)
    }
  }

  /// Empty for a name in the root folder.
  private func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
