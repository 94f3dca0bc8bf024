import Models
import Tables
import Testing

struct FamilyTests {
  private let classes: [Attack] = [.benign, .ddos]
  private let columns: [Measure] = [.syn, .ack]

  /// Exclusive or of log(1 + x) > 0: two hidden units, hand-made.
  private func exclusive() -> Member {
    let hidden = Perceptron.Layer(weights: [1, 1, 1, 1], biases: [0, -1])
    let last = Perceptron.Layer(weights: [0, 8, 0, -16], biases: [4, 0])
    return Member(
      .perceptron(
        Perceptron(shift: [0, 0], scale: [1.442_695, 1.442_695], layers: [hidden, last])))
  }

  private func stump(_ column: Int) throws -> Member {
    let low = try Tree(left: [-1], right: [-1], columns: [0], values: [0])
    let high = try Tree(
      left: [1, -1, -1], right: [2, -1, -1], columns: [column, 0, 0], values: [0.5, -2, 2])
    return Member(
      .trees(try TreeEnsemble(family: .boosted, baseScore: 0, trees: [low, high])), weight: 3)
  }

  @Test func `a perceptron computes what its weights say`() throws {
    let model = try Model(classes: classes, columns: columns, members: [exclusive()])
    let said = model.predict([0, 0, 1, 0, 0, 1, 1, 1])
    let attack = stride(from: 1, to: 8, by: 2).map { said[$0] > 0.5 }
    #expect(attack == [false, true, true, false])
  }

  @Test func `a perceptron's inputs are cut off, whatever comes`() throws {
    let network = Perceptron(shift: [0, 1], scale: [100, 2], layers: [])
    #expect(network.input(1000, 0) == Perceptron.reach)
    #expect(network.input(0, 1) == -2)
    for value: Float in [.nan, -1, -.infinity] { #expect(network.input(value, 0) == 0) }
    #expect(network.input(.infinity, 1) == Perceptron.reach)
    let model = try Model(classes: classes, columns: columns, members: [exclusive()])
    for value: Float in [.nan, .infinity, -.infinity, .greatestFiniteMagnitude] {
      #expect(model.predict([value, value]).allSatisfy { (0...1).contains($0) })
    }
  }

  @Test func `weights whose sums could leave a 32-bit float are refused`() throws {
    let layer = Perceptron.Layer(weights: [1e38, 0, 0, 0], biases: [0, 0])
    #expect(throws: ModelError.layer(1)) {
      try Model(
        classes: classes, columns: columns,
        members: [
          Member(.perceptron(Perceptron(shift: [0, 0], scale: [1, 1], layers: [layer])))
        ])
    }
  }

  @Test func `a forest's trees, class after class, are taken in turn`() throws {
    func leaf(_ value: Float) throws -> Tree {
      try Tree(left: [-1], right: [-1], columns: [0], values: [value])
    }
    let trees = try [1, 2, 3, 4].map { try leaf($0) }
    let forest = try TreeEnsemble(
      family: .forest, baseScore: 0, trees: trees, owners: [0, 0, 1, 1], classes: 2)
    #expect(forest.trees == [trees[0], trees[2], trees[1], trees[3]])
    for owners in [[0, 0, 0, 1], [0, 1, 2, 2], [0, 1], [-1, 0, 1, 1]] {
      #expect(throws: ModelError.self) {
        try TreeEnsemble(
          family: .forest, baseScore: 0, trees: trees, owners: owners, classes: 2)
      }
    }
  }

  @Test func `voters are averaged by weight`() throws {
    let (one, two) = (exclusive(), try stump(0))
    let rows: [Float] = [0, 1, 1, 1]
    let apart = try [one, two].map {
      try Model(classes: classes, columns: columns, members: [$0]).predict(rows)
    }
    let vote = try Model(classes: classes, columns: columns, members: [one, two]).predict(rows)
    for index in vote.indices {
      #expect(abs(vote[index] - (apart[0][index] + 3 * apart[1][index]) / 4) < 1e-6)
    }
  }

  @Test func `calibration bends each class and makes the sum 1 again`() throws {
    let curve = Calibration.Curve(inputs: [0, 1], outputs: [0, 0.5])
    let flat = Calibration.Curve(inputs: [0.5], outputs: [0.25])
    let plain = try Model(classes: classes, columns: columns, members: [try stump(0)])
    let bent = try Model(
      classes: classes, columns: columns, members: [try stump(0)],
      calibration: Calibration(curves: [curve, flat]))
    let (before, after) = (plain.predict([0, 0]), bent.predict([0, 0]))
    let sum = before[0] / 2 + 0.25
    #expect(abs(after[0] - before[0] / 2 / sum) < 1e-6)
    #expect(abs(after[0] + after[1] - 1) < 1e-6)
    #expect(bent.uncalibrated([0, 0]) == before)
  }

  @Test(arguments: [([0, 0.5], [0.5, 0.4]), ([0.5, 0.5], [0, 1]), ([], []), ([0], [1.5])])
  func `a curve that falls, repeats, is empty or leaves the range is refused`(
    inputs: [Float], outputs: [Float]
  ) throws {
    let curve = Calibration.Curve(inputs: inputs, outputs: outputs)
    let stump = try stump(0)
    #expect(throws: ModelError.calibration(0)) {
      try Model(
        classes: classes, columns: columns, members: [stump],
        calibration: Calibration(curves: [curve, curve]))
    }
  }

  @Test func `layers that do not fit are refused`() throws {
    let layer = Perceptron.Layer(weights: [1, 2, 3], biases: [0, 0])
    let wide = Perceptron.Layer(weights: [1, 2, 3, 4, 5, 6], biases: [0, 0, 0])
    for (layers, place) in [([layer], 1), ([wide], 1), ([], 0)] {
      #expect(throws: ModelError.layer(place)) {
        try Model(
          classes: classes, columns: columns,
          members: [
            Member(.perceptron(Perceptron(shift: [0, 0], scale: [1, 1], layers: layers)))
          ])
      }
    }
  }

  @Test func `everything that a model can hold is written and read again`() throws {
    let curve = Calibration.Curve(inputs: [0.1, 0.9], outputs: [0, 1])
    let model = try Model(
      classes: classes, columns: columns, members: [exclusive(), try stump(1)],
      calibration: Calibration(curves: [curve, curve]), sure: [0, 0.93],
      reference: Reference(rows: [0, 1, 0, 2, 0, 3, 5, 4], width: 2))
    let bytes = model.serialized()
    let again = try bytes.withUnsafeBytes { try Model(parsing: $0) }
    #expect(again.members == model.members)
    #expect(again.calibration == model.calibration)
    #expect(again.sure == [0, 0.93])
    #expect(again.reference == model.reference)
    #expect(again.serialized() == bytes)
    for length in 0..<bytes.count {
      #expect(throws: ModelError.self) {
        try bytes.prefix(length).withUnsafeBytes { try Model(parsing: $0) }
      }
    }
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << UInt8(place % 8)
      let damaged = changed
      #expect(throws: ModelError.self) {
        try damaged.withUnsafeBytes { try Model(parsing: $0) }
      }
    }
  }
}
