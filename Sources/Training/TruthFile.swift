import Addresses
import Foundation
import Tables
import Time

/// What was done in a capture, as `imitate` and `scripts/room` write it:
/// `start,end,src,dst,protocol,dst_port,label`, and what else may stand behind these.
struct TruthFile {
  fileprivate struct Line {
    var start: Timestamp
    var end: Timestamp
    var source: IPAddress?
    var destination: IPAddress?
    var ipProtocol: UInt8?
    var port: UInt16?
    var label: Attack
  }

  private let lines: [Line]

  /// Reads a file.
  init(path: String) throws {
    var lines: [Line] = []
    try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { text in
      try CSVReader.read(text) { record in
        guard record.count >= 7 else {
          throw TableError.cellCount(row: record.number, expected: 7, found: record.count)
        }
        guard record.number > 0 else { return }
        lines.append(try Line(record))
      }
    }
    self.lines = lines
  }

  /// The label of a flow: of the first line that it matches, else benign.
  ///
  /// - Parameter folded: whether the row stands for several flows.
  func label(_ flow: FlowIdentity, folded: Bool) -> Attack {
    lines.first { $0.matches(flow, folded) }?.label ?? .benign
  }
}

extension Record {
  /// A cell of the truth; nil for any.
  fileprivate func truth<Value>(
    _ index: Int, _ column: String, _ read: (String) -> Value?
  ) throws -> Value? {
    let text = text(index)
    guard !text.isEmpty, text != "*" else { return nil }
    guard let value = read(text) else {
      throw TableError.cell(row: number, column: column, text: String(text.prefix(80)))
    }
    return value
  }
}

extension TruthFile.Line {
  fileprivate init(_ record: borrowing Record) throws {
    start = try record.time(0, "start")
    end = try record.time(1, "end")
    source = try record.truth(2, "src") { IPAddress($0) }
    destination = try record.truth(3, "dst") { IPAddress($0) }
    ipProtocol = try record.truth(4, "protocol") { UInt8($0) }
    port = try record.truth(5, "dst_port") { UInt16($0) }
    label = try record.choice(6, "label")
  }

  /// Overlap in time, protocol, and ends in one of the two directions. A row that folds many flows
  /// has an unspecified end or port 0, which matches whatever an attack's line says there.
  fileprivate func matches(_ flow: FlowIdentity, _ folded: Bool) -> Bool {
    guard flow.start <= end, flow.last >= start else { return false }
    guard ipProtocol == nil || ipProtocol == flow.ipProtocol else { return false }
    let lenient = folded && label.isAttack
    return ends(flow.source, flow.destination, flow.destinationPort, lenient)
      || ends(flow.destination, flow.source, flow.sourcePort, lenient)
  }

  private func ends(_ from: IPAddress, _ to: IPAddress, _ toPort: UInt16, _ lenient: Bool) -> Bool {
    func same(_ wanted: IPAddress?, _ found: IPAddress) -> Bool {
      wanted == nil || wanted == found || lenient && found.isUnspecified
    }
    return same(source, from) && same(destination, to)
      && (port == nil || port == toPort || lenient && toPort == 0)
  }
}
