import Addresses
import Tables
import Time

/// What was done on the wire: one line an attack run.
///
/// Columns `start,end,src,dst,protocol,dst_port,label`. `*` is any. A flow row has the label of the
/// first line that it overlaps in time and whose ends and protocol it matches, either way round;
/// without one it is `BENIGN`. Lines of label `BENIGN` come first: they take the honest clients of
/// an attacked service out of lines whose source is `*`.
struct Truth {
  /// One line.
  struct Line {
    var span: Range<Int64>
    var source: IPAddress?
    var destination: IPAddress?
    var ipProtocol: UInt8?
    var port: UInt16?
    var label: Attack
  }

  private(set) var lines: [Line] = []

  /// Notes an attack run.
  mutating func add(
    _ label: Attack, _ span: Range<Int64>, from source: IPAddress?, to destination: IPAddress?,
    protocol ipProtocol: UInt8? = nil, port: UInt16? = nil
  ) {
    lines.append(
      Line(
        span: span, source: source, destination: destination, ipProtocol: ipProtocol, port: port,
        label: label))
  }

  /// The file, with the pairs of `honest` hosts taken out of lines without a source.
  func csv(honest: Set<[IPAddress]>) -> [UInt8] {
    var text = "start,end,src,dst,protocol,dst_port,label\n"
    let sorted = lines.sorted { $0.span.lowerBound < $1.span.lowerBound }
    for line in sorted where line.source == nil {
      for pair in Self.order(honest.filter { $0.contains(line.destination ?? $0[0]) }) {
        text += Self.row(
          Line(span: line.span, source: pair[0], destination: pair[1], label: .benign))
      }
    }
    for line in sorted { text += Self.row(line) }
    return Array(text.utf8)
  }

  private static func order(_ pairs: some Sequence<[IPAddress]>) -> [[IPAddress]] {
    pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
  }

  private static func row(_ line: Line) -> String {
    let cells = [
      Timestamp(microseconds: line.span.lowerBound).formatted(),
      Timestamp(microseconds: line.span.upperBound).formatted(),
      line.source.map(\.description) ?? "*", line.destination.map(\.description) ?? "*",
      line.ipProtocol.map(\.description) ?? "*", line.port.map(\.description) ?? "*",
      line.label.rawValue,
    ]
    return cells.joined(separator: ",") + "\n"
  }
}
