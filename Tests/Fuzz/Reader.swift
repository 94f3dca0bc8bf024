// Any text ending in a line feed: CSVReader's rows are libcsv's, so is its refusal, and a row handed on in
// one piece is the row handed on cell by cell. A byte 254 is sixty zeros, so that rows are long.
import CCsv
import Tables

private struct Alone {
  var rows: [[[UInt8]]] = []
  var row: [[UInt8]] = []
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzReader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let zeros = Array(String(repeating: "0,", count: 60).utf8)
  let input = UnsafeBufferPointer(start: start, count: count)
  let text: [UInt8] = input.flatMap { $0 == 254 ? zeros : [$0] } + [10]
  var alone = Alone()
  let isRead = readAlone(text, &alone)
  var rows: [[[UInt8]]] = []
  let wasRead = (try? text.withUnsafeBytes { try readRows($0, &rows) }) != nil
  guard rows == alone.rows, isRead == wasRead else { fatalError("not what libcsv reads") }
  return 0
}

private func readRows(_ text: UnsafeRawBufferPointer, _ rows: inout [[[UInt8]]]) throws {
  try CSVReader.read(text) { record in
    rows.append((0..<record.count).map { Array(record[$0]) })
    var whole = RowWriter()
    whole.cells(of: record)
    var kept = RowWriter()
    kept.cells(of: record.kept(), in: text)
    var cells = RowWriter()
    for index in 0..<record.count { cells.cell(utf8: record[index]) }
    guard whole.bytes == cells.bytes, kept.bytes == cells.bytes else { fatalError("another row") }
  }
}

private func readAlone(_ text: [UInt8], _ alone: inout Alone) -> Bool {
  var parser = csv_parser()
  guard csv_init(&parser, UInt8(CSV_STRICT | CSV_STRICT_FINI)) == 0 else { return false }
  defer { csv_free(&parser) }
  return withUnsafeMutablePointer(to: &alone) {
    csv_parse(&parser, text, text.count, onCell, onRow, $0) == text.count
      && csv_fini(&parser, onCell, onRow, $0) == 0
  }
}

private let onCell:
  @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
    let cell = UnsafeRawBufferPointer(start: $0, count: $1)
    $2?.assumingMemoryBound(to: Alone.self).pointee.row.append(Array(cell))
  }

private let onRow: @convention(c) (CInt, UnsafeMutableRawPointer?) -> Void = {
  guard let alone = $1?.assumingMemoryBound(to: Alone.self) else { return }
  alone.pointee.rows.append(alone.pointee.row)
  alone.pointee.row = []
}
