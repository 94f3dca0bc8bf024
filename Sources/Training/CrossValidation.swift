/// What models said of rows whose groups they had not learned from.
package struct OutOfFold: Sendable {
  /// Rows, in the order of ``said``.
  package var rows: [Int] = []
  /// The fold of each.
  package var folds: [Int] = []
  /// Probabilities, row after row.
  package var said: [Float] = []
  /// Rounds of boosting that each fold's model found best.
  package var rounds: [Int] = []
  /// Passes that each fold's perceptron found best.
  package var epochs: [Int] = []

  /// Asks a model learned on every split's rows for the others.
  ///
  /// - Parameter tell: hears of each fold that is done.
  package init(
    _ samples: Samples, _ splits: [Split], _ plan: Plan, tell: (Int) -> Void = { _ in }
  ) throws {
    for (fold, split) in splits.enumerated() {
      let vote = try Vote(samples, plan, from: split.learn, stop: split.test)
      said += try vote.predict(samples.gather(split.test))
      rows += split.test
      folds += [Int](repeating: fold, count: split.test.count)
      if let best = vote.rounds { rounds.append(best) }
      if let best = vote.epochs { epochs.append(best) }
      tell(fold)
    }
  }

  /// The true classes.
  package func truth(_ samples: Samples) -> [Int] { rows.map { Int(samples.labels[$0]) } }

  /// Probabilities calibrated by what was said of the other folds' rows.
  package func calibratedAcross(_ samples: Samples) -> [Float] {
    let (truth, classes) = (truth(samples), samples.classes.count)
    var result = said
    for fold in 0..<((folds.max() ?? -1) + 1) {
      let others = folds.indices.filter { folds[$0] != fold }
      let calibrator = Calibrator(said: said, truth: truth, places: others, classes: classes)
      for place in folds.indices where folds[place] == fold {
        calibrator.apply(&result, row: place)
      }
    }
    return result
  }

  /// A calibrator fitted to all of it.
  package func calibrator(_ samples: Samples) -> Calibrator {
    Calibrator(
      said: said, truth: truth(samples), places: Array(rows.indices),
      classes: samples.classes.count)
  }
}

/// The middle one, the lower of two; nil of none.
func median(_ values: [Int]) -> Int? {
  values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
}
