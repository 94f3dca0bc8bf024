import Testing

extension ProgramTests {
  @Suite(.enabled(if: House.has("python3"), "needs python3"), .timeLimit(.minutes(30)))
  struct ImportTests {
    @Test(arguments: [[], ["--self-test"]])
    func `every target keeps to its layer`(arguments: [String]) throws {
      let end = try run([House.script("check-imports")] + arguments)
      #expect(end.status == 0, "\(end.output)\(end.errors)")
    }
  }
}
