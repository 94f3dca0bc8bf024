import Models
import Tables
import Time

/// Watches whether the traffic still is what the model was trained on, by a population stability index
/// a column. In credit scoring, where it comes from, 0.10 is a small shift and 0.25 one that asks for a
/// new model (Siddiqi, Credit Risk Scorecards, 2006).
///
/// What is called an attack is left out: an attack is no drift. Counting begins anew each day of
/// packet time, and a day is told of once.
struct DriftWatch {
  /// When it speaks.
  struct Bounds {
    /// The index of a column from which on it has drifted.
    var index = 0.25
    /// The rows it takes to tell; also how often it looks.
    var rows = 10_000
  }

  /// What has drifted, in words.
  struct Alarm {
    /// How many columns.
    let columns: Int
    /// The worst, with their indices: `ttl_min 1.31, svc_flows_1s 0.44`.
    let worst: String
    /// Over how many rows.
    let rows: Int
  }

  private let bounds: Bounds
  private let columns: [Measure]
  private var drift: Drift
  private var day: Int64?
  private var nextLook: Int
  private var isTold = false

  /// nil for a model that does not say what it was trained on.
  init?(_ model: Model?, _ bounds: Bounds) {
    guard let model, let reference = model.reference else { return nil }
    self.bounds = bounds
    columns = model.columns
    drift = Drift(reference)
    nextLook = bounds.rows
  }

  /// Counts rows.
  ///
  /// - Parameters:
  ///   - inputs: rows as the model sees them.
  ///   - last: the packet time of the newest.
  /// - Returns: what has drifted, once a day.
  mutating func add(_ inputs: [Float], _ last: Timestamp) -> Alarm? {
    begin(last.microseconds / 86_400_000_000)
    drift.add(inputs)
    guard !isTold, drift.rows >= nextLook else { return nil }
    nextLook = drift.rows + bounds.rows
    let worst = zip(columns, drift.stability).filter { $0.1 >= bounds.index }
      .sorted { $0.1 > $1.1 }
    guard !worst.isEmpty else { return nil }
    isTold = true
    let words = worst.prefix(5).map { "\($0.0.rawValue) \(Clerk.short($0.1))" }
    return Alarm(columns: worst.count, worst: words.joined(separator: ", "), rows: drift.rows)
  }

  private mutating func begin(_ day: Int64) {
    guard day != self.day else { return }
    self.day = day
    drift.reset()
    nextLook = bounds.rows
    isTold = false
  }
}
