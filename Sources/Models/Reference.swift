/// What the rows that a model learned from looked like: the share of them in each bin of each column.
public struct Reference: Equatable, Sendable {
  /// One column's bins.
  public struct Bins: Equatable, Sendable {
    /// Rising. Bin `i` holds values from edge `i - 1`, excluded, to edge `i`, included; the last bin what
    /// lies beyond. At most 15.
    public let edges: [Float]
    /// Of the rows, by bin; one more than there are edges.
    public let shares: [Float]

    /// Bins from their parts.
    public init(edges: [Float], shares: [Float]) {
      self.edges = edges
      self.shares = shares
    }

    /// The bin of a value.
    @inline(__always) func bin(_ value: Float) -> Int {
      var index = 0
      while index < edges.count, value > edges[index] { index += 1 }
      return index
    }

    var isSound: Bool {
      shares.count == edges.count + 1 && edges.count < 16 && edges.allSatisfy(\.isFinite)
        && zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 }
        && shares.allSatisfy { (0...1).contains($0) }
    }
  }

  /// By column.
  public let columns: [Bins]

  /// A reference from its parts; a ``Model`` checks them.
  public init(columns: [Bins]) { self.columns = columns }

  /// Bins at the deciles of rows; equal deciles, as of a column that is mostly 0, become one. Where at
  /// least one row in a hundred is 0, 0 has a bin of its own. A column that is always the same has a bin
  /// for that and one for what lies beyond, so that what was never seen is drift.
  ///
  /// - Parameter width: values a row, above 0.
  public init(rows: [Float], width: Int) {
    let count = rows.count / width
    columns = (0..<width).map { column in
      let values = (0..<count).map { rows[$0 * width + column] }.sorted()
      guard let lowest = values.first else { return Bins(edges: [], shares: [1]) }
      let zeros = values.count { $0 == 0 }
      var edges: [Float] = lowest == 0 && zeros * 100 >= count ? [0] : []
      for tenth in 1..<10 {
        let edge = values[(count - 1) * tenth / 10]
        if edge > edges.last ?? -.infinity { edges.append(edge) }
      }
      var counts = [Int](repeating: 0, count: edges.count + 1)
      let bins = Bins(edges: edges, shares: [])
      for value in values { counts[bins.bin(value)] += 1 }
      return Bins(edges: edges, shares: counts.map { Float($0) / Float(count) })
    }
  }

  func check(columns count: Int) throws(ModelError) {
    guard columns.count == count else { throw .count("reference columns", columns.count) }
    for (index, bins) in columns.enumerated() {
      guard bins.isSound else { throw .reference(index) }
    }
  }

  /// The population stability index Σ (a − e) ln(a ÷ e) of a column, e being the shares learned from and a
  /// those counted; a share below 10⁻⁴ is taken for 10⁻⁴. Below 0.1 nothing changed, above 0.25 much did
  /// (Siddiqi, "Credit Risk Scorecards", 2006).
  ///
  /// - Parameter counts: rows by bin of that column.
  public func stability(_ column: Int, _ counts: [Int]) -> Double {
    let shares = columns[column].shares
    let total = Double(max(1, counts.reduce(0, +)))
    return zip(shares, counts).reduce(0) { sum, pair in
      let expected = max(Double(pair.0), 1e-4)
      let actual = max(Double(pair.1) / total, 1e-4)
      return sum + (actual - expected) * logarithm(actual / expected)
    }
  }
}
