import Tables
import Testing

/// Rows against numbers that were computed by hand; the arithmetic stands with each capture.
struct GoldenTests {
  @Test(arguments: Golden.all)
  func `a row holds what was computed by hand`(golden: Golden) throws {
    let lines = lines(of: golden.shots)
    try #require(lines.indices.contains(golden.row))
    expect(lines[golden.row], identity: golden.identity)
    expect(lines[golden.row], golden.cells)
  }

  /// A column that nobody computed may hold anything; one that is always 0 was not measured.
  @Test func `every column is computed by hand somewhere`() {
    var captures: [Measure: [String]] = [:]
    var measured: Set<Measure> = []
    for golden in Golden.all {
      for (measure, text) in golden.cells {
        captures[measure, default: []].append(golden.name)
        if text != "0" { measured.insert(measure) }
      }
    }
    let missing = Measure.allCases.filter { captures[$0] == nil }
    #expect(missing.map(\.rawValue) == [], "no golden value")
    let zero = Measure.allCases.filter { captures[$0] != nil && !measured.contains($0) }
    #expect(zero.map(\.rawValue) == [], "0 in every golden row")
  }

  @Test func `no golden row names a column twice`() {
    for golden in Golden.all {
      #expect(Set(golden.cells.map(\.key)).count == golden.cells.count, "\(golden.name)")
    }
  }

  @Test(arguments: Golden.all)
  func `a golden capture may be cut at every packet`(golden: Golden) {
    let whole = Segments.rows(golden.shots)
    for cut in golden.shots.indices {
      #expect(Segments.rows(golden.shots, cuts: [cut]) == whole, "cut at \(cut)")
    }
    #expect(Segments.rows(golden.shots, cuts: Set(golden.shots.indices)) == whole)
  }
}
