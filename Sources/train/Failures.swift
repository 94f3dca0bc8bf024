import ArgumentParser
import Foundation
import Models
import Tables
import Training

/// Rows that nothing can be learned from.
struct Refusal: Error {
  var words: String
}

/// Does the work of a command and turns what it throws into the exit codes of sysexits(3): 65 bad data,
/// 70 our bug, 73 cannot create, 74 input or output.
func work(_ body: () throws -> Void) throws {
  Waiting.patiently()
  do {
    try body()
  } catch let error as Refusal {
    throw fail(65, "unable to train: \(error.words)")
  } catch let error as XGBoostError {
    throw fail(70, "unable to train: \(error)")
  } catch let error as ModelError {
    throw fail(70, "unable to make the model: \(error)")
  } catch let error as Unreadable {
    let words = (error.cause as? CocoaError)?.localizedDescription ?? "\(error.cause)"
    throw fail(error.cause is CocoaError ? 74 : 65, "unable to read \(error.path): \(words)")
  } catch let error as CocoaError {
    throw fail(74, "unable to read or write: \(error.localizedDescription)")
  }
}

private func fail(_ status: Int32, _ words: String) -> ExitCode {
  say("train: fatal: \(words)")
  return ExitCode(status)
}

/// A line on standard error.
func say(_ words: String) { FileHandle.standardError.write(Data("\(words)\n".utf8)) }

/// Writes a file in its place, whole.
func write(_ bytes: Data, to path: String) throws {
  do {
    try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw fail(73, "unable to write \(path): \(error.localizedDescription)")
  }
}
