/// Rows to learn from, and rows to judge by.
package struct Split: Sendable {
  /// Positions of rows to learn from.
  package var learn: [Int]
  /// Positions of rows to judge by.
  package var test: [Int]
}

extension Samples {
  /// Cuts rows into learned and judged ones by group.
  package func split(holding held: Set<String>) -> Split {
    let isHeld = groups.map { held.contains($0) }
    var split = Split(learn: [], test: [])
    for row in 0..<count {
      if isHeld[Int(places[row])] { split.test.append(row) } else { split.learn.append(row) }
    }
    return split
  }

  /// Cuts rows into folds by group, so that every class is spread over the folds as evenly as its
  /// groups allow (Wu's stratified group folds: the groups that decide most go first, each where its
  /// classes are scarcest).
  ///
  /// - Returns: at most `count` splits, each judged by a fold of its own; none if there are fewer than
  ///   two groups.
  package func folds(_ rows: [Int], count wanted: Int, seed: UInt64) -> [Split] {
    let folds = assign(Self.byKey(rows) { Int(places[$0]) }, wanted, seed)
    guard folds.count > 1 else { return [] }
    return folds.indices.map { fold in
      Split(
        learn: folds.enumerated().filter { $0.offset != fold }.flatMap(\.element).sorted(),
        test: folds[fold].sorted())
    }
  }

  private static func byKey(_ rows: [Int], _ key: (Int) -> Int) -> [[Int]] {
    var result: [Int: [Int]] = [:]
    for row in rows { result[key(row), default: []].append(row) }
    return result.sorted { $0.key < $1.key }.map(\.value)
  }

  private func assign(_ parts: [[Int]], _ wanted: Int, _ seed: UInt64) -> [[Int]] {
    var dice = Dice(seed: seed)
    let totals = counts(parts.joined()).map { Double(max(1, $0)) }
    let shares = parts.map { zip(counts($0), totals).map { Double($0) / $1 } }
    let order = dice.order(parts.count).enumerated().map { place, part in
      (-shares[part].reduce(0) { $0 + $1 * $1 }, place, part)
    }.sorted { $0 < $1 }
    var folds = [[Int]](repeating: [], count: min(wanted, parts.count))
    var held = [[Double]](
      repeating: [Double](repeating: 0, count: totals.count), count: folds.count)
    for (_, _, part) in order {
      let costs = held.enumerated().map { fold, have in
        let more = zip(have, shares[part]).reduce(0) { $0 + ($1.0 * 2 + $1.1) * $1.1 }
        return (more, folds[fold].count, fold)
      }
      guard let fold = costs.min(by: { $0 < $1 })?.2 else { continue }
      folds[fold] += parts[part]
      for index in totals.indices { held[fold][index] += shares[part][index] }
    }
    return folds.filter { !$0.isEmpty }
  }

  /// A share of every class's rows to judge by, chosen by chance, row by row. For comparison only: rows
  /// of one flow, one tool and one second fall on both sides.
  package func randomSplit(_ rows: [Int], share: Double, seed: UInt64) -> Split {
    var dice = Dice(seed: seed)
    var split = Split(learn: [], test: [])
    for part in Self.byKey(rows, { Int(labels[$0]) }) {
      let order = dice.order(part.count).map { part[$0] }
      let test = Int((Double(part.count) * share).rounded())
      split.test += order.prefix(test)
      split.learn += order.dropFirst(test)
    }
    return Split(learn: split.learn.sorted(), test: split.test.sorted())
  }

  /// The later rows to judge by.
  ///
  /// Public tables are cut between two days, where the share of rows before the cut is nearest to `share`;
  /// captures, which may lie years apart, are each cut at that share of their own rows. Rows without a
  /// time are learned from.
  package func timeSplit(_ rows: [Int], share: Double, byDay: Bool) -> Split {
    var split = Split(learn: [], test: [])
    let parts = byDay ? [rows] : Self.byKey(rows) { Int(places[$0]) }
    for part in parts {
      let cut = cut(part.map { times[$0] }.sorted(), share, byDay)
      for row in part {
        if times[row] >= cut { split.test.append(row) } else { split.learn.append(row) }
      }
    }
    return Split(learn: split.learn.sorted(), test: split.test.sorted())
  }

  private func cut(_ sorted: [Int64], _ share: Double, _ byDay: Bool) -> Int64 {
    let unit: Int64 = byDay ? 86_400_000_000 : 1
    let wanted = Int((Double(sorted.count) * share).rounded())
    let edges = sorted.indices.dropFirst().filter { sorted[$0] / unit != sorted[$0 - 1] / unit }
    guard let edge = edges.min(by: { abs($0 - wanted) < abs($1 - wanted) }) else { return .max }
    return sorted[edge] / unit * unit
  }
}
