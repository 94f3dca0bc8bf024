import Tables
import Testing
import TestSupport

struct QuotingTests {
  @Test(arguments: [
    ("plain", "plain"), ("", "-"), ("two words", "two words"), ("a,b", "\"a,b\""),
    ("say \"no\"", "\"say \"\"no\"\"\""), ("\"", "\"\"\"\""), ("\n", "\"\n\""),
    ("a\r\nb", "\"a\r\nb\""), (" ", "\" \""), (" led", "\" led\""), ("trailed ", "\"trailed \""),
    ("\t", "\"\t\""), ("\0", "\"\0\""), ("日本語, né", "\"日本語, né\""), ("naïve", "naïve"),
  ])
  func `a cell is quoted only where it must be, and reads back`(text: String, cell: String) throws {
    let row = written {
      $0.cell("first")
      $0.cell(text)
      $0.cell("last")
    }
    #expect(row == "first,\(cell),last\n")
    #expect(try rows(row) == [["first", text.isEmpty ? "-" : text, "last"]])
  }

  @Test func `any bytes come back as they went`() throws {
    var random = Seeded(state: 4180)
    let nasty: [UInt8] = Array("\",\n\r\t \0ab;'\u{FF}é".utf8) + [0xFF, 0x80, 0x1F, 0x7F]
    for _ in 0..<300 {
      let cells = (0..<8).map { _ in
        (0...Int(random.next() % 12)).map { _ in nasty[Int(random.next() % UInt64(nasty.count))] }
      }
      var writer = RowWriter()
      for cell in cells { cell.read { writer.cell(utf8: $0) } }
      writer.endRow()
      #expect(try rows(writer.bytes) == [cells])
    }
  }

  @Test func `a row handed on cell by cell is the same row`() throws {
    let row = written {
      for text in ["a", "b,c", "", " d ", "\"e\""] { $0.cell(text) }
    }
    var copy = RowWriter()
    try Array(row.utf8).read { bytes in
      try CSVReader.read(bytes) { record in
        copy.cells(of: record)
        copy.endRow()
      }
    }
    #expect(String(decoding: copy.bytes, as: UTF8.self) == row)
  }

  @Test func `draining hands over what was written and begins anew`() {
    var writer = RowWriter()
    writer.cell("one")
    writer.endRow()
    var drained: [UInt8] = []
    writer.drain { drained += $0 }
    writer.cell("two")
    writer.endRow()
    writer.drain { drained += $0 }
    #expect(String(decoding: drained, as: UTF8.self) == "one\ntwo\n")
    #expect(writer.bytes.isEmpty)
  }
}
