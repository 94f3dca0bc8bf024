import Glibc

/// A multilayer perceptron: log(1 + x), shifted, scaled and cut off column by column (``input(_:_:)``);
/// layers with ReLU between them; softmax at the end (Rumelhart, Hinton and Williams 1986).
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

  /// No input is further from 0: what is far outside of all that was learned counts as just outside.
  public static let reach: Float = 8

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

  /// Sees to it that every layer fits the one before it, every number is finite, and every sum stays so.
  func check(classes: Int, columns: Int) throws(ModelError) {
    guard shift.count == columns, scale.count == columns, (1...16).contains(layers.count) else {
      throw .layer(0)
    }
    guard (shift + scale).allSatisfy(\.isFinite) else { throw .layer(0) }
    var bounds = [Double](repeating: Double(Self.reach), count: columns)
    for (index, layer) in layers.enumerated() {
      guard let next = layer.bounds(bounds) else { throw .layer(index + 1) }
      bounds = next
    }
    guard bounds.count == classes else { throw .layer(layers.count) }
  }

  /// The probability of every class for every row.
  func predict(_ rows: UnsafeBufferPointer<Float>, width: Int, classes: Int) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(rows.count / width * classes)
    for row in stride(from: 0, to: rows.count, by: width) {
      let inputs = (0..<width).map { input(rows[row + $0], $0) }
      result += outputs(of: inputs)
    }
    softmax(&result, width: classes)
    return result
  }

  /// A value as the first layer sees it: (log(1 + value) − shift) × scale, at most ``reach`` from 0. What
  /// is below 0 or no number counts as 0.
  public func input(_ value: Float, _ column: Int) -> Float {
    let logarithm = value > 0 ? log1pf(value) : 0
    let scaled = (logarithm - shift[column]) * scale[column]
    return scaled.isNaN ? 0 : max(-Self.reach, min(Self.reach, scaled))
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
  /// How far from 0 each output can be, given how far each input can; nil for a layer that does not fit
  /// its inputs, and for sums beyond a 32-bit float.
  fileprivate func bounds(_ inputs: [Double]) -> [Double]? {
    guard outputs > 0, weights.count == inputs.count * outputs else { return nil }
    var result = biases.map { Double($0.magnitude) }
    for (input, bound) in inputs.enumerated() {
      for output in 0..<outputs {
        result[output] += bound * Double(weights[input * outputs + output].magnitude)
      }
    }
    // Not-a-number is not below.
    let isSound = result.allSatisfy { $0 < Double(Float.greatestFiniteMagnitude) / 2 }
    return isSound ? result : nil
  }

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
