import ArgumentParser
struct TrainModel: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "model", abstract: "x")
  func run() throws {}
}
struct TrainBaseline: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "baseline", abstract: "x")
  func run() throws {}
}
