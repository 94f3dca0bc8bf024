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
  let explainer: TreeExplainer

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
    explainer = TreeExplainer(depth: trees.reduce(0) { max($0, $1.depth) })
  }

  /// An ensemble of trees in XGBoost's order, which in a forest is class after class: they are taken
  /// from the classes in turn, those of a class in the order given, so that the sums are XGBoost's.
  ///
  /// - Parameters:
  ///   - owners: the class that each tree adds to (`tree_info`).
  ///   - classes: how many there are.
  /// - Throws: ``ModelError`` as ``init(family:baseScore:trees:)``, and unless every class has as many
  ///   trees as the others.
  public init(
    family: Family, baseScore: Float, trees: [Tree], owners: [Int], classes: Int
  ) throws(ModelError) {
    guard owners.count == trees.count else { throw .count("owners of trees", owners.count) }
    var queues = [[Tree]](repeating: [], count: max(classes, 1))
    for (owner, tree) in zip(owners, trees) {
      guard queues.indices.contains(owner) else { throw .count("classes", owner) }
      queues[owner].append(tree)
    }
    let rounds = queues[0].count
    guard queues.allSatisfy({ $0.count == rounds }) else { throw .count("trees", trees.count) }
    try self.init(
      family: family, baseScore: baseScore,
      trees: (0..<rounds).flatMap { round in queues.map { $0[round] } })
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
