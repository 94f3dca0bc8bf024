import ArgumentParser
import Foundation
import Models
import Tables

/// Makes a model from labelled flow rows.
@main
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train the model that classify uses, from flow rows made by featurize.",
    discussion: """
      Rows come in captures, each with a truth file (--rows and --truth in pairs), one label for \
      all (--rows and --label), or in a list (--manifest: rows.csv,truth.csv|LABEL,group). Captures \
      of the groups held out are never learned from; they end the training when it stops helping, \
      and the scores are theirs. The same rows and options make the same bytes.
      """)

  @Option(help: "Rows of a capture; may be repeated.") var rows: [String] = []
  @Option(help: "Truth of the capture at the same place.") var truth: [String] = []
  @Option(help: "Label of all rows.") var label: String?
  @Option(help: "List of captures; may be repeated.") var manifest: [String] = []
  @Option(help: "Group to hold out; may be repeated. Default: every fifth.") var holdout: [String] =
    []
  @Option(help: "Label whose rows are left out; may be repeated.") var without: [String] = []
  @Option(help: "Rounds of boosting, at most.") var rounds = 60
  @Option(help: "Depth of trees.") var depth = 6
  @Option(help: "Learning rate.") var eta = 0.2
  @Option(help: "How far class weights make up for rarity: 0 not, 1 wholly.") var balance = 0.5
  @Option(help: "Seed.") var seed: UInt64 = 1
  @Option(help: "Rows a class, at most.") var maxRowsPerClass = 40_000
  @Option(help: "Words for the summary: where the rows come from.") var data = "-"
  @Option(help: "Date for the summary.") var date = "-"
  @Option(help: "The model's file.") var output: String

  func run() throws {
    do {
      try train()
    } catch let error as XGBoostError {
      throw fail(70, "unable to train: \(error)")
    } catch let error as ModelError {
      throw fail(70, "unable to make the model: \(error)")
    } catch let error as Capture.Unreadable {
      let words = (error.cause as? CocoaError)?.localizedDescription ?? "\(error.cause)"
      throw fail(error.cause is CocoaError ? 74 : 65, "unable to read \(error.path): \(words)")
    } catch let error as CocoaError {
      throw fail(74, "unable to read or write: \(error.localizedDescription)")
    }
  }

  private func fail(_ status: Int32, _ words: String) -> ExitCode {
    FileHandle.standardError.write(Data("train: fatal: \(words)\n".utf8))
    return ExitCode(status)
  }

  private func captures() throws -> [Capture] {
    var result = try manifest.flatMap { try Capture.list(path: $0) }
    let named = try label.map(attack)
    guard named != nil || rows.count == truth.count else {
      throw ValidationError("every --rows needs a --truth, or all a --label")
    }
    for (index, path) in rows.enumerated() {
      result.append(
        Capture(rows: path, label: named.map { .all($0) } ?? .truth(truth[index]), group: path))
    }
    guard !result.isEmpty else { throw ValidationError("no rows are named") }
    return result
  }

  private func attack(_ text: String) throws -> Attack {
    guard let name = Attack(rawValue: text) else {
      throw ValidationError("no class is called '\(text)'")
    }
    return name
  }

  private func train() throws {
    let captures = try captures()
    let unwanted = try without.map(attack)
    var all = Samples(columns: Measure.modelInputs)
    for capture in captures { try capture.load(into: &all) { !unwanted.contains($0) } }
    let read = all.count
    let groups = Set(captures.map(\.group)).sorted()
    let held = holdout.isEmpty ? Self.everyFifth(groups) : Set(holdout)
    var learned = all.only { !held.contains($0) }
    var test = all.only { held.contains($0) }
    learned.collapse()
    test.collapse()
    learned.thin(to: maxRowsPerClass, seed: seed)
    let classes = learned.classes
    learned.number(classes)
    test.number(classes)
    print(
      "\(read) rows in \(groups.count) groups; learned from \(learned.count), held \(test.count)")
    guard classes.count > 1 else { throw fail(65, "unable to train: rows of one class only") }
    try finish(learned, test, classes, held)
  }

  /// Every fifth group, or the last of two to four; none of one.
  private static func everyFifth(_ groups: [String]) -> Set<String> {
    guard groups.count > 1 else { return [] }
    guard groups.count > 4 else { return Set(groups.suffix(1)) }
    return Set(groups.enumerated().filter { $0.offset % 5 == 4 }.map(\.element))
  }

  private func finish(
    _ learned: Samples, _ test: Samples, _ classes: [Attack], _ held: Set<String>
  ) throws {
    let (json, best) = try boost(learned, test, classes)
    let counts = zip(classes, learned.counts(classes)).map { "\($0.rawValue) \($1)" }
    var summary: [Model.SummaryLine] = [
      .init("data", data), .init("date", date), .init("seed", "\(seed)"),
      .init("rows", counts.joined(separator: ", ")),
      .init(
        "options", "rounds \(best) of \(rounds), depth \(depth), eta \(eta), balance \(balance)"),
    ]
    if test.count > 0 {
      let plain = try Model(
        xgboost: json, classes: classes, columns: learned.columns, rounds: best, summary: [])
      let scores = Scores(plain, on: test)
      print(scores.text)
      summary.append(.init("held out", held.sorted().joined(separator: " ")))
      summary.append(.init("macro F1", String(format: "%.4f", scores.macroF1)))
      for index in classes.indices {
        summary.append(
          .init(
            "F1 \(classes[index].rawValue)",
            String(format: "%.4f of %d rows", scores.f1(index), scores.support(index))))
      }
    }
    let model = try Model(
      xgboost: json, classes: classes, columns: learned.columns, rounds: best, summary: summary)
    let bytes = model.serialized()
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic)
    } catch {
      throw fail(73, "unable to write \(output): \(error.localizedDescription)")
    }
    print("\(output): \(bytes.count) bytes, \(best) rounds")
  }

  /// Boosts until the held-out loss has not fallen for ten rounds; gives the forest and its best
  /// number of rounds.
  private func boost(
    _ learned: Samples, _ test: Samples, _ classes: [Attack]
  ) throws -> (Data, Int) {
    let train = try Matrix(learned, weights: weights(learned, classes))
    let judged = test.count > 0 ? test : learned
    let held = try Matrix(judged, weights: weights(judged, classes))
    let booster = try Booster(
      [
        "objective": "multi:softprob", "num_class": "\(classes.count)", "tree_method": "hist",
        "max_depth": "\(depth)", "eta": "\(eta)", "nthread": "2", "seed": "\(seed)",
        "eval_metric": "mlogloss", "min_child_weight": "5", "lambda": "2", "subsample": "0.8",
        "colsample_bytree": "0.5", "max_bin": "128", "verbosity": "1",
      ], train: train)
    var (best, lowest) = (rounds, Double.infinity)
    for round in 0..<rounds {
      try booster.update(round, train)
      guard test.count > 0 else { continue }
      let loss = try booster.metric(round, held)
      if loss < lowest { (best, lowest) = (round + 1, loss) }
      if round + 1 - best >= 10 { break }
    }
    return (try booster.json(), best)
  }

  /// Rare classes weigh more.
  private func weights(_ samples: Samples, _ classes: [Attack]) -> [Float] {
    let counts = samples.counts(classes)
    let share = Double(samples.count) / Double(classes.count)
    let byClass = counts.map { Float(pow(share / Double(max(1, $0)), balance)) }
    return samples.labels.map { byClass[$0] }
  }
}
