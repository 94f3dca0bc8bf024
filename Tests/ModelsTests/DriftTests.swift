import Models
import Testing

struct DriftTests {
  @Test func `a column that is mostly 0 has a bin of its own for 0`() {
    let rows: [Float] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2]
    let bins = Reference(rows: rows, width: 1).columns[0]
    #expect(bins.edges == [0, 1])
    #expect(bins.shares == [0.8, 0.1, 0.1])
  }

  @Test func `a column of one value has one bin`() {
    let bins = Reference(rows: [3, 3, 3], width: 1).columns[0]
    #expect(bins.edges.isEmpty)
    #expect(bins.shares == [1])
  }

  @Test func `the same traffic does not drift`() {
    let rows = (0..<1000).map { Float($0 % 97) }
    var drift = Drift(Reference(rows: rows, width: 1))
    drift.add(rows)
    #expect(drift.rows == 1000)
    #expect(drift.stability[0] < 1e-9)
  }

  @Test func `stability is what its formula says`() {
    let reference = Reference(columns: [.init(edges: [0], shares: [0.5, 0.5])])
    var drift = Drift(reference)
    drift.add([0, 0, 0, 1])
    // (0.75 - 0.5) ln 1.5 + (0.25 - 0.5) ln 0.5
    #expect(abs(drift.stability[0] - 0.274_653) < 1e-5)
    drift.reset()
    #expect(drift.rows == 0)
  }

  @Test func `a bin that nobody fell into is no infinity`() {
    let reference = Reference(columns: [.init(edges: [0], shares: [1, 0])])
    var drift = Drift(reference)
    drift.add([1, 1])
    #expect(drift.stability[0].isFinite)
    #expect(drift.stability[0] > 10)
  }
}
