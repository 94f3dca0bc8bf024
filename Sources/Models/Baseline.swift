import Glibc
public import Tables

/// What is normal at one site: an isolation forest over the context columns of its benign rows (Liu, Ting
/// and Zhou, "Isolation Forest", ICDM 2008).
///
/// Trees split at random; what is unlike the rest is soon alone. A leaf's value is the length of the way
/// to it, with c(n) more for the n rows left in it.
public struct Baseline: Equatable, Sendable {
  /// What it looks at, in its order.
  public let columns: [Measure]
  /// The trees; leaves hold path lengths.
  public let trees: [Tree]
  /// Rows that each tree was grown from, at least 2.
  public let sample: Int
  /// The score from which on a row is unlike what is normal here. 0 to 1.
  public let threshold: Float
  /// What people should know of it.
  public let summary: [Model.SummaryLine]
  let forest: Forest

  /// A baseline from its parts.
  ///
  /// - Throws: ``ModelError`` for trees that point nowhere and numbers that cannot be.
  public init(
    columns: [Measure], trees: [Tree], sample: Int, threshold: Float,
    summary: [Model.SummaryLine] = []
  ) throws(ModelError) {
    guard !columns.isEmpty, Set(columns).count == columns.count else {
      throw .count("columns", columns.count)
    }
    guard !trees.isEmpty else { throw .count("trees", 0) }
    guard (2...1 << 24).contains(sample), (0...1).contains(threshold) else { throw .baseline }
    for (index, tree) in trees.enumerated() {
      try tree.check(columns: columns.count, tree: index)
      guard tree.nodes.allSatisfy({ $0.column != Tree.Node.leaf || $0.value >= 0 }) else {
        throw .baseline
      }
    }
    guard trees.reduce(0, { $0 + $1.largestLeaf }).isFinite else { throw .margin }
    self.columns = columns
    self.trees = trees
    self.sample = sample
    self.threshold = threshold
    self.summary = summary
    forest = Forest(trees)
  }

  /// Compares what was given.
  public static func == (one: Baseline, other: Baseline) -> Bool {
    one.columns == other.columns && one.trees == other.trees && one.sample == other.sample
      && one.threshold == other.threshold && one.summary == other.summary
  }

  /// Appends the baseline's inputs from a row of all measures.
  public func gather(_ measures: [Double], into rows: inout [Float]) {
    for column in columns { rows.append(Float(measures[column.index])) }
  }

  /// How unlike what is normal each row is: 2^(−mean path ÷ c(``sample``)), near 1 for what is soon alone,
  /// below 0.5 for what is deep in the crowd.
  ///
  /// - Parameter rows: finite values, row after row.
  public func score(_ rows: [Float]) -> [Float] {
    precondition(rows.count % columns.count == 0, "rows are cut")
    var paths = [Float](repeating: 0, count: rows.count / columns.count)
    rows.withUnsafeBufferPointer {
      forest.add($0, width: columns.count, to: &paths, classes: 1)
    }
    let scale = Self.averagePath(sample) * Float(trees.count)
    return paths.map { exp2f(-$0 / scale) }
  }

  /// c(n): the mean length of an unsuccessful search in a binary tree of n rows. 0 below 2.
  static func averagePath(_ count: Int) -> Float {
    guard count > 1 else { return 0 }
    guard count > 2 else { return 1 }
    let n = Float(count)
    return 2 * (logf(n - 1) + 0.577_215_66) - 2 * (n - 1) / n
  }
}
