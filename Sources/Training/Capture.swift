import Addresses
import Foundation
package import Tables
import Time

/// The rows of one capture and how they get their labels.
package struct Capture: Sendable {
  /// Where a label comes from.
  package enum Label: Sendable {
    /// A truth file.
    case truth(String)
    /// The same for all rows.
    case all(Attack)
  }

  /// The file of rows.
  package var rows: String
  /// What they are called.
  package var label: Label
  /// Captures of one group are all learned from, or all held out. What stands before the first `/` is
  /// the source: the network, tool or author.
  package var group: String

  /// A capture from its parts.
  package init(rows: String, label: Label, group: String) {
    self.rows = rows
    self.label = label
    self.group = group
  }

  /// Appends the rows with wanted labels to `samples`, and tells what the capture shows of its network.
  ///
  /// - Throws: ``Unreadable``.
  package func load(
    into samples: inout Samples, where wanted: (Attack) -> Bool = { _ in true }
  ) throws -> Exposure {
    try Unreadable.naming(rows) { try read(into: &samples, where: wanted) }
  }

  private func read(
    into samples: inout Samples, where wanted: (Attack) -> Bool
  ) throws -> Exposure {
    var truth: TruthFile?
    var all = Attack.benign
    switch label {
    case .truth(let path): truth = try Unreadable.naming(path) { try TruthFile(path: path) }
    case .all(let attack): all = attack
    }
    let columns = samples.columns.map(\.index)
    var measures = [Double](repeating: 0, count: Measure.count)
    var exposure = Exposure(group: group)
    try Data(contentsOf: URL(fileURLWithPath: rows), options: .mappedIfSafe).withUnsafeBytes {
      try Table.flow.read($0) { record in
        try record.measures(into: &measures)
        let flow = try FlowIdentity(record)
        let folded = measures[Measure.folded.index] > 1
        let name = truth?.label(flow, folded: folded) ?? all
        guard wanted(name) else { return }
        exposure.see(flow, name)
        samples.append(
          label: name.rawValue, group: group, time: flow.start.microseconds
        ) { values in
          for column in columns { values.append(Float(measures[column])) }
        }
      }
    }
    return exposure
  }

  /// Reads a list of captures: `rows.csv,truth.csv|LABEL,group` a line; blank lines and lines that
  /// begin with # are passed over; paths are relative to the list's folder.
  ///
  /// - Throws: ``Unreadable``.
  package static func list(path: String) throws -> [Capture] {
    try Unreadable.naming(path) {
      let file = URL(fileURLWithPath: path)
      let folder = file.deletingLastPathComponent()
      let text = try String(contentsOf: file, encoding: .utf8)
      return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard cells.count == 3 else {
          throw TableError.cell(row: 0, column: "manifest", text: String(line))
        }
        func located(_ name: String) -> String {
          URL(fileURLWithPath: name, relativeTo: folder).path
        }
        let label = Attack(rawValue: cells[1]).map { Label.all($0) } ?? .truth(located(cells[1]))
        return Capture(rows: located(cells[0]), label: label, group: cells[2])
      }
    }
  }
}

/// How long a capture heard how many hosts: what false alerts are counted against.
package struct Exposure: Sendable {
  /// The capture's group.
  package var group: String
  private var hosts: Set<IPAddress> = []
  private var first = Int64.max
  private var last = Int64.min

  /// Nothing seen yet.
  package init(group: String) { self.group = group }

  mutating func see(_ flow: FlowIdentity, _ label: Attack) {
    first = min(first, flow.start.microseconds)
    last = max(last, flow.last.microseconds)
    if label == .benign, !flow.source.isUnspecified { hosts.insert(flow.source) }
  }

  /// Hosts that opened benign flows × days from the first flow to the last.
  package var hostDays: Double {
    first > last ? 0 : Double(hosts.count) * Double(last - first) / 86_400e6
  }
}
