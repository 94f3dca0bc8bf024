/// What kind of model is learned.
package enum Family: String, CaseIterable, Sendable, Codable {
  /// Gradient-boosted trees: XGBoost, `hist`.
  case boosted
  /// A random forest: XGBoost with many trees in one round.
  case forest
  /// A multilayer perceptron: two hidden layers of 64, ReLU, softmax.
  case perceptron
}

/// What a search may turn.
package struct Hyperparameters: Sendable, Codable, Equatable {
  /// Rounds of boosting at most; fewer when the held-out loss no longer falls.
  package var rounds = 60
  /// Depth of a boosted tree.
  package var depth = 6
  /// Learning rate of boosting.
  package var eta = 0.2
  /// Least sum of second derivatives in a leaf.
  package var minChildWeight = 5.0
  /// Share of the rows that a boosted tree sees.
  package var subsample = 0.8
  /// Share of the columns that a boosted tree sees.
  package var columnSample = 0.5
  /// How far class weights make up for rarity: 0 not, 1 wholly.
  package var balance = 0.5
  /// Trees a class in a forest.
  package var trees = 40
  /// Depth of a forest's tree.
  package var forestDepth = 12
  /// Passes of the perceptron over the rows at most.
  package var epochs = 20
  /// Adam's step.
  package var step = 0.001

  /// The defaults.
  package init() {}

  /// The options as one line.
  package var words: String {
    "rounds \(rounds), depth \(depth), eta \(eta), min child weight \(minChildWeight), subsample "
      + "\(subsample), column sample \(columnSample), balance \(balance)"
  }
}

/// What is to be learned, and how.
package struct Plan: Sendable {
  /// The families that vote, in this order.
  package var families: [Family]
  /// Their options.
  package var options: Hyperparameters
  /// The seed of all chance.
  package var seed: UInt64

  /// A plan from its parts.
  package init(families: [Family] = [.boosted], options: Hyperparameters = .init(), seed: UInt64) {
    self.families = families
    self.options = options
    self.seed = seed
  }
}
