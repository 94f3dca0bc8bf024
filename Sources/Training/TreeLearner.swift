import Foundation

/// Trees that were learned, and how many of their rounds count.
package struct LearnedTrees {
  /// Boosted or a forest.
  package let family: Family
  let booster: Booster
  /// Rounds up to the best one.
  package let rounds: Int
  let classes: Int

  /// Probabilities of every class, row after row.
  func predict(_ values: [Float], width: Int) throws -> [Float] {
    let matrix = try Matrix(values, width: width)
    return try booster.predict(matrix, rounds: rounds, classes: classes)
  }
}

/// Learns trees from some rows of a table.
struct TreeLearner {
  let samples: Samples
  let plan: Plan
  /// Rounds without a lower loss after which boosting ends.
  static let patience = 10

  /// Learns.
  ///
  /// - Parameters:
  ///   - stop: rows whose loss ends boosting; none: all rounds count.
  func learn(_ family: Family, from rows: [Int], stop: [Int]) throws -> LearnedTrees {
    let classes = samples.classes.count
    let train = try Matrix(samples, rows, weights: samples.balanced(rows, plan.options.balance))
    let booster = try Booster(parameters(family, classes), train: train)
    guard family == .boosted else {
      try booster.update(0, train)
      return LearnedTrees(family: family, booster: booster, rounds: 1, classes: classes)
    }
    let rounds = try boost(booster, train, stop)
    return LearnedTrees(family: family, booster: booster, rounds: rounds, classes: classes)
  }

  private func boost(
    _ booster: Booster, _ train: borrowing Matrix, _ stop: [Int]
  ) throws -> Int {
    guard !stop.isEmpty else {
      for round in 0..<plan.options.rounds { try booster.update(round, train) }
      return plan.options.rounds
    }
    let held = try Matrix(samples, stop, weights: samples.balanced(stop, plan.options.balance))
    var (best, lowest) = (1, Double.infinity)
    for round in 0..<plan.options.rounds {
      try booster.update(round, train)
      let loss = try booster.metric(round, held)
      if loss < lowest { (best, lowest) = (round + 1, loss) }
      if round + 1 - best >= Self.patience { break }
    }
    return best
  }

  private func parameters(_ family: Family, _ classes: Int) -> [(String, String)] {
    let options = plan.options
    let common = [
      ("objective", "multi:softprob"), ("num_class", "\(classes)"), ("tree_method", "hist"),
      ("nthread", "2"), ("seed", "\(plan.seed)"), ("eval_metric", "mlogloss"),
      ("max_bin", "128"), ("verbosity", "1"), ("base_score", "0.5"),
    ]
    guard family == .boosted else {
      return common + [
        ("num_parallel_tree", "\(options.trees)"), ("max_depth", "\(options.forestDepth)"),
        ("eta", "1"), ("subsample", "0.63"), ("colsample_bynode", "0.3"), ("lambda", "1"),
        ("min_child_weight", "1"),
      ]
    }
    return common + [
      ("max_depth", "\(options.depth)"), ("eta", "\(options.eta)"), ("lambda", "2"),
      ("min_child_weight", "\(options.minChildWeight)"), ("subsample", "\(options.subsample)"),
      ("colsample_bytree", "\(options.columnSample)"),
    ]
  }
}

extension Samples {
  /// The weights of rows: rare classes weigh more, by the power `balance` of their rarity; corrections by
  /// their own weight.
  func balanced(_ rows: [Int], _ balance: Double) -> [Float] {
    let counts = counts(rows)
    let present = counts.count { $0 > 0 }
    let share = Double(rows.count) / Double(max(1, present))
    let byClass = counts.map { Float(pow(share / Double(max(1, $0)), balance)) }
    return rows.map { byClass[Int(labels[$0])] * weights[$0] }
  }
}
