import Tables
import Testing
import TestSupport

struct KeptRowTests {
  /// All rows of a text, written again: in the callback, after it, and cell by cell.
  private func rewritten(_ text: [UInt8]) throws -> (now: [UInt8], later: [UInt8], cells: [UInt8]) {
    var now = RowWriter()
    var later = RowWriter()
    var cells = RowWriter()
    try text.read { bytes in
      var kept: [KeptRow] = []
      try CSVReader.read(bytes) { record in
        kept.append(record.kept())
        now.cells(of: record)
        now.endRow()
        for index in 0..<record.count { cells.cell(utf8: record[index]) }
        cells.endRow()
      }
      for row in kept {
        later.cells(of: row, in: bytes)
        later.endRow()
      }
    }
    return (now.bytes, later.bytes, cells.bytes)
  }

  @Test(arguments: [
    "a,b,c\n", "a,,c\n", ",\n", "a,\n", ",a\n", "a,\"b,c\",d\n", "a,\"b\",d\n", "a, b,c\n",
    "a,b c\n",
    "a,\"b\"\"\"\n", "a,,\"b,c\"\n", "a,b\r\n1,2\r\n", "a,\"\n\"\nb\n", "a,\"b\n,\"\r\nb\n",
    "a\0,b\n",
    "\"a\"\n", "\"a,\"\n", "a,\" b\"\n", "x\"\n",
  ])
  func `a row is handed on as a writer writes it`(text: String) throws {
    guard let copy = try? rewritten(Array(text.utf8)) else { return }
    #expect(copy.now == copy.cells)
    #expect(copy.later == copy.cells)
  }

  @Test func `what a writer wrote is handed on byte for byte`() throws {
    var random = Seeded(state: 99)
    let nasty: [UInt8] = Array("\",\n\r\t \0ab;'".utf8) + [0xFF, 0x80, 0x1F, 0x7F]
    for _ in 0..<500 {
      var writer = RowWriter()
      for _ in 0..<(1 + random.next() % 3) {
        for _ in 0..<(1 + random.next() % 100) {
          if random.next() % 20 != 0 { writer.cell(Int(random.next() % 2_000)); continue }
          (0...Int(random.next() % 6)).map { _ in nasty[Int(random.next() % UInt64(nasty.count))] }
            .read { writer.cell(utf8: $0) }
        }
        writer.endRow()
      }
      let copy = try rewritten(writer.bytes)
      #expect(copy.now == writer.bytes && copy.later == writer.bytes)
    }
  }

  @Test func `a row is handed on from any cell on`() throws {
    for text in ["1,2,3\n", "1,,3\n", "1,\"2,\",3\n", "1,2,\"3\"\n"] {
      try Array(text.utf8).read { bytes in
        try CSVReader.read(bytes) { record in
          for start in 0...record.count {
            var whole = RowWriter()
            whole.cells(of: record, from: start)
            var cells = RowWriter()
            for index in start..<record.count { cells.cell(utf8: record[index]) }
            #expect(whole.bytes == cells.bytes, "\(text) from \(start)")
          }
        }
      }
    }
  }
}
