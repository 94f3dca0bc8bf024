import Foundation
import Tables

/// The rows of one capture and how they get their labels.
struct Capture {
  /// Where a label comes from.
  enum Label {
    /// A truth file.
    case truth(String)
    /// The same for all rows.
    case all(Attack)
  }

  var rows: String
  var label: Label
  /// Captures of one group are all learned from, or all held out.
  var group: String

  /// A file that cannot be read, and why.
  struct Unreadable: Error {
    var path: String
    var cause: any Error
  }

  /// Appends the rows with wanted labels to `samples`.
  func load(into samples: inout Samples, where wanted: (Attack) -> Bool) throws {
    do {
      try read(into: &samples, where: wanted)
    } catch {
      throw Unreadable(path: rows, cause: error)
    }
  }

  private func read(into samples: inout Samples, where wanted: (Attack) -> Bool) throws {
    var truth: TruthFile?
    var all = Attack.benign
    switch label {
    case .truth(let path): truth = try TruthFile(path: path)
    case .all(let attack): all = attack
    }
    let columns = samples.columns.map(\.index)
    var measures = [Double](repeating: 0, count: Measure.count)
    try Data(contentsOf: URL(fileURLWithPath: rows)).withUnsafeBytes { text in
      try Table.flow.read(text) { record in
        try record.measures(into: &measures)
        let folded = measures[Measure.folded.index] > 1
        let name = try truth.map { $0.label(try FlowIdentity(record), folded: folded) } ?? all
        guard wanted(name) else { return }
        samples.append(columns.map { Float(measures[$0]) }, name, group)
      }
    }
  }

  /// Reads a list of captures: `rows.csv,truth.csv|LABEL,group` a line; blank lines and lines that
  /// begin with # are passed over; paths are relative to the list's folder.
  static func list(path: String) throws -> [Capture] {
    let file = URL(fileURLWithPath: path)
    let folder = file.deletingLastPathComponent()
    let text = try String(contentsOf: file, encoding: .utf8)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 3 else {
        throw TableError.cell(row: 0, column: "manifest", text: String(line))
      }
      func located(_ name: String) -> String { URL(fileURLWithPath: name, relativeTo: folder).path }
      let label = Attack(rawValue: cells[1]).map { Label.all($0) } ?? .truth(located(cells[1]))
      return Capture(rows: located(cells[0]), label: label, group: cells[2])
    }
  }
}
