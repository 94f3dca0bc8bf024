import Glibc

/// A perceptron's layers in one flat array: weights (input × output, outputs padded to 16) and biases,
/// layer after layer.
struct Network: Sendable {
  struct Layer: Sendable {
    var inputs: Int
    /// Outputs that count.
    var outputs: Int
    /// Outputs with padding: a multiple of 16.
    var padded: Int
    /// Where its weights begin; biases follow them.
    var start: Int

    var biases: Int { start + inputs * padded }
    var end: Int { biases + padded }
  }

  let layers: [Layer]
  var parameters: [Float]

  /// Weights of chance (He et al., ICCV 2015), biases 0.
  init(inputs: Int, hidden: [Int], classes: Int, dice: inout Dice) {
    var (layers, start, width, stride) = ([Layer](), 0, inputs, inputs)
    for outputs in hidden + [classes] {
      let layer = Layer(
        inputs: stride, outputs: outputs, padded: (outputs + 15) / 16 * 16, start: start)
      layers.append(layer)
      (start, width, stride) = (layer.end, outputs, layer.padded)
    }
    _ = width
    self.layers = layers
    parameters = [Float](repeating: 0, count: start)
    width = inputs
    for layer in layers {
      let spread = (2 / Double(max(1, width))).squareRoot()
      for input in 0..<width {
        for output in 0..<layer.outputs {
          parameters[layer.start + input * layer.padded + output] = Float(dice.normal() * spread)
        }
      }
      width = layer.outputs
    }
  }

  /// Room for the outputs of all layers for `rows` rows.
  func room(_ rows: Int) -> Int { layers.reduce(0) { $0 + $1.padded * rows } }

  /// Fills `outputs` with every layer's outputs: ReLU, and probabilities in the last one.
  func forward(
    _ input: UnsafePointer<Float>, rows: Int, outputs: UnsafeMutablePointer<Float>
  ) {
    parameters.withUnsafeBufferPointer { parameters in
      guard let parameters = parameters.baseAddress else { return }
      var (from, to) = (input, outputs)
      for (index, layer) in layers.enumerated() {
        for row in 0..<rows {
          (to + row * layer.padded).update(from: parameters + layer.biases, count: layer.padded)
        }
        addProduct(
          from, rowStride: layer.inputs, columnStride: 1, parameters + layer.start, to: to,
          rows: rows, inner: layer.inputs, columns: layer.padded)
        if index + 1 < layers.count {
          for place in 0..<(rows * layer.padded) { to[place] = max(0, to[place]) }
        } else {
          for row in 0..<rows { softmax(to + row * layer.padded, layer.outputs) }
        }
        from = UnsafePointer(to)
        to += rows * layer.padded
      }
    }
  }
}

/// Margins become probabilities, in place.
private func softmax(_ at: UnsafeMutablePointer<Float>, _ count: Int) {
  var highest = at[0]
  for index in 0..<count { highest = max(highest, at[index]) }
  var sum: Double = 0
  for index in 0..<count {
    at[index] = expf(at[index] - highest)
    sum += Double(at[index])
  }
  for index in 0..<count { at[index] /= Float(sum) }
}
