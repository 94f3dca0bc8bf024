package import Models

extension Samples {
  /// Rows of each source by class.
  package func census() -> [ModelCard.Source] {
    let (names, ofGroup) = sources()
    var result = names.enumerated().map { index, name in
      ModelCard.Source(name: name, groups: ofGroup.count { $0 == index }, rows: [:])
    }
    for row in 0..<count {
      result[ofGroup[Int(places[row])]].rows[classes[Int(labels[row])], default: 0] += 1
    }
    return result
  }

  /// What is learned from and what is held out.
  package func division(_ split: Split, held: Set<String>) -> ModelCard.Division {
    func named(_ rows: [Int]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: zip(classes, counts(rows)))
    }
    return ModelCard.Division(
      groupsLearned: groups.count { !held.contains($0) }, groupsHeld: held.sorted(),
      learned: named(split.learn), held: named(split.test))
  }

  /// How a model does on some rows.
  package func judged(by model: Model, rows: [Int]) -> ModelCard.Result {
    let truth = rows.map { Int(labels[$0]) }
    let values = gather(rows)
    let (said, raw) = (model.predict(values), model.uncalibrated(values))
    let scores = Scores(classes: classes, said: said, truth: truth)
    return ModelCard.Result(
      macroF1: scores.macroF1, scores: scores,
      reliability: Reliability(said: said, truth: truth, classes: classes.count),
      uncalibrated: Reliability(said: raw, truth: truth, classes: classes.count),
      ranking: Ranking(said: said, truth: truth, benign: benign, classes: classes.count))
  }
}

extension Lesson.Check {
  /// For the card.
  package var result: ModelCard.Result {
    ModelCard.Result(
      macroF1: scores.macroF1, scores: scores, reliability: after, uncalibrated: before,
      ranking: ranking)
  }
}

extension ModelCard {
  /// What goes into the model's file.
  package var summary: [Model.SummaryLine] {
    let learned = division.map { division in
      classes.map { "\($0) \(division.learned[$0] ?? 0)" }.joined(separator: ", ")
    }
    var lines: [Model.SummaryLine] = [
      .init("data", data), .init("date", date), .init("seed", "\(seed)"),
      .init("family", families.map(\.rawValue).joined(separator: ", ")),
      .init("rows", learned ?? "-"), .init("options", options.words),
      .init("held out", division.map { "\($0.groupsHeld.count) groups" } ?? "-"),
    ]
    if let crossValidation {
      lines += [
        .init("cross-validated macro F1", fixed(crossValidation.macroF1, 4)),
        .init("calibration error", fixed(crossValidation.reliability.error, 4)),
      ]
    }
    guard let heldOut else { return lines }
    lines.append(.init("macro F1", fixed(heldOut.macroF1, 4)))
    let scores = heldOut.scores
    for (index, name) in classes.enumerated() where scores.support(index) > 0 {
      lines.append(
        .init("F1 \(name)", "\(fixed(scores.f1(index), 4)) of \(scores.support(index)) rows"))
    }
    return lines
  }
}
