import CXGBoost
import Foundation

/// What XGBoost said when a call failed: the first line of its message.
struct XGBoostError: Error, CustomStringConvertible {
  let description: String

  /// Throws unless `status` is 0.
  static func check(_ status: CInt) throws {
    guard status != 0 else { return }
    let text = String(cString: XGBGetLastError())
    let line = text.split(separator: "\n").first.map(String.init) ?? "no reason given"
    throw XGBoostError(description: "XGBoost: \(line)")
  }
}

/// Rows, labels and weights as XGBoost holds them.
struct Matrix: ~Copyable {
  fileprivate let handle: DMatrixHandle

  /// Copies the rows of a table.
  init(_ samples: Samples, weights: [Float]) throws {
    handle = try Self.make(samples, weights)
  }

  private static func make(_ samples: Samples, _ weights: [Float]) throws -> DMatrixHandle {
    let count = bst_ulong(samples.count)
    var made: DMatrixHandle?
    try XGBoostError.check(
      XGDMatrixCreateFromMat(samples.values, count, bst_ulong(samples.width), .nan, &made))
    guard let made else { throw XGBoostError(description: "XGBoost: no matrix") }
    let labels = samples.labels.map(Float.init)
    try XGBoostError.check(XGDMatrixSetFloatInfo(made, "label", labels, count))
    try XGBoostError.check(XGDMatrixSetFloatInfo(made, "weight", weights, count))
    return made
  }

  deinit { XGDMatrixFree(handle) }
}

/// A forest under training.
struct Booster: ~Copyable {
  private let handle: BoosterHandle

  /// An empty forest with these parameters.
  init(_ parameters: KeyValuePairs<String, String>, train: borrowing Matrix) throws {
    handle = try Self.make(parameters, train.handle)
  }

  private static func make(
    _ parameters: KeyValuePairs<String, String>, _ matrix: DMatrixHandle
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

  /// Adds one tree a class.
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

  /// The forest as JSON.
  func json() throws -> Data {
    var length: bst_ulong = 0
    var bytes: UnsafePointer<CChar>?
    try XGBoostError.check(
      XGBoosterSaveModelToBuffer(handle, "{\"format\":\"json\"}", &length, &bytes))
    guard let bytes else { throw XGBoostError(description: "XGBoost: no model") }
    return Data(bytes: bytes, count: Int(length))
  }
}
