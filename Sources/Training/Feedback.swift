import Foundation
import Models
import Tables
import Time

/// Rows of an archive that can be learned from again.
package enum Feedback {
  /// Appends rows that people named: files of ``Tables/Table/correction``, which `classify label` keeps.
  ///
  /// - Parameters:
  ///   - path: a folder of them, or one.
  ///   - weight: how many rows each of them is worth.
  /// - Returns: how many rows were read.
  package static func corrections(
    _ path: String, weight: Float, into samples: inout Samples
  ) throws -> Int {
    let label = Table.measureCells.upperBound + 2
    return try read([.correction], path, "corrections", weight, into: &samples) { record in
      let name = record.text(label)
      guard name != "-" else { return nil }
      let attack: Attack = try record.choice(label, "label")
      return attack.rawValue
    }
  }

  /// Appends rows of verdicts upon which both judges agreed. This is self-training: what both got wrong is
  /// learned as right, and only clear rows are learned again; it is never done unless asked for.
  ///
  /// - Parameter path: a folder of archived verdicts, or one.
  package static func archive(_ path: String, into samples: inout Samples) throws -> Int {
    let first = Table.measureCells.upperBound
    return try read([.verdict, .action], path, "archive", 1, into: &samples) { record in
      let (attack, model) = (record.text(first + 1), record.text(first + 4))
      let detector = record.text(first + 6)
      let benign = Attack.benign.rawValue
      let agreed = attack == benign ? detector == "-" || detector == benign : detector == attack
      return agreed && model == attack && Attack(rawValue: attack)?.isLearned == true
        ? attack : nil
    }
  }

  private static func read(
    _ tables: [Table], _ path: String, _ source: String, _ weight: Float,
    into samples: inout Samples,
    label: (borrowing Record) throws -> String?
  ) throws -> Int {
    let columns = samples.columns.map(\.index)
    var measures = [Double](repeating: 0, count: Measure.count)
    let before = samples.count
    for file in try Folder.tables(path) {
      let group = "\(source)/\(URL(fileURLWithPath: file).lastPathComponent)"
      try Unreadable.naming(file) {
        let data = try Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe)
        try data.withUnsafeBytes { text in
          try Table.of(data, among: tables).read(text) { record in
            guard let name = try label(record) else { return }
            try record.measures(into: &measures)
            let time = try record.time(1, "start").microseconds
            samples.append(label: name, group: group, time: time, weight: weight) { values in
              for column in columns { values.append(Float(measures[column])) }
            }
          }
        }
      }
    }
    return samples.count - before
  }
}

extension Attack {
  /// Whether a model can learn it: everything but `UNKNOWN`.
  fileprivate var isLearned: Bool { self != .unknown }
}
