import ArgumentParser
import Models
import Spool
import Stage

/// `classify model FILE`: what a file of judges is.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Say what a model or a baseline is: for people and auditors.")

  @Argument(
    help: ArgumentHelp(
      "The file. Default: default.model beside this program.", valueName: "file"))
  var file: String?

  func run() throws {
    try reportingFailures("classify") {
      guard let path = file ?? ModelSource(nil).path else { return }
      let text: String
      do {
        text = try withFile(path) { bytes in
          try Description(bytes).text
        }
      } catch let error as ModelError {
        throw Failure(.data, "unable to use model \(path): \(error)")
      }
      print("\(path)\n\(text)")
    }
  }
}
