package import Models
package import Tables

extension Lesson {
  /// The model that the lesson makes.
  ///
  /// - Parameters:
  ///   - classes: what the samples' classes are as attacks.
  ///   - reference: of the training rows' columns, for drift.
  package func model(
    classes: [Attack], columns: [Measure], reference: Reference?, summary: [Model.SummaryLine]
  ) throws -> Model {
    var members = try vote.trees.map { Member(.trees(try $0.ensemble())) }
    if let network = vote.perceptron { members.append(Member(.perceptron(network.layers()))) }
    return try Model(
      classes: classes, columns: columns, members: members,
      calibration: check == nil ? Calibration() : calibrator.calibration, sure: check?.sure ?? [],
      reference: reference, summary: summary)
  }
}

extension LearnedTrees {
  /// The trees that count, as ``Models`` walks them.
  package func ensemble() throws -> TreeEnsemble {
    let file = try file()
    let trees = try file.trees.map {
      try Tree(
        left: $0.left_children, right: $0.right_children, columns: $0.split_indices,
        values: $0.split_conditions, covers: $0.sum_hessian)
    }
    return try TreeEnsemble(
      family: family == .boosted ? .boosted : .forest, baseScore: file.baseScore, trees: trees)
  }
}

extension LearnedNetwork {
  /// The layers without padding, as ``Models`` goes through them.
  package func layers() -> Perceptron {
    var inputs = shift.count
    let layers = network.layers.map { layer in
      let weights = (0..<inputs).flatMap { input in
        let start = layer.start + input * layer.padded
        return network.parameters[start..<(start + layer.outputs)]
      }
      inputs = layer.outputs
      return Perceptron.Layer(
        weights: weights,
        biases: Array(network.parameters[layer.biases..<(layer.biases + layer.outputs)]))
    }
    return Perceptron(shift: shift, scale: scale, layers: layers)
  }
}

extension Calibrator {
  /// The curves as ``Models`` follows them.
  package var calibration: Calibration {
    Calibration(curves: curves.map(\.curve))
  }
}

extension Samples {
  /// How the columns are spread over the benign rows, as they were read: what a quiet network is measured
  /// against. At most 100,000 of them, evenly chosen; of all rows if none is benign.
  package func reference() -> Reference {
    let usual = (0..<count).filter { Int(labels[$0]) == benign }
    let rows = usual.isEmpty ? Array(0..<count) : usual
    let step = max(1, (rows.count + 99_999) / 100_000)
    let chosen = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    return Reference(rows: gather(chosen), width: width)
  }
}
