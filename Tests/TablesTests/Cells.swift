import Addresses
import Tables
import Time

extension Array where Element == UInt8 {
  /// Calls `body` with the bytes.
  func read<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withUnsafeBytes(body)
  }
}

/// All rows of a text, cell by cell, through libcsv; the first is the header.
func rows(_ text: [UInt8]) throws -> [[[UInt8]]] {
  var rows: [[[UInt8]]] = []
  try text.read { bytes in
    try CSVReader.read(bytes) { record in
      rows.append((0..<record.count).map { Array(record[$0]) })
    }
  }
  return rows
}

func rows(_ text: String) throws -> [[String]] {
  try rows(Array(text.utf8)).map { $0.map { String(decoding: $0, as: UTF8.self) } }
}

/// One row as the writer makes it.
func written(_ body: (inout RowWriter) -> Void) -> String {
  var writer = RowWriter()
  body(&writer)
  writer.endRow()
  return String(decoding: writer.bytes, as: UTF8.self)
}

/// A row that says nothing in particular.
let identity = FlowIdentity(
  row: 7, start: Timestamp(microseconds: 1_746_493_740_123_456),
  last: Timestamp(microseconds: 1_746_493_741_000_001),
  source: IPAddress(v6: 0x2001_0db8_0000_0000, 1), sourcePort: 65_535,
  destination: IPAddress(v4: 0xC000_0201), destinationPort: 443, ipProtocol: 6,
  sourceMAC: MACAddress(bits: 0x0200_0000_0001), application: "mqtt",
  communityID: "1:LQU9qZlK+B5F3KDmev6m5PMibrg=", state: .fin, sensor: "room.12_b")

/// A flow table of `count` rows.
func flowTable(rows count: Int, value: (Int, Measure) -> Double = { _, _ in 1.5 }) -> RowWriter {
  var writer = RowWriter(header: .flow)
  for row in 0..<count {
    writer.cells(identity)
    for measure in Measure.allCases { writer.cell(value(row, measure)) }
    writer.endRow()
  }
  return writer
}
