/// How far confidence keeps what it says.
package struct Reliability: Sendable, Codable, Equatable {
  /// Rows of one span of confidence.
  package struct Bin: Sendable, Codable, Equatable {
    /// How many.
    package var rows = 0
    /// Mean confidence.
    package var confidence = 0.0
    /// Share that was named right.
    package var right = 0.0
  }

  /// Fifteen spans of equal width from 0 to 1.
  package let bins: [Bin]
  /// Expected calibration error: the mean distance of confidence and share right, weighted by rows (Guo et
  /// al., ICML 2017).
  package let error: Double
  /// Brier's score over all classes: the mean squared distance of probabilities and truth, 0 to 2.
  package let brier: Double

  /// Reads probabilities, row after row, against the truth.
  package init(said: [Float], truth: [Int], classes: Int) {
    var bins = [Bin](repeating: Bin(), count: 15)
    var squares = 0.0
    for (row, label) in truth.enumerated() {
      var best = row * classes
      for index in (row * classes)..<((row + 1) * classes) {
        if said[index] > said[best] { best = index }
        let distance = Double(said[index]) - (index == row * classes + label ? 1 : 0)
        squares += distance * distance
      }
      let bin = min(14, Int(said[best] * 15))
      bins[bin].rows += 1
      bins[bin].confidence += Double(said[best])
      bins[bin].right += best == row * classes + label ? 1 : 0
    }
    let rows = Double(max(1, truth.count))
    error = bins.reduce(0) { $0 + abs($1.confidence - $1.right) } / rows
    brier = squares / rows
    self.bins = bins.map {
      let count = Double(max(1, $0.rows))
      return Bin(rows: $0.rows, confidence: $0.confidence / count, right: $0.right / count)
    }
  }
}
