import Models
import Tables
import Testing

struct BaselineTests {
  private let columns: [Measure] = [.dstFlows1s, .srcHosts60s, .pairPackets1s]

  /// A crowd around (10, 20, 30).
  private func crowd(_ count: Int, seed: UInt64) -> [Float] {
    var random = SystemlessGenerator(state: seed)
    return (0..<(count * 3)).map { Float(10 * ($0 % 3 + 1)) + Float(random.next() % 100) / 25 }
  }

  private func baseline(_ rows: [Float], seed: UInt64 = 1) throws -> Baseline {
    var grower = IsolationGrower(seed: seed)
    let (trees, sample) = grower.grow(rows, width: 3)
    return try Baseline(columns: columns, trees: trees, sample: sample, threshold: 0.6)
  }

  @Test func `what is far from the crowd scores above all of it`() throws {
    let baseline = try baseline(crowd(2000, seed: 3))
    let usual = baseline.score(crowd(500, seed: 4)).sorted()
    for stranger: [Float] in [[500, 500, 500], [0, 0, 0]] {
      #expect(baseline.score(stranger)[0] > usual[499])
    }
    // In one column it falls in with the crowd's extreme in that, which is soon alone, but not at once.
    for stranger: [Float] in [[500, 22, 32], [11, 21, 5000]] {
      #expect(baseline.score(stranger)[0] > usual[250])
    }
  }

  @Test func `the same seed makes the same trees`() throws {
    let rows = crowd(300, seed: 5)
    #expect(try baseline(rows) == baseline(rows))
    #expect(try baseline(rows) != baseline(rows, seed: 2))
  }

  @Test func `rows that are all alike can be grown from`() throws {
    let baseline = try baseline([Float](repeating: 7, count: 30))
    #expect(baseline.score([7, 7, 7])[0].isFinite)
  }

  @Test func `it is written and read again, and every truncation is refused`() throws {
    var grower = IsolationGrower(seed: 1)
    (grower.sample, grower.trees) = (16, 3)
    let (trees, sample) = grower.grow(crowd(40, seed: 1), width: 3)
    let baseline = try Baseline(
      columns: columns, trees: trees, sample: sample, threshold: 0.625,
      summary: [.init("rows", "40")])
    let bytes = baseline.serialized()
    #expect(try bytes.withUnsafeBytes { try Baseline(parsing: $0) } == baseline)
    for length in 0..<bytes.count {
      #expect(throws: ModelError.self) {
        try bytes.prefix(length).withUnsafeBytes { try Baseline(parsing: $0) }
      }
    }
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << UInt8(place % 8)
      let damaged = changed
      #expect(throws: ModelError.self) {
        try damaged.withUnsafeBytes { try Baseline(parsing: $0) }
      }
    }
  }

  @Test func `a model is no baseline`() throws {
    let bytes = try Oracle(rounds: 1).model().serialized()
    #expect(throws: ModelError.notAModel) {
      try bytes.withUnsafeBytes { try Baseline(parsing: $0) }
    }
  }

  @Test func `a forest of single leaves has path lengths and nothing else`() throws {
    let leaf = try Tree(left: [-1], right: [-1], columns: [0], values: [1])
    let baseline = try Baseline(columns: columns, trees: [leaf], sample: 2, threshold: 0.5)
    #expect(baseline.score([1, 2, 3]) == [0.5])
    #expect(throws: ModelError.baseline) {
      try Baseline(columns: columns, trees: [leaf], sample: 1, threshold: 0.5)
    }
  }

  @Test func `context is windows, and no schedule`() {
    #expect(Measure.contextColumns.contains(.dstHalfOpen1s))
    #expect(!Measure.contextColumns.contains(.pairGapMean))
    #expect(!Measure.contextColumns.contains(.synCount))
  }
}
