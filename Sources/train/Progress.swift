import Foundation
import Glibc
import Training

/// Tells how far the work is: a bar on a terminal, a line a step anywhere else.
struct Progress {
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// One step of several is done.
  func step(_ number: Int, of count: Int, _ words: String) {
    guard isTerminal else { return say("train: \(number) of \(count): \(words)") }
    let wide = 30
    let full = wide * number / max(1, count)
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: wide - full)
    let end = number == count ? "\n" : ""
    FileHandle.standardError.write(
      Data("\r\u{1B}[K[\(bar)] \(number)/\(count) \(words)\(end)".utf8))
  }

  /// Tells of an event of a course.
  func tell(_ event: Course.Event) {
    switch event {
    case .candidate(let candidate, let number, let count):
      step(number, of: count, "macro F1 \(fixed(candidate.macroF1, 4)): \(candidate.options.words)")
    case .fold(let number, let count):
      step(number, of: count, "folds of cross-validation")
    }
  }
}
