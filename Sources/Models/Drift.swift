/// Counts rows into a reference's bins, to tell when traffic has become unlike what a model learned.
public struct Drift: Sendable {
  private static let most = 16

  private let reference: Reference
  /// The edges of each column; the places behind the last lie beyond every number.
  private let edges: [SIMD16<Float>]
  /// ``most`` bins a column.
  private var counts: [Int]
  /// Rows counted.
  public private(set) var rows = 0

  /// Nothing counted yet.
  ///
  /// - Parameter reference: a ``Model``'s, which has checked it.
  public init(_ reference: Reference) {
    self.reference = reference
    edges = reference.columns.map { bins in
      var places = SIMD16<Float>(repeating: .infinity)
      for (place, edge) in bins.edges.prefix(Self.most).enumerated() { places[place] = edge }
      return places
    }
    counts = [Int](repeating: 0, count: Self.most * reference.columns.count)
  }

  /// Counts rows.
  ///
  /// - Parameter rows: a model's inputs, row after row.
  public mutating func add(_ rows: [Float]) {
    let width = edges.count
    guard width > 0 else { return }
    self.rows += rows.count / width
    counts.withUnsafeMutableBufferPointer { counts in
      for start in stride(from: 0, to: rows.count - rows.count % width, by: width) {
        for column in 0..<width {
          counts[column * Self.most + Self.bin(rows[start + column], edges[column])] += 1
        }
      }
    }
  }

  /// How many edges lie below the value.
  @inline(__always) private static func bin(_ value: Float, _ edges: SIMD16<Float>) -> Int {
    let above = edges .< SIMD16<Float>(repeating: value)
    return Int(SIMD16<Int32>.zero.replacing(with: 1, where: above).wrappedSum())
  }

  /// The population stability index of every column; 0 of one without bins.
  public var stability: [Double] {
    reference.columns.enumerated().map { column, bins in
      let start = column * Self.most
      return reference.stability(column, Array(counts[start..<(start + bins.shares.count)]))
    }
  }

  /// Begins anew.
  public mutating func reset() { self = Drift(reference) }
}
