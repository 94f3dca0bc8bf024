import Detectors
import Models
import Tables

/// The judges and the rule between them: a whole table in, a ruling a row out.
struct Court {
  var model: Model?
  var baseline: Baseline?
  var detectors: DetectorSet
  var bars: Verdict.Bars
  /// The most rows of a segment whose reasons are worked out.
  var explainedRows = usualExplainedRows
  static let usualExplainedRows = 500
  /// Whether ``Batch/evidence`` is kept.
  var keepsEvidence = false

  /// The detectors and bars of a configuration; no model, no baseline yet.
  init(_ configuration: Configuration) {
    detectors = configuration.detectors
    bars = configuration.bars
    explainedRows = configuration.explainedRows
  }

  /// Judges every row of a table of flows, or of one that begins like it. The table is read once;
  /// `body` is given batch after batch.
  ///
  /// - Throws: `TableError` for text that is no such table, or what `body` throws.
  func judge(
    _ text: UnsafeRawBufferPointer, _ table: Table = .flow,
    _ body: (Batch, [Ruling]) throws -> Void
  ) throws {
    var batch = Batch()
    var clerk = Clerk(most: explainedRows)
    var measures = [Double](repeating: 0, count: Measure.count)
    try table.read(text) { record in
      try record.measures(into: &measures)
      batch.add(FlowEvidence(try FlowIdentity(record), measures), record.kept(), self)
      guard batch.count == Batch.size else { return }
      try body(batch, rule(on: batch, &clerk))
      batch.removeAll()
    }
    if batch.count > 0 { try body(batch, rule(on: batch, &clerk)) }
  }

  private func rule(on batch: Batch, _ clerk: inout Clerk) -> [Ruling] {
    var rulings = opinions(on: batch).enumerated().map { index, opinion in
      let finding = batch.findings[index]
      return Ruling(
        verdict: Verdict.decide(model: opinion?.word, detectors: finding, bars: bars),
        opinion: opinion?.word, finding: finding,
        reasons: opinion.flatMap { opinion in
          guard isNamed(opinion.word) else { return nil }
          return clerk.reasons(opinion, batch.numbers[index], model, batch.inputs, at: index)
        })
    }
    askBaseline(batch, &rulings)
    return rulings
  }

  /// Whether the model names an attack: one that it at least suspects.
  func isNamed(_ opinion: Opinion) -> Bool {
    opinion.attack.isAttack && opinion.confidence >= bars.suspicion
  }

  private func opinions(on batch: Batch) -> [ModelOpinion?] {
    guard let model, !batch.inputs.isEmpty else {
      return [ModelOpinion?](repeating: nil, count: batch.count)
    }
    let classes = model.classes
    let probabilities = model.predict(batch.inputs)
    return (0..<batch.count).map { row in
      guard batch.isLearned[row] else { return nil }
      let start = row * classes.count
      var best = 0
      for index in 1..<classes.count
      where probabilities[start + index] > probabilities[start + best] {
        best = index
      }
      let bar = model.sure.isEmpty ? 0 : Double(model.sure[best])
      return ModelOpinion(
        word: Opinion(classes[best], Double(probabilities[start + best]), bar: bar), place: best)
    }
  }

  /// Asks how unlike this site's traffic the rows are that nobody calls an attack.
  private func askBaseline(_ batch: Batch, _ rulings: inout [Ruling]) {
    guard let baseline else { return }
    let width = baseline.columns.count
    let asked = rulings.indices.filter { !rulings[$0].verdict.attack.isAttack }
    let rows =
      asked.count == rulings.count
      ? batch.surroundings
      : asked.flatMap { batch.surroundings[($0 * width)..<(($0 + 1) * width)] }
    for (index, score) in zip(asked, baseline.score(rows)) {
      rulings[index].anomaly = Double(score)
      guard score >= baseline.threshold else { continue }
      rulings[index].verdict = Verdict.decide(
        model: rulings[index].opinion, detectors: rulings[index].finding, isStrange: true,
        bars: bars)
    }
  }
}

/// A model's most probable class, and where it stands among the model's.
struct ModelOpinion {
  let word: Opinion
  let place: Int
}
