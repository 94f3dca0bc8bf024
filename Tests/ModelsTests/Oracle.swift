import CXGBoost
import Foundation
import Models
import Tables

/// XGBoost itself, asked what our walk of its trees must say.
struct Oracle: ~Copyable {
  let classes: [Attack] = [.benign, .synFlood, .portScan, .ddos]
  let columns = Array(Measure.modelInputs.prefix(12))
  private let isForest: Bool
  private let booster: BoosterHandle
  private let matrix: DMatrixHandle

  struct Failure: Error { var message = String(cString: XGBGetLastError()) }

  private static func check(_ status: CInt) throws {
    guard status == 0 else { throw Failure() }
  }

  /// Trains on 2,000 rows of small whole numbers, so that thresholds fall on values that occur.
  ///
  /// - Parameter forest: trees a class of a random forest, all in one round; 0: boosting.
  init(rounds: Int = 8, depth: Int = 5, forest: Int = 0) throws {
    isForest = forest > 0
    (booster, matrix) = try Self.train(
      width: columns.count, rounds: isForest ? 1 : rounds, depth: depth, forest: max(1, forest))
  }

  private static func train(
    width: Int, rounds: Int, depth: Int, forest: Int
  ) throws -> (BoosterHandle, DMatrixHandle) {
    var random = SystemlessGenerator(state: 7)
    let values = (0..<(2000 * width)).map { _ in Float(random.next() % 50) / 4 }
    let labels = (0..<2000).map { row in
      Float((Int(values[row * width] * values[row * width + 3]) + Int(values[row * width + 5])) % 4)
    }
    var (matrix, booster): (DMatrixHandle?, BoosterHandle?)
    try check(XGDMatrixCreateFromMat(values, 2000, bst_ulong(width), .nan, &matrix))
    try check(XGDMatrixSetFloatInfo(matrix, "label", labels, 2000))
    try check(XGBoosterCreate([matrix], 1, &booster))
    for (name, value) in [
      ("objective", "multi:softprob"), ("num_class", "4"), ("max_depth", "\(depth)"),
      ("tree_method", "hist"), ("nthread", "1"), ("base_score", "0.37"),
      ("num_parallel_tree", "\(forest)"), ("subsample", forest > 1 ? "0.7" : "1"),
      ("eta", forest > 1 ? "1" : "0.3"),
    ] { try check(XGBoosterSetParam(booster, name, value)) }
    for round in 0..<rounds { try check(XGBoosterUpdateOneIter(booster, CInt(round), matrix)) }
    guard let booster, let matrix else { throw Failure() }
    return (booster, matrix)
  }

  deinit {
    XGBoosterFree(booster)
    XGDMatrixFree(matrix)
  }

  /// XGBoost's own probabilities.
  func predict(_ rows: [Float]) throws -> [Float] {
    try ask(rows, type: 0, width: classes.count)
  }

  /// XGBoost's own Shapley values: for every row and class one a column, and what the margin is expected
  /// to be.
  func contributions(_ rows: [Float]) throws -> [Float] {
    try ask(rows, type: 2, width: classes.count * (columns.count + 1))
  }

  private func ask(_ rows: [Float], type: Int, width: Int) throws -> [Float] {
    var handle: DMatrixHandle?
    let count = rows.count / columns.count
    try Self.check(
      XGDMatrixCreateFromMat(rows, bst_ulong(count), bst_ulong(columns.count), .nan, &handle))
    defer { XGDMatrixFree(handle) }
    let config =
      "{\"type\":\(type),\"training\":false,\"iteration_begin\":0,\"iteration_end\":0,\"strict_shape\":false}"
    var (shape, dimensions): (UnsafePointer<bst_ulong>?, bst_ulong) = (nil, 0)
    var result: UnsafePointer<Float>?
    try Self.check(
      XGBoosterPredictFromDMatrix(booster, handle, config, &shape, &dimensions, &result))
    return Array(UnsafeBufferPointer(start: result, count: count * width))
  }

  /// The same trees as a model of ours.
  func model(summary: [Model.SummaryLine] = []) throws -> Model {
    var length: bst_ulong = 0
    var bytes: UnsafePointer<CChar>?
    try Self.check(XGBoosterSaveModelToBuffer(booster, "{\"format\":\"json\"}", &length, &bytes))
    guard let bytes else { throw Failure() }
    let json = try JSONDecoder().decode(File.self, from: Data(bytes: bytes, count: Int(length)))
    let forest = json.learner.gradient_booster.model
    let trees = try forest.trees.map {
      try Tree(
        left: $0.left_children, right: $0.right_children, columns: $0.split_indices,
        values: $0.split_conditions, covers: $0.sum_hessian)
    }
    let ensemble = try TreeEnsemble(
      family: isForest ? .forest : .boosted,
      baseScore: Float(json.learner.learner_model_param.base_score) ?? .nan, trees: trees,
      owners: forest.tree_info, classes: classes.count)
    return try Model(
      classes: classes, columns: columns, members: [Member(.trees(ensemble))], summary: summary)
  }

  private struct File: Decodable {
    struct Learner: Decodable {
      var gradient_booster: Gradient
      var learner_model_param: Parameters
    }
    struct Gradient: Decodable { var model: Forest }
    struct Forest: Decodable {
      var trees: [Node]
      var tree_info: [Int]
    }
    struct Node: Decodable {
      var left_children: [Int]
      var right_children: [Int]
      var split_indices: [Int]
      var split_conditions: [Float]
      var sum_hessian: [Float]
    }
    struct Parameters: Decodable { var base_score: String }
    var learner: Learner
  }
}

/// SplitMix64: the same numbers in every run.
struct SystemlessGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
