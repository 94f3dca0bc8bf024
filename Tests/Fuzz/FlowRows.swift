// What the targets of Flows hold of its rows.
import Tables

/// What rows say, but for their numbers in a segment.
struct Rows: Equatable {
  private var identities: [FlowIdentity] = []
  private var measures: [Double] = []
  /// The packets of last rows.
  private(set) var packets = 0

  /// Adds the rows of a segment, with or without a header.
  mutating func read(_ segment: [UInt8]) {
    var values = [Double](repeating: .nan, count: Measure.count)
    do {
      try segment.withUnsafeBytes { text in
        try CSVReader.read(text) { record in
          guard record[0].first != UInt8(ascii: "w") else { return }
          guard record.count == Table.measureCells.upperBound else { fatalError("cells") }
          var identity = try FlowIdentity(record)
          try record.measures(into: &values)
          guard identity.start <= identity.last else { fatalError("ends before it begins") }
          if identity.state != .open { packets += Int(values[Measure.packets.index]) }
          identity.row = 0
          identities.append(identity)
          measures += values
        }
      }
    } catch { fatalError("\(error)") }
  }
}
