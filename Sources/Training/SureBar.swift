/// The confidence from which on a model counts as sure of a class.
package enum SureBar {
  /// No bar is lower.
  package static let least: Float = 0.70
  /// A class that would need a higher one is never sure.
  package static let most: Float = 0.9999
  /// The bar of such a class: above every confidence.
  package static let never: Float = 1

  /// The lowest bar at which at most `rate` of the benign rows are called the class with at least that
  /// confidence.
  ///
  /// - Parameters:
  ///   - falseCalls: confidence and weight of each benign row called the class.
  ///   - benign: the weight of all benign rows.
  package static func bar(
    falseCalls: [(confidence: Float, weight: Double)], benign: Double, rate: Double
  ) -> Float {
    var (sum, bar) = (0.0, least)
    let sorted = falseCalls.sorted { $0.confidence > $1.confidence }
    for (confidence, weight) in sorted {
      sum += weight
      // Rounding of sums of shares must not decide.
      guard sum <= rate * benign * (1 + 1e-9) else {
        bar = max(bar, confidence.nextUp)
        break
      }
    }
    return bar > most ? never : bar
  }

  /// The bars of all classes; 0, no bar of its own, for the benign one.
  ///
  /// Every source of benign rows weighs the same, however many rows it has.
  ///
  /// - Parameter said: calibrated probabilities, row after row, of a model that did not learn the row.
  package static func bars(
    _ samples: Samples, rows: [Int], said: [Float], benign: Int, rate: Double
  ) -> [Float] {
    let classes = samples.classes.count
    let (names, ofGroup) = samples.sources()
    func source(_ row: Int) -> Int { ofGroup[Int(samples.places[row])] }
    var counts = [Double](repeating: 0, count: names.count)
    for row in rows where Int(samples.labels[row]) == benign { counts[source(row)] += 1 }
    var calls = [[(confidence: Float, weight: Double)]](repeating: [], count: classes)
    for (place, row) in rows.enumerated() where Int(samples.labels[row]) == benign {
      let line = said[(place * classes)..<((place + 1) * classes)]
      guard let best = line.indices.max(by: { line[$0] < line[$1] }) else { continue }
      calls[best - place * classes].append((line[best], 1 / counts[source(row)]))
    }
    let total = Double(counts.count { $0 > 0 })
    return calls.enumerated().map { index, calls in
      index == benign ? 0 : bar(falseCalls: calls, benign: total, rate: rate)
    }
  }
}
