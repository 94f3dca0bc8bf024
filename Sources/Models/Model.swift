public import Tables

/// Gradient-boosted trees that name a flow row: XGBoost's `multi:softprob`, walked here without
/// XGBoost.
public struct Model: Sendable {
  /// What a row can be called; column `i` of the prediction is class `i`.
  public let classes: [Attack]
  /// What the model looks at, in its order.
  public let columns: [Measure]
  /// What every class's margin starts from.
  public let baseScore: Float
  /// The trees; tree `i` adds to the margin of class `i % classes.count`.
  public let trees: [Tree]
  /// What people should know of it: data, seed, date, options, scores. In the file's order.
  public let summary: [SummaryLine]
  let forest: Forest

  /// A line of the summary.
  public struct SummaryLine: Equatable, Sendable {
    /// Without colon and line end.
    public let key: String
    /// Without line end.
    public let value: String

    /// Makes a line; line ends become blanks.
    public init(_ key: String, _ value: String) {
      func line(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 32 ? " " : Character($0) })
      }
      self.key = String(line(key).map { $0 == ":" ? " " : $0 })
      self.value = line(value)
    }
  }

  /// Where each of ``columns`` stands among all measures: `Measure.index`.
  public let mapping: [Int]

  /// A model from its parts.
  ///
  /// - Throws: ``ModelError`` for names given twice, a number of trees that is not a multiple of the
  ///   number of classes, and nodes that point nowhere.
  public init(
    classes: [Attack], columns: [Measure], baseScore: Float, trees: [Tree],
    summary: [SummaryLine] = []
  ) throws(ModelError) {
    guard (2...256).contains(classes.count) else { throw .count("classes", classes.count) }
    guard !columns.isEmpty else { throw .count("columns", 0) }
    guard !trees.isEmpty, trees.count % classes.count == 0 else {
      throw .count("trees", trees.count)
    }
    if let twice = firstRepeated(classes) { throw .unknownClass(twice.rawValue) }
    if let twice = firstRepeated(columns) { throw .unknownColumn(twice.rawValue) }
    guard baseScore.isFinite else { throw .notFinite(tree: 0, node: 0) }
    for (index, tree) in trees.enumerated() {
      try tree.check(columns: columns.count, tree: index)
    }
    // No margin is further from 0 than this, and a softmax over infinite margins is not a number.
    let reach = trees.reduce(baseScore.magnitude) { $0 + $1.largestLeaf }
    guard reach.isFinite else { throw .margin }
    self.classes = classes
    self.columns = columns
    self.baseScore = baseScore
    self.trees = trees
    self.summary = summary
    mapping = columns.map(\.index)
    forest = Forest(trees)
  }

  /// Appends the model's inputs from a row of all measures.
  ///
  /// - Parameter measures: ``Tables/Measure/count`` numbers, in the order of the measures.
  @inlinable public func gather(_ measures: [Double], into rows: inout [Float]) {
    for index in mapping { rows.append(Float(measures[index])) }
  }
}

private func firstRepeated<Name: Hashable>(_ names: [Name]) -> Name? {
  var seen: Set<Name> = []
  return names.first { !seen.insert($0).inserted }
}
