import CXGBoost
import Foundation

/// What XGBoost said when a call failed: the first line of its message.
package struct XGBoostError: Error, CustomStringConvertible {
  package let description: String

  /// Throws unless `status` is 0.
  static func check(_ status: CInt) throws {
    guard status != 0 else { return }
    let text = String(cString: XGBGetLastError())
    let line = text.split(separator: "\n").first.map(String.init) ?? "no reason given"
    throw XGBoostError(description: "XGBoost: \(line)")
  }
}

/// Rows, and labels and weights if there are any, as XGBoost holds them.
struct Matrix: ~Copyable {
  fileprivate let handle: DMatrixHandle
  let count: Int

  /// Copies rows.
  init(_ values: [Float], width: Int) throws {
    count = values.count / width
    handle = try Self.make(values, width)
  }

  private static func make(
    _ values: [Float], _ width: Int, _ fields: [(String, [Float])] = []
  ) throws -> DMatrixHandle {
    var made: DMatrixHandle?
    try XGBoostError.check(
      XGDMatrixCreateFromMat(
        values, bst_ulong(values.count / width), bst_ulong(width), .nan, &made))
    guard let made else { throw XGBoostError(description: "XGBoost: no matrix") }
    do {
      for (name, field) in fields {
        try XGBoostError.check(XGDMatrixSetFloatInfo(made, name, field, bst_ulong(field.count)))
      }
    } catch {
      XGDMatrixFree(made)
      throw error
    }
    return made
  }

  /// Copies some rows of a table with their labels and weights.
  init(_ samples: Samples, _ rows: [Int], weights: [Float]) throws {
    count = rows.count
    let labels = rows.map { Float(samples.labels[$0]) }
    handle = try Self.make(
      samples.gather(rows), samples.width, [("label", labels), ("weight", weights)])
  }

  deinit { XGDMatrixFree(handle) }
}

/// Trees under training.
///
/// A class: several may be held in an array, and each must be freed exactly once.
final class Booster {
  private let handle: BoosterHandle

  /// No trees yet, with these parameters.
  init(_ parameters: [(String, String)], train: borrowing Matrix) throws {
    handle = try Self.make(parameters, train.handle)
  }

  private static func make(
    _ parameters: [(String, String)], _ matrix: DMatrixHandle
  ) throws -> BoosterHandle {
    var made: BoosterHandle?
    let matrices: [DMatrixHandle?] = [matrix]
    try XGBoostError.check(XGBoosterCreate(matrices, 1, &made))
    guard let made else { throw XGBoostError(description: "XGBoost: no booster") }
    for (name, value) in parameters {
      try XGBoostError.check(XGBoosterSetParam(made, name, value))
    }
    return made
  }

  deinit { XGBoosterFree(handle) }

  /// Adds one round of trees.
  func update(_ round: Int, _ train: borrowing Matrix) throws {
    try XGBoostError.check(XGBoosterUpdateOneIter(handle, CInt(round), train.handle))
  }

  /// The metric on `held` after a round.
  func metric(_ round: Int, _ held: borrowing Matrix) throws -> Double {
    var text: UnsafePointer<CChar>?
    var handles: [DMatrixHandle?] = [held.handle]
    try "held".withCString { name in
      var names: [UnsafePointer<CChar>?] = [name]
      try XGBoostError.check(
        XGBoosterEvalOneIter(handle, CInt(round), &handles, &names, 1, &text))
    }
    let words = text.map { String(cString: $0) } ?? ""
    guard let value = words.split(separator: ":").last.flatMap({ Double($0) }) else {
      throw XGBoostError(description: "XGBoost: no metric in '\(words)'")
    }
    return value
  }

  /// XGBoost's own probabilities by the first `rounds` rounds: row after row.
  func predict(_ matrix: borrowing Matrix, rounds: Int, classes: Int) throws -> [Float] {
    try ask(matrix, kind: 0, rounds: rounds, values: classes)
  }

  /// Contributions of columns to margins, a value a column and one more a class, class after class, row
  /// after row.
  ///
  /// - Parameter values: classes × (columns + 1).
  func contributions(_ matrix: borrowing Matrix, rounds: Int, values: Int) throws -> [Float] {
    try ask(matrix, kind: 2, rounds: rounds, values: values)
  }

  private func ask(
    _ matrix: borrowing Matrix, kind: Int, rounds: Int, values: Int
  ) throws -> [Float] {
    let config = """
      {"type":\(kind),"training":false,"iteration_begin":0,"iteration_end":\(rounds),\
      "strict_shape":false}
      """
    var (shape, dimensions): (UnsafePointer<bst_ulong>?, bst_ulong) = (nil, 0)
    var result: UnsafePointer<Float>?
    try XGBoostError.check(
      XGBoosterPredictFromDMatrix(handle, matrix.handle, config, &shape, &dimensions, &result))
    return Array(UnsafeBufferPointer(start: result, count: matrix.count * values))
  }

  /// The trees as JSON.
  func json() throws -> Data {
    var length: bst_ulong = 0
    var bytes: UnsafePointer<CChar>?
    try XGBoostError.check(
      XGBoosterSaveModelToBuffer(handle, "{\"format\":\"json\"}", &length, &bytes))
    guard let bytes else { throw XGBoostError(description: "XGBoost: no model") }
    return Data(bytes: bytes, count: Int(length))
  }
}
