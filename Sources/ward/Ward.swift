import ArgumentParser
import Glibc

/// One door to all tools: finds the program that does what is asked and becomes it.
@main struct Ward: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ward",
    abstract: "One door to Ward's tools.",
    usage: "ward <command> [<arguments>]",
    discussion: """
      The house:
        start        start all stages and keep them alive (supervise start)
        status       stages, queues, last words (supervise status)

      The firewall:
        block        block an address
        unblock      lift a block
        list         what is blocked
        check        why an address is, or would not be, blocked

      Learning:
        label        say what a row really was

      The tools, each with a --help of its own:
        capture      hear the network, or read a capture file
        featurize    packets to flows
        classify     flows to verdicts
        mitigate     verdicts to blocks
        report       ledger, warnings, incident reports
        train        make the models
        imitate      make up traffic, benign and hostile

      Its exit code is that of the tool. Exit 64: no such command; 66: the tool is not installed.
      """)

  @Argument(parsing: .captureForPassthrough, help: "A command, and what it is to be told.")
  var words: [String] = []

  func run() throws {
    guard let name = words.first, name != "--help", name != "-h", name != "help" else {
      print(Self.helpMessage())
      return
    }
    guard let tool = Tool(command: name, arguments: Array(words.dropFirst())) else {
      try fail(64, "no command \(name) (see ward --help)")
    }
    guard let path = tool.find() else {
      try fail(66, "unable to run \(tool.program): it is not beside ward")
    }
    var arguments = ([path] + tool.arguments).map { strdup($0) } + [nil]
    execv(path, &arguments)
    try fail(71, "unable to run \(path): \(String(cString: strerror(errno)))")
  }

  private func fail(_ status: Int32, _ message: String) throws -> Never {
    var line = "ward: fatal: \(message)\n"
    line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    throw ExitCode(status)
  }
}
