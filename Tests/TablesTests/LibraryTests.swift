import CCsv
import Tables
import Testing
import TestSupport

/// ``CSVReader`` reads whatever libcsv reads, just as it does, and refuses what it refuses.
struct LibraryTests {
  @Test(arguments: [
    "", "\n", "a\n", ",\n", ",,\n\n,\n", "a,b\r\n1,2\r\n", "a,b\r1,2\n", "\r\r\n", " \n", "a, \n",
    " a , b \n", "\ta\t,\t\n", "a b,c  d\n", "\"a\",b\n", "a,\"b\"\n", "a,\"b\"\"c\"\n",
    "a,\"b\nc\",d\n", "a,\"b\r\nc\"\r\nd\n", "a, \"b\" ,c\n", "a\"b\n", "a,\"b\"c\n", "a,\"b\n",
    "x\ny\n\"\n", "a,\"\"\n", "\"\"\n", "\"\",\n", "a,b\0c\n", "\0\n", "a,\u{1}\n", "  ,\n",
    "a,  \n",
    "a,\n\"b\n\n\"\n", "\"a\" \n", "\"a\"\t,b\n", "\"a\"\r", "é,ü \n",
  ])
  func `a text is read as libcsv reads it`(text: String) {
    let bytes = Array(text.utf8) + (text.hasSuffix("\r") ? [10] : [])
    #expect(LibraryRows(reading: bytes) == LibraryRows(bytes))
  }

  @Test func `hostile text is read as libcsv reads it`() {
    var random = Seeded(state: 1)
    for _ in 0..<20_000 {
      let text = hostile(&random, length: Int(random.next() % 300))
      #expect(LibraryRows(reading: text) == LibraryRows(text), "\(text)")
    }
  }

  @Test func `where a row's odd byte stands makes no difference`() {
    for odd in Array("\" \t\r\0,\n".utf8) {
      for place in 0..<200 {
        var text = Array(repeating: UInt8(ascii: "7"), count: 200)
        for comma in stride(from: place % 3, to: 200, by: 3) { text[comma] = UInt8(ascii: ",") }
        text[place] = odd
        text += Array("\nlast,row\n".utf8)
        #expect(LibraryRows(reading: text) == LibraryRows(text), "\(odd) at \(place)")
      }
    }
  }

  @Test func `marks are those of the bytes, whatever the processor`() {
    var random = Seeded(state: 64)
    for _ in 0..<2_000 {
      let bytes = hostile(&random, length: 64)
      let quick = ward_csv_marks(bytes)
      let plain = ward_csv_marks_plainly(bytes)
      #expect(quick.separators == plain.separators && quick.ends == plain.ends)
      #expect(quick.blanks == plain.blanks && quick.odd == plain.odd)
    }
  }

  /// Mostly digits and commas, sometimes mostly what CSV stumbles over; ends with a line feed.
  private func hostile(_ random: inout Seeded, length: Int) -> [UInt8] {
    let nasty = Array("\"\",,\n\r \t\0\u{1F}a".utf8) + [0x80, 0xFF, 0x7F]
    let plain = Array("0123456789,,,,,,.ab".utf8)
    let share = [1, 4, 30, 400][Int(random.next() % 4)]
    return (0..<length).map { _ in
      let set = random.next() % UInt64(share) == 0 ? nasty : plain
      return set[Int(random.next() % UInt64(set.count))]
    } + [UInt8(ascii: "\n")]
  }
}
