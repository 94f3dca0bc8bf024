import Models
import Tables

struct Drift {
  var rows = 0
  init?(_ model: Model) { return nil }
  mutating func add(_ inputs: [Float]) {}
  mutating func removeAll() {}
  var indices: [(column: Measure, index: Double)] { [] }
}
struct Contribution {
  let column: Measure
  let value: Float
  let contribution: Float
}
extension Model {
  var sure: [Float] { [] }
  func explain(_ row: [Float], as index: Int, most: Int) -> [Contribution] { [] }
}
struct Baseline {
  let columns: [Measure]
  let threshold: Float
  init(parsing: UnsafeRawBufferPointer) throws { throw ModelError.notAModel }
  func score(_ rows: [Float]) -> [Float] { [] }
  func gather(_ measures: [Double], into rows: inout [Float]) {}
}
