/// One learned model of each family asked for; their probabilities are averaged.
package struct Vote {
  let trees: [LearnedTrees]
  let perceptron: LearnedNetwork?
  private let width: Int
  private let classes: Int

  /// Learns from some rows.
  ///
  /// - Parameters:
  ///   - stop: rows whose loss says when to stop; none: all rounds of `plan` are made.
  package init(_ samples: Samples, _ plan: Plan, from rows: [Int], stop: [Int]) throws {
    let learner = TreeLearner(samples: samples, plan: plan)
    let wanted = Set(plan.families)
    trees = try [Family.boosted, .forest].filter { wanted.contains($0) }.map {
      try learner.learn($0, from: rows, stop: stop)
    }
    perceptron =
      wanted.contains(.perceptron)
      ? NetworkLearner(samples: samples, plan: plan).learn(from: rows, stop: stop) : nil
    width = samples.width
    classes = samples.classes.count
  }

  /// The probability of every class for every row, before calibration.
  package func predict(_ values: [Float]) throws -> [Float] {
    var sum = [Float](repeating: 0, count: values.count / width * classes)
    var voters: Float = 0
    func add(_ said: [Float]) {
      voters += 1
      for index in sum.indices { sum[index] += said[index] }
    }
    for member in trees { add(try member.predict(values, width: width)) }
    if let said = perceptron?.predict(values, width: width) { add(said) }
    for index in sum.indices { sum[index] /= voters }
    return sum
  }

  /// Rounds of boosting that count; nil without boosting.
  package var rounds: Int? { trees.first { $0.family == .boosted }?.rounds }
  /// Passes of the perceptron that count; nil without one.
  package var epochs: Int? { perceptron?.epochs }
}
