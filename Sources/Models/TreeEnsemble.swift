/// Trees that add up to a margin for each class: XGBoost's `multi:softprob`, boosted or as a random
/// forest, walked here without XGBoost.
public struct TreeEnsemble: Equatable, Sendable {
  /// How the trees were grown; to a walker they are the same.
  public enum Family: String, CaseIterable, Sendable {
    /// One tree a class after the other, each from what those before it left over (Friedman 2001).
    case boosted
    /// All at once, each from rows and columns of chance (Breiman 2001).
    case forest
  }

  /// How they were grown.
  public let family: Family
  /// What every class's margin starts from.
  public let baseScore: Float
  /// The trees; tree `i` adds to the margin of class `i % classes`.
  public let trees: [Tree]
  let forest: Forest

  /// An ensemble from its parts; a ``Model`` sees to it that they fit its classes and columns.
  ///
  /// - Throws: ``ModelError`` for nodes that point nowhere and numbers that are not finite.
  public init(family: Family, baseScore: Float, trees: [Tree]) throws(ModelError) {
    for (index, tree) in trees.enumerated() {
      try tree.check(columns: Int(Tree.Node.leaf), tree: index)
    }
    self.family = family
    self.baseScore = baseScore
    self.trees = trees
    forest = Forest(trees)
  }

  /// Compares what was given.
  public static func == (one: TreeEnsemble, other: TreeEnsemble) -> Bool {
    one.family == other.family && one.baseScore == other.baseScore && one.trees == other.trees
  }

  /// Sees to it that the trees fit classes and columns, and that no margin is infinite.
  func check(classes: Int, columns: Int) throws(ModelError) {
    guard !trees.isEmpty, trees.count % classes == 0 else { throw .count("trees", trees.count) }
    guard baseScore.isFinite else { throw .notFinite(tree: 0, node: 0) }
    for (index, tree) in trees.enumerated() {
      try tree.check(columns: columns, tree: index)
    }
    // No margin is further from 0 than this, and a softmax over infinite margins is not a number.
    let reach = trees.reduce(baseScore.magnitude) { $0 + $1.largestLeaf }
    guard reach.isFinite else { throw .margin }
  }

  /// The probability of every class for every row.
  ///
  /// The arithmetic is XGBoost's: 32-bit floats, `x < threshold` goes left, margins added tree after
  /// tree, softmax with the sum in 64 bits.
  func predict(_ rows: UnsafeBufferPointer<Float>, width: Int, classes: Int) -> [Float] {
    var values = [Float](repeating: baseScore, count: rows.count / width * classes)
    forest.add(rows, width: width, to: &values, classes: classes)
    softmax(&values, width: classes)
    return values
  }
}
