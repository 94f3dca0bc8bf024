public import Tables

/// What one column did to a model's opinion.
public struct Contribution: Equatable, Sendable {
  /// The column.
  public let column: Measure
  /// Its value in the row.
  public let value: Float
  /// What it added to the class's margin, the logarithm of its odds as it were; below 0 it spoke against it.
  public let contribution: Float

  /// A contribution from its parts.
  public init(column: Measure, value: Float, contribution: Float) {
    self.column = column
    self.value = value
    self.contribution = contribution
  }
}

extension Model {
  /// The columns that spoke most for a class, the strongest first.
  ///
  /// Trees: exact Shapley values of the margin, path-dependent (TreeSHAP; Lundberg et al., Nature Machine
  /// Intelligence 2020). Perceptrons: how much the margin falls when the column takes its mean. Members by
  /// weight. Columns that spoke against the class, or not at all, are left out.
  ///
  /// - Parameters:
  ///   - row: ``columns`` values.
  ///   - index: position in ``classes``.
  ///   - most: how many columns, at most.
  public func explain(_ row: [Float], as index: Int, most: Int) -> [Contribution] {
    let added = contributions(row, to: index)
    let order = added.indices.filter { added[$0] > 0 }
      .sorted { (-added[$0], $0) < (-added[$1], $1) }
    return order.prefix(most).map {
      Contribution(column: columns[$0], value: row[$0], contribution: Float(added[$0]))
    }
  }

  /// What every column adds to the margin of class `index`, those of all members by weight. With
  /// ``expectation(of:)`` they add up to the margin, as far as the members are trees.
  public func contributions(_ row: [Float], to index: Int) -> [Double] {
    precondition(row.count == columns.count, "a row has \(columns.count) columns")
    let total = members.reduce(0) { $0 + $1.weight }
    var sum = [Double](repeating: 0, count: columns.count)
    for member in members {
      let part = Double(member.weight / total)
      switch member.kind {
      case .trees(let trees):
        var said = [Double](repeating: 0, count: columns.count)
        let turns = stride(from: index, to: trees.trees.count, by: classes.count)
        trees.explainer.explain(row, trees.trees, turns, &said)
        for column in sum.indices { sum[column] += part * said[column] }
      case .perceptron(let layers): layers.addOcclusion(row, index, part, to: &sum)
      }
    }
    return sum
  }

  /// The margin of class `index` where no column is known; perceptrons have none.
  public func expectation(of index: Int) -> Double {
    let total = members.reduce(0) { $0 + $1.weight }
    return members.reduce(0) { sum, member in
      guard case .trees(let trees) = member.kind else { return sum }
      let turns = stride(from: index, to: trees.trees.count, by: classes.count)
      let mean = turns.reduce(Double(trees.baseScore)) { $0 + trees.trees[$1].expectation }
      return sum + Double(member.weight / total) * mean
    }
  }
}

extension Perceptron {
  /// Adds what each column's difference from its mean does to a class's margin.
  fileprivate func addOcclusion(
    _ row: [Float], _ index: Int, _ part: Double, to sum: inout [Double]
  ) {
    let inputs = row.indices.map { input(row[$0], $0) }
    let whole = Double(outputs(of: inputs)[index])
    for column in row.indices where inputs[column] != 0 {
      var without = inputs
      without[column] = 0
      sum[column] += part * (whole - Double(outputs(of: without)[index]))
    }
  }
}
