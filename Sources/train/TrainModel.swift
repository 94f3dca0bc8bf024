import ArgumentParser
import Foundation
import Models
import Tables
import Training

/// Makes a model from labelled flow rows.
struct TrainModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Make a model from labelled flow rows.",
    discussion: """
      Rows come in captures, each with a truth file (--rows and --truth in pairs), one label for \
      all (--rows and --label), or in a list (--manifest: rows.csv,truth.csv|LABEL,group); or in \
      public tables (--cic). A group is learned from or held out as a whole; what stands in its name \
      before the first / is its source. Groups held out are never learned from, and the scores at \
      the end are theirs. Cross-validation over the other groups calibrates the confidence.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var learning: LearningOptions
  @Option(help: "Group to hold out; may be repeated. Default: every fifth.")
  var holdout: [String] = []
  @Option(help: "Folds of cross-validation; below 2 none, and no calibration.") var folds = 5
  @Option(help: "Options to try, the given ones among them.") var search = 0
  @Option(help: "Rows a class in the search.") var searchRows = 4_000
  @Option(help: "Share of benign rows that may be called a class where the model is sure of it.")
  var falsePositiveRate = 1e-4
  @Option(help: "Folder of corrections that people made (classify label).")
  var corrections: String?
  @Option(help: "Rows that each correction is worth.") var correctionWeight = 10.0
  @Option(
    help: """
      Folder of archived verdicts: rows upon which model and detectors agreed are learned again. \
      This is self-training: what both got wrong is learned as right.
      """)
  var archive: String?
  @Flag(help: "Run the protocols of train compare for the card, too: as long again, several times.")
  var compare = false
  @Option(help: "Words for the card: where the rows come from.")
  var words = "-"
  @Option(name: .customLong("data"), help: .hidden) var oldWords: String?
  @Option(help: "Date for the card.") var date = "-"
  @Option(help: "Where the card goes: PATH.json and PATH.html.") var card: String?
  @Option(help: "The model's file.") var output: String

  func validate() throws {
    guard folds >= 0, search >= 0, searchRows > 0, falsePositiveRate >= 0, correctionWeight > 0
    else { throw ValidationError("an option is out of its range") }
    guard data.cic.isEmpty || corrections == nil && archive == nil else {
      throw ValidationError("corrections and archived rows do not mix with rows of CICFlowMeter")
    }
  }

  func run() throws {
    try work {
      var lessons = Lessons(options: self)
      try lessons.run()
    }
  }
}
