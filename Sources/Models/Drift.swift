/// Counts rows into a reference's bins, to tell when traffic has become unlike what a model learned.
public struct Drift: Sendable {
  private let reference: Reference
  private var counts: [[Int]]
  /// Rows counted.
  public private(set) var rows = 0

  /// Nothing counted yet.
  public init(_ reference: Reference) {
    self.reference = reference
    counts = reference.columns.map { [Int](repeating: 0, count: $0.shares.count) }
  }

  /// Counts rows.
  ///
  /// - Parameter rows: a model's inputs, row after row.
  public mutating func add(_ rows: [Float]) {
    let width = reference.columns.count
    guard width > 0 else { return }
    self.rows += rows.count / width
    for (column, bins) in reference.columns.enumerated() {
      for place in stride(from: column, to: rows.count, by: width) {
        counts[column][bins.bin(rows[place])] += 1
      }
    }
  }

  /// The population stability index of every column.
  public var stability: [Double] { counts.indices.map { reference.stability($0, counts[$0]) } }

  /// Begins anew.
  public mutating func reset() { self = Drift(reference) }
}
