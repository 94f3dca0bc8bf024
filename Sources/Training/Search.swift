/// A random search for options (Bergstra and Bengio, JMLR 2012), scored by cross-validated macro F1.
package struct Search: Sendable {
  /// Options and their score.
  package struct Candidate: Sendable, Codable, Equatable {
    /// The options.
    package var options: Hyperparameters
    /// Macro F1 over all rows, each judged by a model that had not learned its group.
    package var macroF1: Double
  }

  /// All candidates, in the order in which they were tried; the options given come first.
  package private(set) var candidates: [Candidate] = []

  /// Tries `count` options.
  ///
  /// - Parameters:
  ///   - splits: the folds; the same for all candidates.
  ///   - tell: hears of each candidate that was scored.
  package init(
    _ samples: Samples, _ splits: [Split], _ plan: Plan, count: Int, tell: (Candidate) -> Void
  ) throws {
    var dice = Dice(seed: plan.seed &+ 0x5EA2C4)
    for index in 0..<count {
      var tried = plan
      if index > 0 { tried.options = Self.draw(plan.options, &dice) }
      let result = try OutOfFold(samples, splits, tried)
      let scores = Scores(
        classes: samples.classes, said: result.said, truth: result.truth(samples))
      let candidate = Candidate(options: tried.options, macroF1: scores.macroF1)
      candidates.append(candidate)
      tell(candidate)
    }
  }

  /// The best options; the first of equals.
  package var best: Candidate? {
    candidates.first { candidate in
      candidates.allSatisfy { $0.macroF1 <= candidate.macroF1 }
    }
  }

  /// Options of chance.
  static func draw(_ base: Hyperparameters, _ dice: inout Dice) -> Hyperparameters {
    func pick<Value>(_ values: [Value]) -> Value { values[dice.below(values.count)] }
    var options = base
    options.depth = pick([4, 5, 6, 7, 8])
    options.eta = pick([0.08, 0.12, 0.2, 0.3])
    options.minChildWeight = pick([1, 2, 5, 10, 20])
    options.subsample = pick([0.5, 0.65, 0.8, 1])
    options.columnSample = pick([0.2, 0.35, 0.5, 0.75, 1])
    options.balance = pick([0, 0.25, 0.5, 0.75, 1])
    options.forestDepth = pick([8, 10, 12, 14])
    options.step = pick([0.0005, 0.001, 0.002])
    return options
  }
}
