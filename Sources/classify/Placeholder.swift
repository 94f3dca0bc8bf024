import Models
import Tables

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
