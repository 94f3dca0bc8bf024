import Models
import Tables
import Testing

struct PredictionTests {
  @Test(arguments: [0, 30])
  func `probabilities are XGBoost's own, on thresholds too`(forest: Int) throws {
    let oracle = try Oracle(depth: forest > 0 ? 14 : 5, forest: forest)
    let model = try oracle.model()
    var random = SystemlessGenerator(state: 99)
    var rows: [Float] = []
    for index in 0..<(3001 * model.columns.count) {
      let value = Float(random.next() % 52) / 4
      rows.append(
        [value, value.nextDown, value.nextUp, Float(random.next() % 1_000_000) / 7777, 0, 1e30][
          index % 3 == 0 ? Int(random.next() % 6) : 0])
    }
    let (ours, theirs) = (model.predict(rows), try oracle.predict(rows))
    #expect(ours.count == theirs.count)
    var worst: Float = 0
    for (a, b) in zip(ours, theirs) { worst = max(worst, abs(a - b)) }
    #expect(worst <= 1e-6)
  }

  @Test func `a batch says what its rows say one by one`() throws {
    let model = try Oracle().model()
    var random = SystemlessGenerator(state: 3)
    let width = model.columns.count
    let rows = (0..<(131 * width)).map { _ in Float(random.next() % 50) / 4 }
    let batch = model.predict(rows)
    for row in 0..<131 {
      let one = model.predict(Array(rows[(row * width)..<((row + 1) * width)]))
      #expect(Array(batch[(row * 4)..<((row + 1) * 4)]) == one)
    }
    #expect(model.predict([]).isEmpty)
  }

  @Test func `a row's probabilities add up to one`() throws {
    let model = try Oracle().model()
    let said = model.predict([Float](repeating: 2, count: model.columns.count))
    #expect(abs(said.reduce(0, +) - 1) < 1e-6)
  }

  @Test func `inputs are gathered from all measures in the model's order`() throws {
    let model = try Oracle().model()
    let measures = (0..<Measure.count).map(Double.init)
    var row: [Float] = []
    model.gather(measures, into: &row)
    #expect(row == model.columns.map { Float($0.index) })
    #expect(model.mapping == model.columns.map(\.index))
  }

  @Test func `what names a tool, a network or a recorder is no input`() {
    let inputs = Set(Measure.modelInputs)
    for excluded: Measure in [.ipVersion, .typeOfService, .fwdInitialWindow, .truncated] {
      #expect(!inputs.contains(excluded))
      #expect(excluded.modelExclusion != nil)
    }
    for wanted: Measure in [.synCount, .dstHalfOpen1s, .sqlInjections, .folded] {
      #expect(inputs.contains(wanted))
    }
  }

  @Test func `values that are not finite are walked without harm`() throws {
    let model = try Oracle().model()
    for value: Float in [.nan, .infinity, -.infinity, -1, .greatestFiniteMagnitude] {
      let said = model.predict([Float](repeating: value, count: model.columns.count * 7))
      #expect(said.count == 28)
      #expect(said.allSatisfy { $0.isFinite })
    }
  }
}
