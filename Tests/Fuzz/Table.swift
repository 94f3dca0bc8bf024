// A file of any table. Byte 0 chooses the table and whether its header stands before the rest, and a byte
// 254 is all measures but three. What can be read can be written and read again.
import Tables

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzTable(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let tables: [Table] = [.flow, .verdict, .action, .notice, .order]
  let table = tables[Int(start[0] & 127) % tables.count]
  let header = start[0] < 128 ? RowWriter(header: table).bytes : []
  let measures = Array("0\(String(repeating: ",0", count: Measure.count - 4))".utf8)
  let rest = UnsafeBufferPointer(start: start + 1, count: count - 1)
  let text = header + rest.flatMap { $0 == 254 ? measures : [$0] }
  var rows = RowWriter(header: .flow)
  guard let first = try? identities(table, text, &rows), !first.isEmpty else { return 0 }
  var again = RowWriter()
  guard let second = try? identities(.flow, rows.bytes, &again), first == second else {
    fatalError("not what was written")
  }
  return 0
}

/// The identities of all rows; writes each with its measures as a flow's row.
private func identities(
  _ table: Table, _ text: [UInt8], _ rows: inout RowWriter
) throws -> [FlowIdentity] {
  var identities: [FlowIdentity] = []
  var measures = [Double](repeating: 0, count: Measure.count)
  try text.withUnsafeBytes { text in
    try table.read(text) { record in
      for index in 0..<record.count { _ = record.text(index) }
      guard record.count >= Table.measureCells.upperBound else { return }
      var identity = try FlowIdentity(record)
      try record.measures(into: &measures)
      guard measures.allSatisfy({ $0 >= 0 && $0.isFinite }) else { fatalError("not a number") }
      // The writer's word for nothing.
      if identity.application.isEmpty { identity.application = "-" }
      if identity.communityID.isEmpty { identity.communityID = "-" }
      if identity.sensor.isEmpty { identity.sensor = "-" }
      rows.cells(identity)
      for measure in measures { rows.cell(measure) }
      rows.endRow()
      identities.append(identity)
    }
  }
  return identities
}
