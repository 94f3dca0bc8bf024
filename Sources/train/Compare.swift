import ArgumentParser
import Foundation
import Tables
import Training

/// Shows what a score is worth.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn and judge by several protocols side by side; makes no model.",
    discussion: """
      A random split of rows flatters: both sides hold rows of one flow, one tool, one second. \
      Beside it stand a split by time, captures left out, sources left out, and one source judged by a \
      model of another. Labels of public tables stay as they are.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var learning: LearningOptions
  @Option(help: "Captures are left out in this many folds, at most.") var folds = 10
  @Option(help: "Protocols: random, time, timeReversed, capture, source, pair; all by default.")
  var protocols: [String] = []
  @Flag(help: "Leave repeated rows in, as others did: a random split puts copies on both sides.")
  var keepDuplicates = false
  @Option(help: "Random splits that are drawn and pooled.") var draws = 1
  @Option(help: "Where PATH.json and PATH.md go.") var output: String?

  func validate() throws {
    let known = Protocol.allCases.map(\.rawValue)
    guard folds > 1, draws > 0, protocols.allSatisfy({ known.contains($0) }) else {
      throw ValidationError("--folds is above 1, --draws above 0; protocols: \(known)")
    }
  }

  func run() throws {
    try work { try compare() }
  }

  private func compare() throws {
    var reading = try data.read { $0 }
    let cleaning = reading.samples.clean(
      most: learning.maxRowsPerClass, seed: data.seed, keepingDuplicates: keepDuplicates)
    let plan = try learning.plan(seed: data.seed)
    var comparison = Comparison(
      reading.samples, plan, isTable: reading.isTable, hostDays: reading.hostDays, folds: folds)
    comparison.draws = draws
    var results: [ProtocolResult] = []
    for name in Protocol.allCases where protocols.isEmpty || protocols.contains(name.rawValue) {
      guard let result = try comparison.run(name) else { continue }
      results.append(result)
      say("train: \(name.rawValue): macro F1 \(fixed(result.macroF1, 4))")
    }
    guard !results.isEmpty else { throw Refusal(words: "these rows can be split by no protocol") }
    let report = ComparisonReport(
      plan: plan, cleaning: cleaning, repairs: reading.repairs, columns: reading.samples.columns,
      results: results)
    print(report.markdown)
    guard let output else { return }
    try write(report.json(), to: output + ".json")
    try write(Data(report.markdown.utf8), to: output + ".md")
  }
}
