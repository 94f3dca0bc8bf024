import Flows
import Packets
import Tables
import Testing

/// A row of CICFlowMeter's by the names of its columns.
typealias CICRow = [String: String]

/// A conversation between 10.0.0.2 port 40000 and 10.0.0.1 port 80, written down packet by packet.
struct CICTalk {
  let client = End(2, 40_000)
  let server = End(1, 80)
  private(set) var shots: [Shot] = []

  /// A TCP segment of the client (`up`) or the server.
  mutating func tcp(
    _ time: Int64, up: Bool, _ flags: TCPFlags, payload: Int = 0, window: UInt16 = 0,
    options: Int = 0
  ) {
    let (from, to) = up ? (client, server) : (server, client)
    let frame = Frames.tcp(
      from, to, flags, window: window, options: options,
      payload: [UInt8](repeating: 0x41, count: payload))
    shots.append(Shot(time, frame))
  }

  mutating func udp(_ time: Int64, up: Bool = true, payload: Int) {
    let (from, to) = up ? (client, server) : (server, client)
    shots.append(Shot(time, Frames.udp(from, to, payload: payload)))
  }

  /// The rows that `variant` makes of it.
  func rows(_ variant: CICVariant) throws -> [CICRow] { try cicRows(of: shots, variant) }
}

extension CICFlowMeter {
  mutating func add(_ shot: Shot) {
    shot.frame.withUnsafeBytes {
      add(
        Frame(
          bytes: $0, time: Traffic.moment(shot.time),
          wireLength: UInt32(shot.wireLength ?? shot.frame.count), link: .ethernet))
    }
  }

  mutating func takeRows() throws -> [CICRow] {
    var text: [UInt8] = []
    writer.drain { text += $0 }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    let names = try #require(lines.first).split(separator: ",", omittingEmptySubsequences: false)
    return try lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      try #require(cells.count == names.count)
      return CICRow(uniqueKeysWithValues: zip(names.map(String.init), cells.map(String.init)))
    }
  }
}

/// The rows that `variant` makes of a capture.
func cicRows(of shots: [Shot], _ variant: CICVariant) throws -> [CICRow] {
  var meter = CICFlowMeter(variant)
  for shot in shots { meter.add(shot) }
  meter.finish()
  return try meter.takeRows()
}

/// Checks columns of one row, to the letter.
func expect(
  _ row: CICRow?, _ expected: KeyValuePairs<String, String>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (name, text) in expected {
    #expect(row?[name] == text, "\(name)", sourceLocation: sourceLocation)
  }
}
