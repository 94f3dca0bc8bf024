/// The way from cleaned rows to something that can be made a model.
package struct Course {
  /// What is learned, and how.
  package var plan: Plan
  /// Folds of cross-validation; below 2 there is none, and no calibration.
  package var folds = 5
  /// Options to try.
  package var candidates = 0
  /// Rows a class in the search.
  package var searchRows = 4_000
  /// Share of benign rows that may be called a class with confidence at its bar.
  package var falsePositiveRate = 1e-4

  /// A course with this plan.
  package init(plan: Plan) { self.plan = plan }

  /// What happens on the way.
  package enum Event {
    /// Options were scored.
    case candidate(Search.Candidate, number: Int, of: Int)
    /// A fold was learned.
    case fold(Int, of: Int)
  }

  /// Learns.
  ///
  /// - Parameters:
  ///   - split: rows to learn from, and rows held out, which only end the learning where there is no
  ///     cross-validation.
  package func run(
    _ samples: Samples, _ split: Split, tell: (Event) -> Void
  ) throws -> Lesson {
    var plan = plan
    let search = try search(samples, split.learn, tell)
    if let best = search?.best { plan.options = best.options }
    let splits = folds < 2 ? [] : samples.folds(split.learn, count: folds, seed: plan.seed)
    guard !splits.isEmpty else {
      let vote = try Vote(samples, plan, from: split.learn, stop: split.test)
      return Lesson(
        plan: plan, vote: vote, candidates: search?.candidates ?? [],
        calibrator: Calibrator(classes: samples.classes.count), check: nil)
    }
    let outOfFold = try OutOfFold(samples, splits, plan) { tell(.fold($0 + 1, of: splits.count)) }
    plan.options.rounds = median(outOfFold.rounds) ?? plan.options.rounds
    plan.options.epochs = median(outOfFold.epochs) ?? plan.options.epochs
    let vote = try Vote(samples, plan, from: split.learn, stop: [])
    return Lesson(
      plan: plan, vote: vote, candidates: search?.candidates ?? [],
      calibrator: outOfFold.calibrator(samples),
      check: Lesson.Check(samples, outOfFold, rate: falsePositiveRate, folds: splits.count))
  }

  private func search(
    _ samples: Samples, _ rows: [Int], _ tell: (Event) -> Void
  ) throws -> Search? {
    guard candidates > 0 else { return nil }
    let few = samples.thinned(rows, to: searchRows, seed: plan.seed)
    let splits = samples.folds(few, count: max(2, min(folds, 3)), seed: plan.seed)
    guard !splits.isEmpty else { return nil }
    var number = 0
    return try Search(samples, splits, plan, count: candidates) { candidate in
      number += 1
      tell(.candidate(candidate, number: number, of: candidates))
    }
  }
}

/// What was learned.
package struct Lesson {
  /// The plan as it was carried out: the options that the search found best, the rounds that count.
  package var plan: Plan
  /// The models.
  package var vote: Vote
  /// What the search tried.
  package var candidates: [Search.Candidate]
  /// From their mean probability to confidence.
  package var calibrator: Calibrator
  /// What cross-validation showed; nil without it.
  package var check: Check?

  /// Cross-validation: every row judged by models that had not learned its group.
  package struct Check: Sendable {
    /// How many folds.
    package var folds: Int
    /// What was called what.
    package var scores: Scores
    /// Confidence before calibration.
    package var before: Reliability
    /// Confidence after it, each fold calibrated by the others.
    package var after: Reliability
    /// Attack against benign.
    package var ranking: Ranking
    /// The confidence from which on the model is sure of each class; 0 for the benign class.
    package var sure: [Float]

    init(_ samples: Samples, _ outOfFold: OutOfFold, rate: Double, folds: Int) {
      self.folds = folds
      let (truth, classes) = (outOfFold.truth(samples), samples.classes.count)
      let calibrated = outOfFold.calibratedAcross(samples)
      let benign = samples.benign
      scores = Scores(classes: samples.classes, said: calibrated, truth: truth)
      before = Reliability(said: outOfFold.said, truth: truth, classes: classes)
      after = Reliability(said: calibrated, truth: truth, classes: classes)
      ranking = Ranking(said: calibrated, truth: truth, benign: benign, classes: classes)
      sure = SureBar.bars(
        samples, rows: outOfFold.rows, said: calibrated, benign: benign, rate: rate)
    }
  }
}

extension Samples {
  /// The position of the benign class; -1 if there is none.
  package var benign: Int { classes.firstIndex { $0.uppercased() == "BENIGN" } ?? -1 }
}
