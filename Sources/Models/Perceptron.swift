import Glibc

/// A multilayer perceptron: log(1 + x), shifted and scaled column by column; layers with ReLU between
/// them; softmax at the end (Rumelhart, Hinton and Williams 1986).
public struct Perceptron: Equatable, Sendable {
  /// A fully connected layer.
  public struct Layer: Equatable, Sendable {
    /// Input after input, a weight for each output.
    public let weights: [Float]
    /// One an output.
    public let biases: [Float]

    /// A layer from its parts; a ``Model`` checks them.
    public init(weights: [Float], biases: [Float]) {
      self.weights = weights
      self.biases = biases
    }

    var outputs: Int { biases.count }
    var inputs: Int { biases.isEmpty ? 0 : weights.count / biases.count }
  }

  /// The mean of log(1 + x) of each column: an input of 0.
  public let shift: [Float]
  /// One over its standard deviation.
  public let scale: [Float]
  /// From the inputs to the classes.
  public let layers: [Layer]

  /// A perceptron from its parts; a ``Model`` checks them.
  public init(shift: [Float], scale: [Float], layers: [Layer]) {
    self.shift = shift
    self.scale = scale
    self.layers = layers
  }

  /// Sees to it that every layer fits the one before it and every number is finite.
  func check(classes: Int, columns: Int) throws(ModelError) {
    guard shift.count == columns, scale.count == columns, !layers.isEmpty else {
      throw .layer(0)
    }
    guard (shift + scale).allSatisfy(\.isFinite) else { throw .layer(0) }
    var width = columns
    for (index, layer) in layers.enumerated() {
      guard layer.outputs > 0, layer.weights.count == width * layer.outputs,
        layer.weights.allSatisfy(\.isFinite), layer.biases.allSatisfy(\.isFinite)
      else { throw .layer(index + 1) }
      width = layer.outputs
    }
    guard width == classes else { throw .layer(layers.count) }
  }

  /// The probability of every class for every row.
  func predict(_ rows: UnsafeBufferPointer<Float>, width: Int, classes: Int) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(rows.count / width * classes)
    for row in stride(from: 0, to: rows.count, by: width) {
      let inputs = (0..<width).map { normal(rows[row + $0], $0) }
      result += outputs(of: inputs)
    }
    // Finite weights can still add up to infinity, and then no class is more likely than another.
    for index in result.indices where !result[index].isFinite { result[index] = 0 }
    softmax(&result, width: classes)
    return result
  }

  /// A value as the first layer sees it.
  func normal(_ value: Float, _ column: Int) -> Float {
    (log1pf(max(0, value)) - shift[column]) * scale[column]
  }

  /// The margins of one row of normal inputs.
  func outputs(of inputs: [Float]) -> [Float] {
    var values = inputs
    for (index, layer) in layers.enumerated() {
      values = layer.apply(values)
      guard index + 1 < layers.count else { break }
      for place in values.indices { values[place] = max(0, values[place]) }
    }
    return values
  }
}

extension Perceptron.Layer {
  /// What comes out before any ReLU.
  func apply(_ inputs: [Float]) -> [Float] {
    var result = biases
    let width = result.count
    weights.withUnsafeBufferPointer { weights in
      result.withUnsafeMutableBufferPointer { result in
        for (input, value) in inputs.enumerated() where value != 0 {
          for output in 0..<width { result[output] += value * weights[input * width + output] }
        }
      }
    }
    return result
  }
}
