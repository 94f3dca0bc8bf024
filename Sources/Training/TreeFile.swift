import Foundation

/// The parts of XGBoost's JSON that a model needs
/// (https://xgboost.readthedocs.io/en/release_1.7.0/tutorials/saving_model.html).
struct TreeFile: Decodable {
  struct Tree: Decodable {
    var left_children: [Int]
    var right_children: [Int]
    var split_indices: [Int]
    /// Thresholds, and leaves' values.
    var split_conditions: [Float]
    /// The sum of second derivatives of the rows that came to each node.
    var sum_hessian: [Float]
    /// How much each split lowered the loss.
    var loss_changes: [Float]
  }

  private struct File: Decodable {
    var learner: Learner
  }
  private struct Learner: Decodable {
    var gradient_booster: Gradient
    var learner_model_param: Parameters
  }
  private struct Gradient: Decodable { var model: Trees }
  private struct Trees: Decodable {
    var trees: [Tree]
    var tree_info: [Int]
  }
  private struct Parameters: Decodable { var base_score: String }

  /// What every class's margin starts from.
  let baseScore: Float
  /// Trees in our order: tree `i` is class `i % classes`'s.
  let trees: [Tree]

  init(from decoder: any Decoder) throws {
    let learner = try File(from: decoder).learner
    let model = learner.gradient_booster.model
    baseScore = Float(learner.learner_model_param.base_score) ?? .nan
    trees = Self.dealt(model.trees, model.tree_info)
  }

  /// XGBoost puts a class's trees of one round side by side; we deal them out in turns.
  private static func dealt(_ trees: [Tree], _ classOf: [Int]) -> [Tree] {
    var byClass: [Int: [Tree]] = [:]
    for (tree, name) in zip(trees, classOf) { byClass[name, default: []].append(tree) }
    let classes = (classOf.max() ?? -1) + 1
    let turns = byClass.values.map(\.count).min() ?? 0
    return (0..<turns).flatMap { turn in (0..<classes).compactMap { byClass[$0]?[turn] } }
  }
}

extension LearnedTrees {
  /// The trees of the rounds that count.
  func file() throws -> TreeFile.Rounds {
    let file = try JSONDecoder().decode(TreeFile.self, from: booster.json())
    let count = family == .boosted ? rounds * classes : file.trees.count
    guard file.baseScore.isFinite, file.trees.count >= count, count > 0, count % classes == 0
    else { throw XGBoostError(description: "XGBoost: trees of another kind") }
    return TreeFile.Rounds(baseScore: file.baseScore, trees: Array(file.trees.prefix(count)))
  }
}

extension TreeFile {
  /// Trees that count.
  struct Rounds {
    let baseScore: Float
    let trees: [Tree]

    /// How much all splits by each column lowered the loss.
    func gains(width: Int) -> [Double] {
      var result = [Double](repeating: 0, count: width)
      for tree in trees {
        for (node, left) in tree.left_children.enumerated() where left >= 0 {
          result[tree.split_indices[node]] += Double(tree.loss_changes[node])
        }
      }
      return result
    }
  }
}
