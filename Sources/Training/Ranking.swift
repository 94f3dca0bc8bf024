/// Attack against benign, by the probability that a row is no benign one.
package struct Ranking: Sendable, Codable, Equatable {
  /// Share of the attack rows found when at most one benign row in 1,000 is called an attack.
  package let recallAt1e3: Double
  /// The same for one in 10,000.
  package let recallAt1e4: Double
  /// Area below the curve of precision over recall (average precision).
  package let area: Double
  /// Benign rows: with fewer than 10,000 of them the second figure means none at all.
  package let benign: Int
  /// Attack rows.
  package let attacks: Int

  /// Ranks rows.
  ///
  /// - Parameters:
  ///   - scores: how much of an attack each row looks like.
  ///   - isAttack: what it is.
  package init(scores: [Float], isAttack: [Bool]) {
    attacks = isAttack.count { $0 }
    benign = isAttack.count - attacks
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var (hits, misses, area, at3, at4, start) = (0, 0, 0.0, 0, 0, 0)
    while start < order.count {
      // Rows with equal scores come together.
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let found = order[start..<end].count { isAttack[$0] }
      hits += found
      misses += end - start - found
      area += Double(found) * Double(hits) / Double(hits + misses)
      if misses <= benign / 1_000 { at3 = hits }
      if misses <= benign / 10_000 { at4 = hits }
      start = end
    }
    let all = Double(max(1, attacks))
    (recallAt1e3, recallAt1e4, self.area) = (Double(at3) / all, Double(at4) / all, area / all)
  }
}
