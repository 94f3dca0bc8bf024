import Models
import Testing

struct DriftTests {
  @Test func `a column that is mostly 0 has a bin of its own for 0`() {
    let rows: [Float] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2]
    let bins = Reference(rows: rows, width: 1).columns[0]
    #expect(bins.edges == [0, 1])
    #expect(bins.shares == [0.8, 0.1, 0.1])
  }

  @Test func `a column of one value has a bin for that and one for what was never seen`() {
    let reference = Reference(rows: [3, 3, 3], width: 1)
    #expect(reference.columns[0].edges == [3])
    #expect(reference.columns[0].shares == [1, 0])
    var drift = Drift(reference)
    drift.add([3, 3, 3, 4])
    #expect(drift.stability[0] > 0.25)
  }

  @Test func `rare zeros have a bin of their own, the rarest have not`() {
    let values = (0..<1000).map { Float($0 < 20 ? 0 : 100 + $0) }
    #expect(Reference(rows: values, width: 1).columns[0].edges.first == 0)
    let fewer = (0..<1000).map { Float($0 < 5 ? 0 : 100 + $0) }
    #expect(Reference(rows: fewer, width: 1).columns[0].edges.first != 0)
  }

  @Test func `every value is counted in the bin that holds it`() {
    // One row a bin, on its upper edge, and one beyond.
    let edges = (0..<15).map { Float($0 * 2) }
    let shares = [Float](repeating: 1.0 / 16, count: 16)
    let reference = Reference(columns: [.init(edges: edges, shares: shares)])
    var drift = Drift(reference)
    drift.add(edges + [1000])
    #expect(drift.stability[0] < 1e-9)
    drift.reset()
    drift.add(edges.map { $0 - 1 } + [29])
    #expect(drift.stability[0] < 1e-9)
    drift.reset()
    drift.add([.nan, .infinity, -.infinity, .greatestFiniteMagnitude])
    #expect(drift.rows == 4)
    #expect(drift.stability[0].isFinite)
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
