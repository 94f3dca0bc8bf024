import Foundation
package import Models
package import Tables

extension Lesson {
  /// The model that the lesson makes.
  ///
  /// - Parameters:
  ///   - classes: what the samples' classes are as attacks.
  ///   - spread: of the training rows' columns, for drift.
  package func model(
    classes: [Attack], columns: [Measure], spread: Deciles, summary: [Model.SummaryLine]
  ) throws -> Model {
    guard let learned = vote.trees.first else { throw XGBoostError(description: "no trees") }
    let file = try learned.file()
    let trees = try file.trees.map {
      try Tree(
        left: $0.left_children, right: $0.right_children, columns: $0.split_indices,
        values: $0.split_conditions)
    }
    return try Model(
      classes: classes, columns: columns, baseScore: file.baseScore, trees: trees,
      summary: summary)
  }
}
