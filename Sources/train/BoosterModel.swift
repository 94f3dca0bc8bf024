import Foundation
import Models
import Tables

/// The parts of XGBoost's JSON that a model needs
/// (https://xgboost.readthedocs.io/en/release_1.7.0/tutorials/saving_model.html).
private struct BoosterFile: Decodable {
  struct Learner: Decodable {
    var gradient_booster: Gradient
    var learner_model_param: Parameters
  }
  struct Gradient: Decodable { var model: Forest }
  struct Forest: Decodable {
    var trees: [Tree]
    var tree_info: [Int]
  }
  struct Tree: Decodable {
    var left_children: [Int]
    var right_children: [Int]
    var split_indices: [Int]
    var split_conditions: [Float]
  }
  struct Parameters: Decodable { var base_score: String }
  var learner: Learner
}

extension Model {
  /// The first `rounds` rounds of an XGBoost forest.
  init(
    xgboost json: Data, classes: [Attack], columns: [Measure], rounds: Int,
    summary: [SummaryLine]
  ) throws {
    let learner = try JSONDecoder().decode(BoosterFile.self, from: json).learner
    let forest = learner.gradient_booster.model
    let count = min(rounds * classes.count, forest.trees.count)
    guard let base = Float(learner.learner_model_param.base_score),
      forest.tree_info.enumerated().allSatisfy({ $1 == $0 % classes.count })
    else { throw XGBoostError(description: "XGBoost: a forest of another kind") }
    let trees = try forest.trees.prefix(count).map {
      try Tree(
        left: $0.left_children, right: $0.right_children, columns: $0.split_indices,
        values: $0.split_conditions)
    }
    try self.init(
      classes: classes, columns: columns, baseScore: base, trees: trees, summary: summary)
  }
}
