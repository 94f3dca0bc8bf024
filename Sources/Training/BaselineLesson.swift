import Foundation
package import Models
package import Tables
import Time

/// What is normal at one site, learned from rows that were called benign there.
package struct BaselineLesson {
  /// The seed of all chance.
  package var seed: UInt64 = 1
  /// The share of held-out rows that score below the threshold.
  package var quantile = 0.999
  /// Fewer rows than these are no basis.
  package var least = 1_000
  /// Rows of these many µs before and after any row that was called an attack are left out: what came with an
  /// attack is not normal, whatever it was called (poisoning).
  package static let guardTime: Int64 = 600_000_000
  /// What the trees look at.
  package static let columns = Measure.contextColumns

  /// What was read, for people.
  package struct Counts: Sendable, Equatable {
    /// Files with rows to learn from.
    package var files = 0
    /// Rows learned from.
    package var learned = 0
    /// Rows that set the threshold.
    package var judged = 0
    /// Rows called something else than benign.
    package var others = 0
    /// Benign rows too near to an attack.
    package var nearAttacks = 0
  }

  /// Too few rows.
  package struct TooFew: Error {
    /// What was read.
    package var counts: Counts
    /// What is needed.
    package var least: Int
  }

  private struct Rows {
    var values: [Float] = []
    var times: [Int64] = []
  }

  /// A lesson with the usual settings.
  package init() {}

  /// Learns.
  ///
  /// The last tenth of the files sets the threshold, at least one; of a single file, the last tenth of its
  /// rows.
  ///
  /// - Parameter paths: files of flow rows (taken as benign), verdicts or actions, or folders of them.
  /// - Throws: ``Unreadable``, ``TooFew``, `ModelError`.
  package func learn(_ paths: [String]) throws -> (Baseline, Counts) {
    var (files, attacks, counts) = ([Rows](), [Int64](), Counts())
    for file in try paths.flatMap({ try Folder.tables($0) }).sorted() {
      let rows = try Unreadable.naming(file) { try read(file, &attacks, &counts) }
      if !rows.times.isEmpty { files.append(rows) }
    }
    attacks.sort()
    files = files.map { guarded($0, attacks, &counts) }.filter { !$0.times.isEmpty }
    counts.files = files.count
    let (learned, judged) = cut(files)
    let width = Self.columns.count
    (counts.learned, counts.judged) = (learned.count / width, judged.count / width)
    guard counts.learned + counts.judged >= least, counts.learned > 1, counts.judged > 0 else {
      throw TooFew(counts: counts, least: least)
    }
    return (try grow(learned, judged, counts), counts)
  }

  private func grow(_ learned: [Float], _ judged: [Float], _ counts: Counts) throws -> Baseline {
    var grower = IsolationGrower(seed: seed)
    let (trees, sample) = grower.grow(learned, width: Self.columns.count)
    let plain = try Baseline(columns: Self.columns, trees: trees, sample: sample, threshold: 1)
    let scores = plain.score(judged).sorted()
    let place = min(scores.count - 1, Int((Double(scores.count) * quantile).rounded(.up)))
    let summary: [Model.SummaryLine] = [
      .init("rows", "\(counts.learned) learned, \(counts.judged) for the threshold"),
      .init("left out", "\(counts.others) not benign, \(counts.nearAttacks) near to an attack"),
      .init("quantile", "\(quantile)"), .init("seed", "\(seed)"),
    ]
    return try Baseline(
      columns: Self.columns, trees: trees, sample: sample,
      threshold: min(1, scores[place].nextUp), summary: summary)
  }

  private func cut(_ files: [Rows]) -> (learned: [Float], judged: [Float]) {
    guard files.count > 1 else {
      let rows = files.first ?? Rows()
      let cut = rows.times.count * 9 / 10 * Self.columns.count
      return (Array(rows.values[..<cut]), Array(rows.values[cut...]))
    }
    let last = max(1, files.count / 10)
    return (files.dropLast(last).flatMap(\.values), files.suffix(last).flatMap(\.values))
  }

  private func read(
    _ path: String, _ attacks: inout [Int64], _ counts: inout Counts
  ) throws -> Rows {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    let table = Table.of(data, among: [.flow, .verdict, .action])
    var rows = Rows()
    var measures = [Double](repeating: 0, count: Measure.count)
    let called = Table.measureCells.upperBound + 1
    try data.withUnsafeBytes { text in
      try table.read(text) { record in
        let time = try record.time(2, "last").microseconds
        let attack: Attack = table == .flow ? .benign : try record.choice(called, "attack")
        guard attack == .benign else {
          counts.others += 1
          if attack.isAttack { attacks.append(time) }
          return
        }
        try record.measures(into: &measures)
        rows.times.append(time)
        for column in Self.columns { rows.values.append(Float(measures[column.index])) }
      }
    }
    return rows
  }

  /// Rows that are further from every attack than ``guardTime``.
  private func guarded(_ rows: Rows, _ attacks: [Int64], _ counts: inout Counts) -> Rows {
    guard !attacks.isEmpty else { return rows }
    let width = Self.columns.count
    var result = Rows()
    for (row, time) in rows.times.enumerated() {
      guard !isNear(time, attacks) else {
        counts.nearAttacks += 1
        continue
      }
      result.times.append(time)
      result.values += rows.values[(row * width)..<((row + 1) * width)]
    }
    return result
  }

  private func isNear(_ time: Int64, _ attacks: [Int64]) -> Bool {
    var (low, high) = (0, attacks.count)
    while low < high {
      let middle = (low + high) / 2
      if attacks[middle] < time - Self.guardTime { low = middle + 1 } else { high = middle }
    }
    return low < attacks.count && attacks[low] <= time + Self.guardTime
  }
}
