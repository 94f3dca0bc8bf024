/// How rows are cut into learned and judged ones: the more a cut keeps apart, the more its score says of
/// traffic nobody trained on.
package enum Protocol: String, CaseIterable, Sendable, Codable {
  /// A fifth of each class's rows by chance, once or several times. For comparison only.
  case random
  /// The later rows.
  case time
  /// The earlier rows by models of the later ones: only for tables of several days.
  case timeReversed
  /// Each capture by models that did not learn from it (in folds, where there are many).
  case capture
  /// Each source (network, tool, author) by a model that learned from all other sources.
  case source
  /// Each source that has attacks and benign rows, by a model that learned from one other such source
  /// alone.
  case pair

  /// In words.
  package var words: String {
    switch self {
    case .random: "random split, row by row (for comparison only)"
    case .time: "time split: earlier rows learned, later ones judged"
    case .timeReversed: "time split the other way round"
    case .capture: "captures left out"
    case .source: "sources left out: trained on the others"
    case .pair: "trained on one source, judged on another"
    }
  }
}

/// What a protocol showed.
package struct ProtocolResult: Sendable, Codable, Equatable {
  /// Which.
  package var name: Protocol
  /// How many models were learned for it.
  package var models: Int
  /// Rows learned from (by all its models) and judged.
  package var learned: Int
  package var judged: Int
  /// What was called what.
  package var scores: Scores
  /// Macro F1 over the classes that were judged.
  package var macroF1: Double
  /// F1 by class, of those that were judged.
  package var f1: [String: Double]
  /// Attack against benign.
  package var ranking: Ranking
  /// Benign rows called an attack.
  package var falseAlerts: Int
  /// Those by host and day; nil where the captures do not say how many hosts were heard how long.
  package var falseAlertsPerHostDay: Double?
}

/// Learns and judges by several protocols with one plan.
package struct Comparison {
  private let samples: Samples
  private let plan: Plan
  private let isTable: Bool
  private let hostDays: [String: Double]
  private let folds: Int
  private let benign: Int32
  /// How often the random split is drawn.
  package var draws = 1

  /// - Parameters:
  ///   - isTable: whether the rows are a public table's, which is cut by days.
  ///   - hostDays: by group.
  ///   - folds: the most models for captures left out.
  package init(
    _ samples: Samples, _ plan: Plan, isTable: Bool, hostDays: [String: Double] = [:], folds: Int
  ) {
    (self.samples, self.plan, self.isTable) = (samples, plan, isTable)
    (self.hostDays, self.folds) = (hostDays, folds)
    benign = Int32(samples.benign)
  }

  /// The splits of a protocol; none where the rows allow none.
  package func splits(_ name: Protocol) -> [Split] {
    let rows = Array(0..<samples.count)
    let found: [Split] =
      switch name {
      case .random:
        (0..<UInt64(draws)).map {
          samples.randomSplit(rows, share: 0.2, seed: plan.seed &+ $0)
        }
      case .time: [samples.timeSplit(rows, share: 0.7, byDay: isTable)]
      case .timeReversed: reversed(rows)
      case .capture: samples.folds(rows, count: folds, seed: plan.seed)
      case .source: bySource(rows)
      case .pair: pairs(rows)
      }
    return found.filter { split in
      !split.test.isEmpty && samples.counts(split.learn).count { $0 > 0 } > 1
    }
  }

  private func reversed(_ rows: [Int]) -> [Split] {
    guard isTable else { return [] }
    let split = samples.timeSplit(rows, share: 0.7, byDay: true)
    return [Split(learn: split.test, test: split.learn)]
  }

  private func bySource(_ rows: [Int]) -> [Split] {
    let (names, ofGroup) = samples.sources()
    guard names.count > 1 else { return [] }
    return names.indices.map { source in
      let isTest = rows.map { ofGroup[Int(samples.places[$0])] == source }
      return Split(
        learn: rows.filter { !isTest[$0] }, test: rows.filter { isTest[$0] })
    }
  }

  private func pairs(_ rows: [Int]) -> [Split] {
    let (names, ofGroup) = samples.sources()
    let parts = names.indices.map { source in
      rows.filter { ofGroup[Int(samples.places[$0])] == source }
    }.filter { part in
      let counts = samples.counts(part)
      return benign >= 0 && counts[Int(benign)] > 0 && counts.count { $0 > 0 } > 1
    }
    return parts.indices.flatMap { one in
      parts.indices.filter { $0 != one }.map { Split(learn: parts[one], test: parts[$0]) }
    }
  }

  /// Learns and judges; nil where the rows allow no such split.
  package func run(_ name: Protocol) throws -> ProtocolResult? {
    let splits = splits(name)
    guard !splits.isEmpty else { return nil }
    var (said, rows) = ([Float](), [Int]())
    for split in splits {
      let vote = try Vote(samples, plan, from: split.learn, stop: [])
      said += try vote.predict(samples.gather(split.test))
      rows += split.test
    }
    return result(name, splits, said, rows)
  }

  private func result(
    _ name: Protocol, _ splits: [Split], _ said: [Float], _ rows: [Int]
  ) -> ProtocolResult {
    let (classes, width) = (samples.classes, samples.classes.count)
    let truth = rows.map { Int(samples.labels[$0]) }
    let scores = Scores(
      classes: classes, said: said, truth: truth)
    let present = classes.indices.filter { scores.support($0) > 0 }
    let falseAlerts = rows.indices.count { place in
      truth[place] == benign && best(said, place, width) != Int(benign)
    }
    let days = judgedHostDays(rows)
    return ProtocolResult(
      name: name, models: splits.count, learned: splits.reduce(0) { $0 + $1.learn.count },
      judged: rows.count, scores: scores, macroF1: scores.macroF1,
      f1: Dictionary(uniqueKeysWithValues: present.map { (classes[$0], scores.f1($0)) }),
      ranking: Ranking(said: said, truth: truth, benign: Int(benign), classes: width),
      falseAlerts: falseAlerts,
      falseAlertsPerHostDay: days > 0 ? Double(falseAlerts) / days : nil)
  }

  /// Host-days of the groups, each by the share of its benign rows that was judged.
  private func judgedHostDays(_ rows: [Int]) -> Double {
    func counts(_ rows: some Sequence<Int>) -> [Int32: Double] {
      rows.reduce(into: [:]) { result, row in
        if samples.labels[row] == benign { result[samples.places[row], default: 0] += 1 }
      }
    }
    let (judged, all) = (counts(rows), counts(0..<samples.count))
    return judged.sorted { $0.key < $1.key }.reduce(0) { sum, part in
      sum + (hostDays[samples.groups[Int(part.key)]] ?? 0) * part.value / (all[part.key] ?? 1)
    }
  }
}
