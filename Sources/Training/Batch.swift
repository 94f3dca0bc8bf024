/// One minibatch's way forward and back through a network.
struct Batch {
  private let layers: [Network.Layer]
  private let labels: [Int]
  private let weights: [Float]

  init(_ network: Network, labels: [Int], weights: [Float]) {
    layers = network.layers
    self.labels = labels
    self.weights = weights
  }

  /// Goes over all rows once, in `order`, a step for every `size` of them.
  func pass(
    _ network: inout Network, _ adam: inout Adam, _ values: [Float], _ order: [Int], size: Int
  ) {
    let width = layers[0].inputs
    var input = [Float](repeating: 0, count: size * width)
    var outputs = [Float](repeating: 0, count: network.room(size))
    var slopes = outputs
    for start in stride(from: 0, to: order.count, by: size) {
      let rows = order[start..<min(start + size, order.count)]
      for (place, row) in rows.enumerated() {
        for column in 0..<width { input[place * width + column] = values[row * width + column] }
      }
      let gradient = input.withUnsafeBufferPointer { input in
        outputs.withUnsafeMutableBufferPointer { outputs in
          slopes.withUnsafeMutableBufferPointer { slopes in
            self.gradient(network, input.baseAddress, outputs.baseAddress, slopes.baseAddress, rows)
          }
        }
      }
      adam.step(&network.parameters, gradient)
    }
  }

  private func gradient(
    _ network: Network, _ input: UnsafePointer<Float>?, _ outputs: UnsafeMutablePointer<Float>?,
    _ slopes: UnsafeMutablePointer<Float>?, _ rows: ArraySlice<Int>
  ) -> [Float] {
    var gradient = [Float](repeating: 0, count: network.parameters.count)
    guard let input, let outputs, let slopes else { return gradient }
    let count = rows.count
    network.forward(input, rows: count, outputs: outputs)
    let starts = layers.indices.map { layers[..<$0].reduce(0) { $0 + $1.padded * count } }
    let last = layers.count - 1
    start(outputs + starts[last], slopes + starts[last], rows)
    for index in layers.indices.reversed() {
      let layer = layers[index]
      let slope = slopes + starts[index]
      let from = index == 0 ? input : UnsafePointer(outputs + starts[index - 1])
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let gradient = gradient.baseAddress else { return }
        addProduct(
          from, rowStride: 1, columnStride: layer.inputs, slope, to: gradient + layer.start,
          rows: layer.inputs, inner: count, columns: layer.padded)
        for row in 0..<count {
          for output in 0..<layer.padded {
            gradient[layer.biases + output] += slope[row * layer.padded + output]
          }
        }
      }
      guard index > 0 else { continue }
      back(network, layer, slope, slopes + starts[index - 1], outputs + starts[index - 1], count)
    }
    return gradient
  }

  /// Slopes of the loss by the last layer's margins: weight × (probability − truth).
  private func start(
    _ said: UnsafePointer<Float>, _ slopes: UnsafeMutablePointer<Float>, _ rows: ArraySlice<Int>
  ) {
    guard let layer = layers.last else { return }
    let total = rows.reduce(Float(0)) { $0 + weights[$1] }
    for (place, row) in rows.enumerated() {
      let weight = weights[row] / max(total, 1e-12)
      for output in 0..<layer.padded {
        let truth: Float = output == labels[row] ? 1 : 0
        let at = place * layer.padded + output
        slopes[at] = output < layer.outputs ? weight * (said[at] - truth) : 0
      }
    }
  }

  /// Slopes by the outputs of the layer before, where its ReLU was open.
  private func back(
    _ network: Network, _ layer: Network.Layer, _ slope: UnsafePointer<Float>,
    _ before: UnsafeMutablePointer<Float>, _ outputs: UnsafePointer<Float>, _ count: Int
  ) {
    var turned = [Float](repeating: 0, count: layer.inputs * layer.padded)
    for input in 0..<layer.inputs {
      for output in 0..<layer.padded {
        turned[output * layer.inputs + input] =
          network.parameters[layer.start + input * layer.padded + output]
      }
    }
    for place in 0..<(count * layer.inputs) { before[place] = 0 }
    addProduct(
      slope, rowStride: layer.padded, columnStride: 1, turned, to: before, rows: count,
      inner: layer.padded, columns: layer.inputs)
    for place in 0..<(count * layer.inputs) where outputs[place] <= 0 { before[place] = 0 }
  }
}
