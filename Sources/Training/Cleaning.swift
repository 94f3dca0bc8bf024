import Tables

/// What cleaning took away, for the card.
package struct CleaningReport: Sendable, Codable, Equatable {
  /// Rows before.
  package var rows = 0
  /// Rows that repeated an earlier one with the same inputs and label.
  package var duplicates = 0
  /// Rows left out so that no class is larger than asked for, by class.
  package var thinned: [String: Int] = [:]
  /// Columns that have one value in all rows.
  package var constant: [String] = []
  /// Columns that repeat another one, and which.
  package var repeated: [String: String] = [:]

  /// Nothing done yet.
  package init() {}

  /// Notes what thinning took.
  mutating func note(before: [Int], after: [Int], _ classes: [String]) {
    for (index, name) in classes.enumerated() where before[index] > after[index] {
      thinned[name] = before[index] - after[index]
    }
  }
}

extension Samples {
  /// Collapses what repeats, thins all classes, drops idle columns: for rows none of which is held out.
  package mutating func clean(
    most: Int, seed: UInt64, keepingDuplicates: Bool = false
  ) -> CleaningReport {
    var report = CleaningReport()
    report.rows = count
    report.duplicates = keepingDuplicates ? 0 : collapse()
    let rows = Array(0..<count)
    let kept = thinned(rows, to: most, seed: seed)
    report.note(before: counts(rows), after: counts(kept), classes)
    let isKept = Set(kept)
    keep { isKept.contains($0) }
    dropIdleColumns(by: Array(0..<count), &report)
    return report
  }

  /// Drops every row but the first of those with the same inputs and label, and counts them. What
  /// repeats a row keeps the larger weight.
  package mutating func collapse() -> Int {
    var first: [Fingerprint: Int] = [:]
    var kept = [Bool](repeating: true, count: count)
    let before = count
    values.withUnsafeBufferPointer { values in
      for row in labels.indices {
        let cells = values[(row * width)..<((row + 1) * width)]
        let print = Fingerprint(cells, label: labels[row])
        guard let earlier = first[print] else {
          first[print] = row
          continue
        }
        let heavier = weights[row] > weights[earlier]
        kept[heavier ? earlier : row] = false
        if heavier { first[print] = row }
      }
    }
    keep { kept[$0] }
    return before - count
  }

  /// At most `most` of some rows a class, chosen by the seed, shared out evenly among the groups first;
  /// corrections, which weigh more than 1, all stay.
  package func thinned(_ rows: [Int], to most: Int, seed: UInt64) -> [Int] {
    var dice = Dice(seed: seed)
    var taken: [Int: Int] = [:]
    let ranked = dice.order(rows.count).enumerated().map { place, index in
      let row = rows[index]
      let key = Int(labels[row]) * groups.count + Int(places[row])
      taken[key, default: 0] += 1
      let rank = weights[row] > 1 ? 0 : taken[key, default: 0]
      return (rank, place, row)
    }.sorted { $0 < $1 }
    var counts = [Int](repeating: 0, count: classes.count)
    let kept = ranked.filter { rank, _, row in
      guard rank == 0 || counts[Int(labels[row])] < most else { return false }
      counts[Int(labels[row])] += 1
      return true
    }
    return kept.map { $0.2 }.sorted()
  }

  /// Drops columns with one value in all of some rows, and columns that are the same there as one before
  /// them.
  package mutating func dropIdleColumns(by rows: [Int], _ report: inout CleaningReport) {
    guard let start = rows.first.map({ $0 * width }) else { return }
    var constant = [Bool](repeating: true, count: width)
    var hashes = [Fingerprint](repeating: Fingerprint(), count: width)
    values.withUnsafeBufferPointer { values in
      for row in rows {
        for column in 0..<width {
          let value = values[row * width + column]
          if value != values[start + column] { constant[column] = false }
          hashes[column].add(value)
        }
      }
    }
    var first: [Fingerprint: Int] = [:]
    var kept: [Int] = []
    for column in 0..<width {
      if constant[column] {
        report.constant.append(columns[column].rawValue)
      } else if let earlier = first[hashes[column]] {
        report.repeated[columns[column].rawValue] = columns[earlier].rawValue
      } else {
        first[hashes[column]] = column
        kept.append(column)
      }
    }
    keep(columns: kept)
  }
}

/// 128 bits of a row or a column: two different ones have the same with a chance below 10⁻²⁵ for a
/// million rows.
private struct Fingerprint: Hashable {
  private var one: UInt64 = 0xCBF2_9CE4_8422_2325
  private var two: UInt64 = 0x9E37_79B9_7F4A_7C15

  init() {}

  init(_ cells: Slice<UnsafeBufferPointer<Float>>, label: Int32) {
    two ^= UInt64(truncatingIfNeeded: label)
    for value in cells { add(value) }
  }

  @inline(__always) mutating func add(_ value: Float) {
    one = (one ^ UInt64(value.bitPattern)) &* 0x100_0000_01B3
    two = (two &+ UInt64(value.bitPattern)) &* 0x9E37_79B9_7F4A_7C15
    two ^= two >> 29
  }
}
