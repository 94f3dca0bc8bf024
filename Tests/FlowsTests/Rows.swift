import Flows
import Packets
import Tables
import Testing
import Time

/// A frame and when it is seen: µs after ``Traffic/epoch``.
struct Shot {
  var time: Int64
  var frame: [UInt8]
  var wireLength: Int?

  init(_ time: Int64, _ frame: [UInt8], wireLength: Int? = nil) {
    self.time = time
    self.frame = frame
    self.wireLength = wireLength
  }
}

/// A row as its readers see it.
struct Row {
  let identity: FlowIdentity
  let measures: [Double]

  subscript(measure: Measure) -> Double { measures[measure.index] }
  var isLast: Bool { identity.state != .open }
}

enum Traffic {
  /// A whole second, so that ticks and windows begin with it.
  static let epoch: Int64 = 1_700_000_000_000_000
  static let second: Int64 = 1_000_000

  static func moment(_ time: Int64) -> Timestamp { Timestamp(microseconds: epoch + time) }
}

extension Featurizer {
  mutating func add(_ shot: Shot) {
    shot.frame.withUnsafeBytes {
      add(
        Frame(
          bytes: $0, time: Traffic.moment(shot.time),
          wireLength: UInt32(shot.wireLength ?? shot.frame.count), link: .ethernet))
    }
  }

  mutating func take() -> [UInt8] {
    var text: [UInt8] = []
    writer.drain { text += $0 }
    return text
  }
}

/// The rows of a file.
func rows(in text: [UInt8]) throws -> [Row] {
  var rows: [Row] = []
  try text.withUnsafeBytes { text in
    try Table.flow.read(text) { record in
      var measures = [Double](repeating: .nan, count: Measure.count)
      try record.measures(into: &measures)
      rows.append(Row(identity: try FlowIdentity(record), measures: measures))
    }
  }
  return rows
}

/// The file that `shots` make as one segment, to the input's end.
func file(
  of shots: [Shot], _ limits: FlowLimits = FlowLimits(), until end: Int64? = nil
) -> [UInt8] {
  var featurizer = Featurizer(sensor: "test", limits: limits)
  featurizer.beginSegment()
  for shot in shots { featurizer.add(shot) }
  if let end { featurizer.advance(to: Traffic.moment(end)) }
  featurizer.finish()
  return featurizer.take()
}

/// The rows that `shots` make.
func rows(
  of shots: [Shot], _ limits: FlowLimits = FlowLimits(), until end: Int64? = nil
) throws -> [Row] {
  try rows(in: file(of: shots, limits, until: end))
}

/// The last rows of the flows in `shots`.
func flows(
  of shots: [Shot], _ limits: FlowLimits = FlowLimits(), until end: Int64? = nil
) throws -> [Row] {
  try rows(of: shots, limits, until: end).filter(\.isLast)
}

/// Rows are written with six decimals.
func isClose(_ left: Double, _ right: Double) -> Bool {
  abs(left - right) <= 1e-6 + 1e-9 * abs(right)
}

/// Checks columns of one row against what they must hold.
func expect(
  _ row: Row, _ expected: KeyValuePairs<Measure, Double>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (measure, value) in expected {
    #expect(
      isClose(row[measure], value), "\(measure.rawValue): \(row[measure]), expected \(value)",
      sourceLocation: sourceLocation)
  }
}
