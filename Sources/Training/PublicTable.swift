import Foundation
package import Tables
import Time

/// Tables of flows as CICFlowMeter writes them, as published: with every defect.
package struct PublicTable {
  /// The file.
  package var path: String
  /// Its group; the source of a table is its file.
  package var group: String
  /// Whether the columns of the ports' classes hold the ports themselves: for comparison with results that
  /// were had so. A model that sees ports learns the lab's (900 for LDAP), not the attack.
  package var rawPorts = false
  /// What a label becomes; nil leaves the row out.
  package var label: (String) -> String?

  /// A table whose labels stay as they are.
  package init(path: String, group: String, label: @escaping (String) -> String? = { $0 }) {
    self.path = path
    self.group = group
    self.label = label
  }

  /// The measures that rows of the file can have.
  package func measures() throws -> Set<Measure> {
    try Unreadable.naming(path) {
      var result: Set<Measure> = []
      try Self.text(path, most: 1 << 16).withUnsafeBytes { bytes in
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1
        guard end > 0 else { throw TableError.noHeader }
        try CSVReader.read(UnsafeRawBufferPointer(rebasing: bytes[...end])) { record in
          result = try PublicHeader(record).measures
        }
      }
      return result
    }
  }

  /// Appends the file's rows. Rows of one day are one group: `GROUP/2018-12-01`.
  package func load(into samples: inout Samples, _ repairs: inout Repairs) throws {
    try Unreadable.naming(path) {
      var (header, count) = (PublicHeader?.none, 0)
      try Self.text(path).withUnsafeBytes { text in
        try CSVReader.read(text) { record in
          guard let known = header else {
            let read = try PublicHeader(record)
            (header, count) = (read, record.count)
            repairs.repeatedColumns = read.repeated
            repairs.unknownColumns = read.unknown
            return
          }
          guard record.count == count else { return repairs.brokenRows += 1 }
          add(record, known, &samples, &repairs)
        }
      }
      guard header != nil else { throw TableError.noHeader }
    }
  }

  private func add(
    _ record: borrowing Record, _ header: PublicHeader, _ samples: inout Samples,
    _ repairs: inout Repairs
  ) {
    let name = Self.trimmed(record.text(header.label))
    guard PublicColumns.plain(name) != "label" else { return repairs.repeatedHeaders += 1 }
    guard let label = label(name) else { return repairs.unwantedRows += 1 }
    let time = header.time.map { PublicTime.microseconds(record.text($0)) } ?? 0
    var row = PublicRow(header: header)
    row.read(record, &repairs)
    if rawPorts { row.readPorts(record) }
    let columns = samples.columns
    samples.append(label: label, group: "\(group)/\(Self.day(time))", time: time) { values in
      for column in columns { values.append(Float(row[column])) }
    }
  }

  private static func day(_ time: Int64) -> String {
    time == 0 ? "-" : String(Timestamp(microseconds: time).formatted().prefix(10))
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The file, with a line end where the last one is missing.
  private static func text(_ path: String, most: Int? = nil) throws -> Data {
    let url = URL(fileURLWithPath: path)
    var data: Data
    if let most {
      let file = try FileHandle(forReadingFrom: url)
      data = try file.read(upToCount: most) ?? Data()
    } else {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    }
    if let last = data.last, last != UInt8(ascii: "\n") { data.append(UInt8(ascii: "\n")) }
    return data
  }
}

/// The measures of one row of a public table.
private struct PublicRow {
  let header: PublicHeader
  private var values = [Double](repeating: 0, count: Measure.count)

  init(header: PublicHeader) { self.header = header }

  subscript(measure: Measure) -> Double { values[measure.index] }

  mutating func read(_ record: borrowing Record, _ repairs: inout Repairs) {
    for (measure, cell) in header.cells {
      values[measure.index] = repairs.number(record.text(cell), measure.rawValue)
    }
    set(.durationZero, values[Measure.flowDuration.index] == 0 ? 1 : 0)
    set(.packets, self[.fwdPackets] + self[.bwdPackets])
    if let cell = header.sourcePort, let port = UInt16(record.text(cell)) {
      set(.srcPortClass, Double(PortClass(port).rawValue))
    }
    if let cell = header.destinationPort, let port = UInt16(record.text(cell)) {
      set(.dstPortClass, Double(PortClass(port).rawValue))
      set(.dstPortExploit, PortClass.isExploited(port) ? 1 : 0)
    }
  }

  mutating func readPorts(_ record: borrowing Record) {
    for (cell, measure) in [
      (header.sourcePort, Measure.srcPortClass), (header.destinationPort, .dstPortClass),
    ] {
      if let cell, let port = UInt16(record.text(cell)) { set(measure, Double(port)) }
    }
  }

  private mutating func set(_ measure: Measure, _ value: Double) { values[measure.index] = value }
}
