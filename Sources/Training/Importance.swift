import Tables

/// What a column does for a model.
package struct Importance: Sendable, Codable, Equatable {
  /// Its name.
  package var column: String
  /// Share of all that the splits lowered the loss by.
  package var gain: Double
  /// Mean magnitude of its contribution to the classes' margins (TreeSHAP; Lundberg et al., 2018).
  package var contribution: Double
}

extension Vote {
  /// The columns of the trees, the most important first; none without trees.
  ///
  /// - Parameter rows: at most 1,000 of them, evenly chosen, are explained.
  package func importance(_ samples: Samples, rows: [Int]) throws -> [Importance] {
    guard let trees = trees.first, !rows.isEmpty else { return [] }
    let gains = try trees.file().gains(width: samples.width)
    let total = max(gains.reduce(0, +), 1e-12)
    let step = max(1, (rows.count + 999) / 1_000)
    let chosen = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    let sums = try trees.contributions(samples.gather(chosen), width: samples.width)
    return samples.columns.indices.map { column in
      Importance(
        column: samples.columns[column].rawValue, gain: gains[column] / total,
        contribution: sums[column])
    }.sorted { ($1.gain, $0.column) < ($0.gain, $1.column) }
  }
}

extension LearnedTrees {
  /// Mean magnitude of each column's contribution, over rows and classes.
  fileprivate func contributions(_ values: [Float], width: Int) throws -> [Double] {
    let all = try booster.contributions(
      Matrix(values, width: width), rounds: rounds, values: classes * (width + 1))
    var sums = [Double](repeating: 0, count: width)
    for start in stride(from: 0, to: all.count, by: width + 1) {
      for column in 0..<width { sums[column] += Double(abs(all[start + column])) }
    }
    let count = Double(max(1, all.count / (width + 1)))
    return sums.map { $0 / count }
  }
}
