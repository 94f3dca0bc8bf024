import Glibc
import Models

/// A perceptron that was learned.
package struct LearnedNetwork: Sendable {
  let network: Network
  /// Means of log(1 + value), by column.
  let shift: [Float]
  /// One over their deviations.
  let scale: [Float]
  /// Passes over the rows up to the best one.
  let epochs: Int
  let classes: Int

  /// Probabilities of every class, row after row.
  package func predict(_ values: [Float], width: Int) -> [Float] {
    var values = values
    normalize(&values, shift: shift, scale: scale)
    return probabilities(values, width: width)
  }

  fileprivate func probabilities(_ normal: [Float], width: Int) -> [Float] {
    network.probabilities(normal, width: width, classes: classes)
  }
}

extension Network {
  /// Probabilities of every class for rows that are normal already.
  fileprivate func probabilities(_ normal: [Float], width: Int, classes: Int) -> [Float] {
    let count = normal.count / width
    let block = 256
    var outputs = [Float](repeating: 0, count: room(block))
    var result: [Float] = []
    result.reserveCapacity(count * classes)
    guard let last = layers.last else { return [] }
    normal.withUnsafeBufferPointer { normal in
      outputs.withUnsafeMutableBufferPointer { outputs in
        guard let normal = normal.baseAddress, let outputs = outputs.baseAddress else { return }
        for start in stride(from: 0, to: count, by: block) {
          let rows = min(block, count - start)
          forward(normal + start * width, rows: rows, outputs: outputs)
          let end = outputs + room(rows) - rows * last.padded
          for row in 0..<rows {
            result += UnsafeBufferPointer(start: end + row * last.padded, count: classes)
          }
        }
      }
    }
    return result
  }
}

/// log(1 + value), then mean 0 and deviation 1, at most ``Models/Perceptron/reach`` from 0, as when the
/// model is used.
private func normalize(_ values: inout [Float], shift: [Float], scale: [Float]) {
  let width = shift.count
  for row in stride(from: 0, to: values.count, by: width) {
    for column in 0..<width {
      let value = (log1pf(values[row + column]) - shift[column]) * scale[column]
      values[row + column] = max(-Perceptron.reach, min(Perceptron.reach, value))
    }
  }
}

/// Learns a perceptron, 64-64 with ReLU and softmax, from some rows of a table: minibatches of 256, Adam,
/// cross-entropy with class weights, 32-bit floats, one thread.
struct NetworkLearner {
  let samples: Samples
  let plan: Plan
  /// Passes without a lower loss after which learning ends.
  static let patience = 3
  private static let batch = 256
  private static let hidden = [64, 64]

  init(samples: Samples, plan: Plan) {
    self.samples = samples
    self.plan = plan
  }

  /// Learns.
  ///
  /// - Parameter stop: rows whose loss ends learning; none: all passes are made.
  func learn(from rows: [Int], stop: [Int]) -> LearnedNetwork {
    var values = samples.gather(rows)
    let (shift, scale) = Self.moments(values, samples.width)
    normalize(&values, shift: shift, scale: scale)
    var held = samples.gather(stop)
    normalize(&held, shift: shift, scale: scale)
    let classes = samples.classes.count
    var dice = Dice(seed: plan.seed)
    var network = Network(
      inputs: samples.width, hidden: Self.hidden, classes: classes, dice: &dice)
    var adam = Adam(count: network.parameters.count, size: plan.options.step)
    let weights = samples.balanced(rows, plan.options.balance)
    let batch = Batch(network, labels: rows.map { Int(samples.labels[$0]) }, weights: weights)
    var (best, lowest, epochs) = (network, Double.infinity, plan.options.epochs)
    for epoch in 0..<plan.options.epochs {
      batch.pass(&network, &adam, values, dice.order(rows.count), size: Self.batch)
      guard !stop.isEmpty else { continue }
      let loss = loss(network, held, stop)
      if loss < lowest { (best, lowest, epochs) = (network, loss, epoch + 1) }
      if epoch + 1 - epochs >= Self.patience { break }
    }
    return LearnedNetwork(
      network: stop.isEmpty ? network : best, shift: shift, scale: scale, epochs: epochs,
      classes: classes)
  }

  private func loss(_ network: Network, _ normal: [Float], _ rows: [Int]) -> Double {
    let classes = samples.classes.count
    let said = network.probabilities(normal, width: samples.width, classes: classes)
    let weights = samples.balanced(rows, plan.options.balance)
    var (sum, all) = (0.0, 0.0)
    for (place, row) in rows.enumerated() {
      let probability = Double(said[place * classes + Int(samples.labels[row])])
      sum -= Double(weights[place]) * log(max(probability, 1e-12))
      all += Double(weights[place])
    }
    return sum / max(all, 1e-12)
  }

  /// Means of log(1 + value) and one over their deviations, 1 for a column with one value.
  private static func moments(_ values: [Float], _ width: Int) -> ([Float], [Float]) {
    var sums = [Double](repeating: 0, count: width)
    var squares = sums
    for row in stride(from: 0, to: values.count, by: width) {
      for column in 0..<width {
        let value = Double(log1pf(values[row + column]))
        sums[column] += value
        squares[column] += value * value
      }
    }
    let count = Double(max(1, values.count / max(1, width)))
    let deviations = zip(sums, squares).map { sum, square in
      max(0, square / count - (sum / count) * (sum / count)).squareRoot()
    }
    return (sums.map { Float($0 / count) }, deviations.map { $0 < 1e-6 ? 1 : Float(1 / $0) })
  }
}
