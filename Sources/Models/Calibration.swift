/// From what a model says to how often it is right: a rising curve for each class, whose values are then
/// made to add up to 1 (Zadrozny and Elkan, KDD 2002).
public struct Calibration: Equatable, Sendable {
  /// A rising function: lines between knots, flat outside.
  public struct Curve: Equatable, Sendable {
    /// Probabilities that the model says, rising. 0 to 1.
    public let inputs: [Float]
    /// What they are worth, not falling. 0 to 1.
    public let outputs: [Float]

    /// A curve from its knots; a ``Model`` checks them.
    public init(inputs: [Float], outputs: [Float]) {
      self.inputs = inputs
      self.outputs = outputs
    }

    /// The function's value.
    public func callAsFunction(_ said: Float) -> Float {
      guard let first = inputs.first, let last = inputs.last else { return said }
      if said <= first { return outputs[0] }
      if said >= last { return outputs[outputs.count - 1] }
      var (low, high) = (0, inputs.count - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if inputs[middle] <= said { low = middle } else { high = middle }
      }
      let part = (said - inputs[low]) / (inputs[high] - inputs[low])
      return outputs[low] + part * (outputs[high] - outputs[low])
    }

    var isSound: Bool {
      guard !inputs.isEmpty, inputs.count == outputs.count else { return false }
      return inputs.allSatisfy { (0...1).contains($0) }
        && outputs.allSatisfy { (0...1).contains($0) }
        && zip(inputs, inputs.dropFirst()).allSatisfy { $0 < $1 }
        && zip(outputs, outputs.dropFirst()).allSatisfy { $0 <= $1 }
    }
  }

  /// By class; none: what the model says is left as it is.
  public let curves: [Curve]

  /// The identity.
  public init() { curves = [] }

  /// A curve for each class.
  public init(curves: [Curve]) { self.curves = curves }

  func check(classes: Int) throws(ModelError) {
    guard curves.isEmpty || curves.count == classes else {
      throw .count("calibration curves", curves.count)
    }
    for (index, curve) in curves.enumerated() {
      guard curve.isSound else { throw .calibration(index) }
    }
  }

  /// Calibrates rows of probabilities in place; a row that no curve gives anything stays as it is.
  func apply(to said: inout [Float]) {
    let width = curves.count
    guard width > 0 else { return }
    for row in stride(from: 0, to: said.count, by: width) {
      var sum: Float = 0
      for (index, curve) in curves.enumerated() { sum += curve(said[row + index]) }
      guard sum > 0 else { continue }
      for (index, curve) in curves.enumerated() {
        said[row + index] = curve(said[row + index]) / sum
      }
    }
  }
}
