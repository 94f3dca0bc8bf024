import ArgumentParser
import Firewall
import Stage
import Tables
import Time

/// `mitigate list`: the blocks in force.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the blocks in force.")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case csv
    case json
  }

  @Option(help: "table, csv or json.")
  var format = Format.table

  @OptionGroup var options: CommandOptions

  func run() throws {
    try reportingFailures("mitigate") {
      let now = wallClock()
      let rows = try BlockListFile.all(options.openSpool()).flatMap { file in
        try file.load(now).blocks.map { ListedBlock(block: $0, backend: file.backend, now: now) }
      }
      switch format {
      case .table: table(rows)
      case .csv: csv(rows)
      case .json: print("[\(rows.map(\.json).joined(separator: ",\n "))]")
      }
    }
  }

  private func table(_ rows: [ListedBlock]) {
    guard !rows.isEmpty else { return print("nobody is blocked") }
    let lines = [ListedBlock.columns] + rows.map(\.cells)
    let widths = ListedBlock.columns.indices.map { index in lines.map { $0[index].count }.max() ?? 0
    }
    for line in lines {
      let padded = zip(line, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      print(padded.joined(separator: "  ").trimmingEnd())
    }
  }

  private func csv(_ rows: [ListedBlock]) {
    var writer = RowWriter()
    for cells in [ListedBlock.columns] + rows.map(\.cells) {
      for cell in cells { writer.cell(cell) }
      writer.endRow()
    }
    print(String(decoding: writer.bytes, as: UTF8.self), terminator: "")
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    String(reversed().drop(while: \.isWhitespace).reversed())
  }
}
