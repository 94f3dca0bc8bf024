package import Models

/// A rising step function from a model's probability to how often it was right, fitted by pooling
/// adjacent violators (Ayer et al., 1955; Zadrozny and Elkan, KDD 2002).
package struct Isotonic: Sendable, Equatable {
  /// Probabilities at which the function bends, rising.
  package let inputs: [Float]
  /// Its values there, not falling; between two of them it is a line, outside it stays flat.
  package let outputs: [Float]

  private struct Pool {
    var low: Float
    var high: Float
    var hits: Double
    var weight: Double
    var mean: Double { hits / weight }
  }

  /// The identity.
  package init() { (inputs, outputs) = ([0, 1], [0, 1]) }

  /// Fits.
  ///
  /// One row against stands at either end, so that no pool says 0 or 1: a hundred rows that were right
  /// are no proof that the next one is.
  ///
  /// - Parameters:
  ///   - said: probabilities.
  ///   - hit: whether the row was of the class.
  package init(said: [Float], hit: [Bool], weights: [Float]) {
    let order = said.indices.sorted { (said[$0], $0) < (said[$1], $1) }
    var pools = [Pool(low: 0, high: 0, hits: 1, weight: 1)]
    for index in order {
      let weight = Double(weights[index])
      Self.add(
        Pool(
          low: said[index], high: said[index], hits: hit[index] ? weight : 0, weight: weight),
        to: &pools)
    }
    Self.add(Pool(low: 1, high: 1, hits: 0, weight: 1), to: &pools)
    var knots: [(Float, Float)] = []
    for pool in pools {
      for input in [pool.low, pool.high] where input > knots.last?.0 ?? -1 {
        knots.append((input, Float(pool.mean)))
      }
    }
    (inputs, outputs) = (knots.map(\.0), knots.map(\.1))
  }

  private static func add(_ pool: Pool, to pools: inout [Pool]) {
    var pool = pool
    // Equal probabilities are one point; a mean that does not rise joins the pool before it.
    while let last = pools.last, last.high == pool.low || last.mean >= pool.mean {
      pool = Pool(
        low: last.low, high: pool.high, hits: last.hits + pool.hits,
        weight: last.weight + pool.weight)
      pools.removeLast()
    }
    pools.append(pool)
  }

  /// The function's value.
  package func callAsFunction(_ said: Float) -> Float { curve(said) }

  /// The same as a model keeps it.
  package var curve: Calibration.Curve { Calibration.Curve(inputs: inputs, outputs: outputs) }
}
