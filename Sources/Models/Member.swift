/// One voter of a model.
public struct Member: Equatable, Sendable {
  /// What it is.
  public enum Kind: Equatable, Sendable {
    /// Trees, boosted or a random forest.
    case trees(TreeEnsemble)
    /// A multilayer perceptron.
    case perceptron(Perceptron)
  }

  /// What it is.
  public let kind: Kind
  /// How much its probabilities count among the members'. Above 0.
  public let weight: Float

  /// A voter.
  public init(_ kind: Kind, weight: Float = 1) {
    self.kind = kind
    self.weight = weight
  }

  /// `boosted`, `forest` or `perceptron`.
  public var family: String {
    switch kind {
    case .trees(let trees): trees.family.rawValue
    case .perceptron: "perceptron"
    }
  }

  func check(classes: Int, columns: Int) throws(ModelError) {
    guard weight > 0, weight <= 1e6 else { throw .weight }
    switch kind {
    case .trees(let trees): try trees.check(classes: classes, columns: columns)
    case .perceptron(let layers): try layers.check(classes: classes, columns: columns)
    }
  }

  func predict(_ rows: UnsafeBufferPointer<Float>, width: Int, classes: Int) -> [Float] {
    switch kind {
    case .trees(let trees): trees.predict(rows, width: width, classes: classes)
    case .perceptron(let layers): layers.predict(rows, width: width, classes: classes)
    }
  }
}
