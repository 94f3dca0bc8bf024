import ArgumentParser
import Models
import Tables
import Training

/// Which rows to read.
struct DataOptions: ParsableArguments {
  @Option(help: "Rows of a capture, as featurize makes them; may be repeated.")
  var rows: [String] = []
  @Option(help: "Truth of the capture at the same place.") var truth: [String] = []
  @Option(help: "Label of all rows.") var label: String?
  @Option(help: "List of captures, rows.csv,truth.csv|LABEL,group a line; may be repeated.")
  var manifest: [String] = []
  @Option(help: "Table of flows in CICFlowMeter's format, as published; may be repeated.")
  var cic: [String] = []
  @Option(help: "Label whose rows are left out; may be repeated.") var without: [String] = []
  @Option(help: "Seed.") var seed: UInt64 = 1
  @Flag(
    help: """
      Take the columns, too, that name the tool, the network or the recorder: for comparison with \
      others' results only.
      """)
  var allColumns = false
  @Flag(help: "Leave the context columns out, to measure what they are worth.")
  var withoutContext = false

  @Flag(help: "Take ports as numbers from public tables: for comparison only.")
  var rawPorts = false

  func validate() throws {
    guard label != nil || rows.count == truth.count else {
      throw ValidationError("every --rows needs a --truth, or all a --label")
    }
    if let label, Attack(rawValue: label) == nil {
      throw ValidationError("no class is called '\(label)'")
    }
    guard cic.isEmpty || rows.isEmpty && manifest.isEmpty else {
      throw ValidationError(
        "rows of featurize and rows of CICFlowMeter do not mix: they count otherwise")
    }
    guard !(cic.isEmpty && rows.isEmpty && manifest.isEmpty) else {
      throw ValidationError("no rows are named")
    }
  }
}

/// What was read.
struct Reading {
  var samples: Samples
  /// By group.
  var hostDays: [String: Double] = [:]
  /// By public table.
  var repairs: [String: Repairs] = [:]
  var isTable = false
}

extension DataOptions {
  /// Reads all of it.
  ///
  /// - Parameter name: what a public table's label becomes; nil leaves its row out.
  func read(name: @escaping (String) -> String?) throws -> Reading {
    var reading =
      cic.isEmpty
      ? Reading(samples: Samples(columns: Measure.allCases.filter(isWanted)))
      : try tables(name)
    for capture in try captures() {
      let exposure = try capture.load(into: &reading.samples) { !without.contains($0.rawValue) }
      reading.hostDays[capture.group, default: 0] += exposure.hostDays
    }
    reading.samples.arrange()
    return reading
  }

  private func isWanted(_ measure: Measure) -> Bool {
    (allColumns || measure.modelExclusion == nil) && !(withoutContext && measure.isContext)
  }

  private func captures() throws -> [Capture] {
    var result = try manifest.flatMap { try Capture.list(path: $0) }
    let named = label.flatMap { Attack(rawValue: $0) }
    for (index, path) in rows.enumerated() {
      result.append(
        Capture(rows: path, label: named.map { .all($0) } ?? .truth(truth[index]), group: path))
    }
    return result
  }

  /// Rows of public tables have the columns that all of the files have.
  private func tables(_ name: @escaping (String) -> String?) throws -> Reading {
    let tables = cic.map { path -> PublicTable in
      var table = PublicTable(path: path, group: Self.group(path)) { label in
        without.contains(label) ? nil : name(label)
      }
      table.rawPorts = rawPorts
      return table
    }
    let common = try tables.map { try $0.measures() }.reduce(Set(Measure.allCases)) {
      $0.intersection($1)
    }
    let columns = Measure.allCases.filter { common.contains($0) && isWanted($0) }
    var reading = Reading(samples: Samples(columns: columns), isTable: true)
    for table in tables {
      var repairs = Repairs()
      try table.load(into: &reading.samples, &repairs)
      reading.repairs[table.path] = repairs
      say(repairs.words(table.path))
    }
    return reading
  }

  /// A table's group: its path without slashes, which part groups from sources.
  private static func group(_ path: String) -> String {
    path.split(separator: "/").suffix(2).joined(separator: "-")
  }
}

extension Repairs {
  /// What was repaired, in one line for people.
  fileprivate func words(_ path: String) -> String {
    let cells = columns.values.reduce(0) { $0 + $1.total }
    let worst = columns.sorted { ($1.value.total, $0.key) < ($0.value.total, $1.key) }.prefix(4)
    let named = worst.map { "\($0.key) \($0.value.total)" }.joined(separator: ", ")
    return "train: \(path): \(cells) cells repaired" + (cells > 0 ? " (\(named))" : "")
      + ", \(brokenRows) broken rows and \(repeatedHeaders) repeated headers left out"
      + ", \(repeatedColumns.count) columns twice, \(unknownColumns.count) not known"
  }
}
