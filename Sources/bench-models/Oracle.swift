import CXGBoost
import Foundation
import Models

/// What XGBoost said when a call failed.
struct OracleError: Error, CustomStringConvertible {
  let description: String

  static func check(_ status: CInt) throws {
    guard status != 0 else { return }
    throw OracleError(description: String(cString: XGBGetLastError()))
  }
}

/// XGBoost with trees of its own, on one thread.
struct Oracle: ~Copyable {
  private let booster: BoosterHandle
  let classes: Int

  /// Trains.
  ///
  /// - Parameters:
  ///   - trees: rounded up to a multiple of the classes.
  init(
    _ rows: [Float], width: Int, labels: [Float], classes: Int, trees: Int, depth: Int,
    isForest: Bool
  ) throws {
    self.classes = classes
    booster = try Self.train(
      rows, width, labels, classes, (trees + classes - 1) / classes, depth, isForest)
  }

  deinit { XGBoosterFree(booster) }

  private static func matrix(_ rows: [Float], _ width: Int) throws -> DMatrixHandle {
    var made: DMatrixHandle?
    try OracleError.check(
      XGDMatrixCreateFromMat(rows, bst_ulong(rows.count / width), bst_ulong(width), .nan, &made))
    guard let made else { throw OracleError(description: "no matrix") }
    return made
  }

  private static func train(
    _ rows: [Float], _ width: Int, _ labels: [Float], _ classes: Int, _ rounds: Int, _ depth: Int,
    _ isForest: Bool
  ) throws -> BoosterHandle {
    let matrix = try matrix(rows, width)
    defer { XGDMatrixFree(matrix) }
    try OracleError.check(
      XGDMatrixSetFloatInfo(matrix, "label", labels, bst_ulong(labels.count)))
    var made: BoosterHandle?
    try OracleError.check(XGBoosterCreate([matrix], 1, &made))
    guard let made else { throw OracleError(description: "no booster") }
    var parameters = [
      ("objective", "multi:softprob"), ("num_class", "\(classes)"), ("max_depth", "\(depth)"),
      ("tree_method", "hist"), ("nthread", "1"), ("seed", "1"), ("verbosity", "0"),
    ]
    if isForest {
      parameters += [
        ("num_parallel_tree", "\(rounds)"), ("eta", "1"), ("subsample", "0.63"),
        ("colsample_bynode", "0.2"), ("min_child_weight", "0.1"), ("lambda", "0.001"),
      ]
    } else {
      parameters += [("eta", "0.2"), ("lambda", "1")]
    }
    for (name, value) in parameters {
      try OracleError.check(XGBoosterSetParam(made, name, value))
    }
    for round in 0..<(isForest ? 1 : rounds) {
      try OracleError.check(XGBoosterUpdateOneIter(made, CInt(round), matrix))
    }
    return made
  }

  /// The trees as XGBoost's JSON.
  func json() throws -> Data {
    var (length, bytes): (bst_ulong, UnsafePointer<CChar>?) = (0, nil)
    try OracleError.check(
      XGBoosterSaveModelToBuffer(booster, "{\"format\":\"json\"}", &length, &bytes))
    guard let bytes else { throw OracleError(description: "no model") }
    return Data(bytes: bytes, count: Int(length))
  }

  /// Probabilities, predicted in place.
  func predictInPlace(_ rows: [Float], width: Int) throws -> [Float] {
    try rows.withUnsafeBufferPointer { buffer in
      let address = buffer.baseAddress.map { UInt(bitPattern: $0) } ?? 0
      let array =
        "{\"data\":[\(address),true],\"shape\":[\(rows.count / width),\(width)],"
        + "\"typestr\":\"<f4\",\"version\":3}"
      let config =
        "{\"type\":0,\"training\":false,\"iteration_begin\":0,\"iteration_end\":0,"
        + "\"strict_shape\":false,\"cache_id\":0,\"missing\":NaN}"
      var (shape, dimensions): (UnsafePointer<bst_ulong>?, bst_ulong) = (nil, 0)
      var result: UnsafePointer<Float>?
      try OracleError.check(
        XGBoosterPredictFromDense(booster, array, config, nil, &shape, &dimensions, &result))
      return Array(UnsafeBufferPointer(start: result, count: rows.count / width * classes))
    }
  }

  /// Probabilities (type 0) or contributions (2), by way of a `DMatrix`, which is made anew.
  func predict(_ rows: [Float], width: Int, type: Int = 0) throws -> [Float] {
    let matrix = try Self.matrix(rows, width)
    defer { XGDMatrixFree(matrix) }
    let config =
      "{\"type\":\(type),\"training\":false,\"iteration_begin\":0,\"iteration_end\":0,"
      + "\"strict_shape\":false}"
    var (shape, dimensions): (UnsafePointer<bst_ulong>?, bst_ulong) = (nil, 0)
    var result: UnsafePointer<Float>?
    try OracleError.check(
      XGBoosterPredictFromDMatrix(booster, matrix, config, &shape, &dimensions, &result))
    let each = type == 0 ? classes : classes * (width + 1)
    return Array(UnsafeBufferPointer(start: result, count: rows.count / width * each))
  }
}

/// The parts of XGBoost's JSON that an ensemble needs.
private struct TreeFile: Decodable {
  struct Learner: Decodable {
    var gradient_booster: Gradient
    var learner_model_param: Parameters
  }
  struct Gradient: Decodable { var model: Forest }
  struct Forest: Decodable {
    var trees: [Tree]
    var tree_info: [Int]
  }
  struct Tree: Decodable {
    var left_children: [Int]
    var right_children: [Int]
    var split_indices: [Int]
    var split_conditions: [Float]
    var sum_hessian: [Float]
  }
  struct Parameters: Decodable { var base_score: String }
  var learner: Learner
}

extension TreeEnsemble {
  /// The trees of XGBoost's JSON.
  init(xgboost json: Data, classes: Int, isForest: Bool) throws {
    let learner = try JSONDecoder().decode(TreeFile.self, from: json).learner
    let forest = learner.gradient_booster.model
    let trees = try forest.trees.map {
      try Tree(
        left: $0.left_children, right: $0.right_children, columns: $0.split_indices,
        values: $0.split_conditions, covers: $0.sum_hessian)
    }
    try self.init(
      family: isForest ? .forest : .boosted,
      baseScore: Float(learner.learner_model_param.base_score) ?? .nan, trees: trees,
      owners: forest.tree_info, classes: classes)
  }
}
