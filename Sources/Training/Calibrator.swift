/// A rising function for each class, whose values are then made to add up to 1.
package struct Calibrator: Sendable, Equatable {
  /// By class.
  package let curves: [Isotonic]

  /// Leaves everything as it is.
  package init(classes: Int) { curves = [Isotonic](repeating: Isotonic(), count: classes) }

  /// Fits to rows that the model did not learn from.
  ///
  /// - Parameters:
  ///   - said: probabilities, row after row.
  ///   - places: the rows of `said` to fit to.
  package init(said: [Float], truth: [Int], places: [Int], classes: Int) {
    let weights = [Float](repeating: 1, count: places.count)
    curves = (0..<classes).map { index in
      Isotonic(
        said: places.map { said[$0 * classes + index] }, hit: places.map { truth[$0] == index },
        weights: weights)
    }
  }

  /// Calibrates one row of probabilities in place.
  package func apply(_ said: inout [Float], row: Int) {
    let start = row * curves.count
    var sum: Float = 0
    for (index, curve) in curves.enumerated() {
      said[start + index] = curve(said[start + index])
      sum += said[start + index]
    }
    for index in curves.indices { said[start + index] /= sum }
  }
}
