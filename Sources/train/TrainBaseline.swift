import ArgumentParser
import Foundation
import Models
import Training

/// Learns what is normal at one site.
struct TrainBaseline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Learn what is normal at this site, from rows that were called benign here.",
    discussion: """
      The rows are files of flows (all taken as benign) or of verdicts, or folders of them, such as \
      spool/archive. Give it the folder of malicious verdicts, too: rows within ten minutes of an \
      attack are not learned from. At 35 flows a minute a day is enough, a week is better. \
      Exit code 65: too few rows.
      """)

  @Argument(help: "Files or folders.") var paths: [String]
  @Option(help: "Share of held-out rows that are normal.") var quantile = 0.999
  @Option(help: "Rows below which nothing is learned.") var least = 1_000
  @Option(help: "Seed.") var seed: UInt64 = 1
  @Option(help: "The baseline's file.") var output: String

  func validate() throws {
    guard quantile > 0, quantile < 1, least > 1 else {
      throw ValidationError("an option is out of its range")
    }
  }

  func run() throws {
    try work {
      var lesson = BaselineLesson()
      (lesson.seed, lesson.quantile, lesson.least) = (seed, quantile, least)
      let (baseline, counts) = try learn(lesson)
      let bytes = baseline.serialized()
      try write(Data(bytes), to: output)
      print(
        "\(output): \(bytes.count) bytes; \(counts.learned) rows of \(counts.files) files learned, "
          + "\(counts.judged) for the threshold \(baseline.threshold); left out \(counts.others) not "
          + "benign, \(counts.nearAttacks) near to an attack")
    }
  }

  private func learn(_ lesson: BaselineLesson) throws -> (Baseline, BaselineLesson.Counts) {
    do {
      return try lesson.learn(paths)
    } catch let error as BaselineLesson.TooFew {
      let rows = error.counts.learned + error.counts.judged
      throw Refusal(
        words: "\(rows) benign rows, of which \(error.counts.judged) for the threshold; "
          + "\(error.least) are needed, \(error.counts.nearAttacks) were too near to an attack")
    }
  }
}
