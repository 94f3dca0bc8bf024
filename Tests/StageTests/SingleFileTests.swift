import ArgumentParser
import Glibc
import Spool
import Stage
import Testing
import TestSupport

struct SingleFileTests {
  private static var step: Scripted {
    Scripted(
      process: { input, output in
        try output.write("\(input.queue) \(input.base) ")
        try output.write("never shown", to: .notices)
        if input.text == "bad" { throw Broken() }
        try output.write(input.text)
      }, finish: { try $0.write(" held") })
  }

  @Test func `one file goes through without a spool`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("in.csv", "text")
      let stage = bench.start(
        "--input", "\(bench.path)/in.csv", "--output", "\(bench.path)/out",
        from: [.captured, .malicious]
      ) { Self.step }
      #expect(stage.wait() == 0)
      #expect(bench.text("out") == "malicious in text held")
      #expect(bench.names("").isEmpty)
    }
  }

  @Test(arguments: [[], ["--output", "-"]])
  func `the result goes to standard output`(arguments: [String]) async {
    await #expect(processExitsWith: .success) { [arguments] in
      let bench = try Bench()
      bench.put("in.csv", "text")
      let path = bench.path
      let stage = Fork {
        dup2(open("\(path)/out", O_WRONLY | O_CREAT, 0o600), 1)
        let options = try StageOptions.parse(["--input", "\(path)/in.csv"] + arguments)
        try runStage("test", options, from: [.malicious], to: []) { _ in Self.step }
      }
      #expect(stage.wait() == 0)
      #expect(bench.text("out") == "malicious in text held")
    }
  }

  @Test func `a damaged file is bad data, and what was read of it is handed on`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("in.csv", "bad")
      let stage = bench.start("--input", "\(bench.path)/in.csv", "--output", "\(bench.path)/out") {
        Self.step
      }
      #expect(stage.wait() == 65)
      #expect(bench.text("out") == "malicious in  held")
      #expect(
        bench.log == "test: fatal: unable to read \(bench.path)/in.csv: row 3: cut short\n")
    }
  }

  @Test func `an input that is not there leaves the output as it was`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("out", "precious")
      let stage = bench.start("--input", "\(bench.path)/none", "--output", "\(bench.path)/out")
      #expect(stage.wait() == 66)
      #expect(bench.text("out") == "precious")
      #expect(
        bench.log == "test: fatal: unable to open \(bench.path)/none: No such file or directory\n")
    }
  }

  @Test func `an output that cannot be made is said`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("in.csv", "text")
      let stage = bench.start(
        "--input", "\(bench.path)/in.csv", "--output", "\(bench.path)/none/out")
      #expect(stage.wait() == 73)
    }
  }

  @Test(arguments: [["--output", "x"], ["--once", "--input", "x"], ["--log-level", "loud"]])
  func `options that do not go together are refused`(arguments: [String]) {
    #expect(throws: (any Error).self) { _ = try StageOptions.parse(arguments) }
  }
}
