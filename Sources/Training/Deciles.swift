/// How the values of each column were spread over the rows that a model was made from.
package struct Deciles: Sendable, Equatable {
  /// By column: rising edges, at most nine, each once.
  package let edges: [[Float]]
  /// By column: the share of rows below the first edge, from each edge up to the next, and from the last
  /// on.
  package let shares: [[Float]]

  /// Reads the spread of some rows, at most 100,000 of them, evenly chosen.
  package init(_ samples: Samples, rows: [Int]) {
    let step = max(1, (rows.count + 99_999) / 100_000)
    let chosen = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    var (edges, shares) = ([[Float]](), [[Float]]())
    var values = [Float](repeating: 0, count: chosen.count)
    for column in 0..<samples.width {
      for (place, row) in chosen.enumerated() {
        values[place] = samples.values[row * samples.width + column]
      }
      values.sort()
      let found = Self.edges(values)
      edges.append(found)
      shares.append(Self.shares(values, found))
    }
    (self.edges, self.shares) = (edges, shares)
  }

  private static func edges(_ sorted: [Float]) -> [Float] {
    var result: [Float] = []
    for decile in 1..<10 where !sorted.isEmpty {
      let edge = sorted[sorted.count * decile / 10]
      // An edge at the least value would leave nothing below it.
      if edge > result.last ?? sorted[0] { result.append(edge) }
    }
    // Many columns are 0 nine times in ten: what is beyond that still has a bin.
    if result.isEmpty, let last = sorted.last, last > sorted[0] { result.append(sorted[0].nextUp) }
    return result
  }

  private static func shares(_ sorted: [Float], _ edges: [Float]) -> [Float] {
    var counts = [Int](repeating: 0, count: edges.count + 1)
    var bin = 0
    for value in sorted {
      while bin < edges.count, value >= edges[bin] { bin += 1 }
      counts[bin] += 1
    }
    return counts.map { Float($0) / Float(max(1, sorted.count)) }
  }

  /// The spread of some of the columns.
  package func only(_ columns: [Int]) -> Deciles {
    Deciles(edges: columns.map { edges[$0] }, shares: columns.map { shares[$0] })
  }

  private init(edges: [[Float]], shares: [[Float]]) {
    (self.edges, self.shares) = (edges, shares)
  }
}
