import Models
import Tables

/// Models and baselines for the programs, made by hand.
enum Judges {
  /// A model of one tree a class: what has more than `bar` packets a second to one service is a SYN
  /// flood, 98 % sure; all else is benign, as sure.
  static func model(
    bar: Float = 50, attack: Attack = .synFlood, sure: [Float] = [], reference: Reference? = nil
  ) throws -> Model {
    func tree(_ low: Float, _ high: Float) throws -> Tree {
      try Tree(
        left: [1, -1, -1], right: [2, -1, -1], columns: [0, 0, 0], values: [bar, low, high],
        covers: [100, 70, 30])
    }
    let trees = try TreeEnsemble(
      family: .boosted, baseScore: 0, trees: [tree(2, -2), tree(-2, 2)])
    return try Model(
      classes: [.benign, attack], columns: [.svcHalfOpen1s, .packets],
      members: [Member(.trees(trees))],
      sure: sure, reference: reference, summary: [.init("made", "by hand")])
  }

  /// A baseline to which rows of more than `most` packets are strange, and no others.
  static func baseline(most: Float) throws -> Baseline {
    let tree = try Tree(
      left: [1, -1, -1], right: [2, -1, -1], columns: [0, 0, 0], values: [most, 40, 0.1])
    return try Baseline(columns: [.packets], trees: [tree], sample: 256, threshold: 0.6)
  }
}
