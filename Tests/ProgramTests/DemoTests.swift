import Foundation
import Testing

extension ProgramTests {
  @Suite(.enabled(if: House.isBuilt, "needs built programs (WARD_BIN)"), .timeLimit(.minutes(30)))
  struct DemoTests {
    @Test func `the demonstration runs without privileges and names its attacks`() throws {
      let scratch = try Scratch()
      chmod(scratch.path, 0o777)
      let end = try run(
        House.unprivileged + [
          House.script("demo"), "--bin", House.programs, "--spool", scratch.spool,
        ])
      #expect(end.status == 0, "\(end.errors)")
      #expect(end.output.contains("SYN_FLOOD") && end.output.contains("PORT_SCAN"))
      let line = end.output.split(separator: "\n").first { $0.hasPrefix("The report: ") }
      let report = try #require(line).dropFirst("The report: ".count)
      #expect(FileManager.default.fileExists(atPath: String(report)))
    }
  }
}
