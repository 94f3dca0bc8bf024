import Addresses
import Tables
import Testing

struct ReadingTests {
  @Test func `an identity reads back`() throws {
    for state in FlowState.allCases {
      var expected = identity
      expected.state = state
      var writer = RowWriter(header: .flow)
      writer.cells(expected)
      for _ in Measure.allCases { writer.cell(0) }
      writer.endRow()
      var found: [FlowIdentity] = []
      try writer.bytes.read { try Table.flow.read($0) { found.append(try FlowIdentity($0)) } }
      #expect(found == [expected])
    }
  }

  @Test func `measures come in their own order`() throws {
    let table = flowTable(rows: 3) { row, measure in Double(row * 1_000 + measure.index) }
    var values = [Double](repeating: -1, count: Measure.count)
    try table.bytes.read { bytes in
      try Table.flow.read(bytes) { record in
        try record.measures(into: &values)
        let base = Double((record.number - 1) * 1_000)
        #expect(values == Measure.allCases.map { base + Double($0.index) })
      }
    }
  }

  @Test(arguments: [
    ("", "no header"),
    ("\n\n", "no header"),
    ("ward_flow_3\n", "header: expected ward_notice_1 in column 1, found ward_flow_3"),
    (
      "ward_notice_2,time,stage,kind,subject,count,bytes,text\n",
      "header: expected ward_notice_1 in column 1, found ward_notice_2"
    ),
    (
      "ward_notice_1,time,stage,kind,subject,count,bytes\n",
      "header: expected text in column 8, found nothing"
    ),
    (
      "ward_notice_1,time,stage,kind,subject,count,bytes,text,more\n",
      "header: expected nothing in column 9, found more"
    ),
    (
      "ward_notice_1,time,kind,stage,subject,count,bytes,text\n",
      "header: expected stage in column 3, found kind"
    ),
    (
      "\u{FEFF}ward_notice_1,time,stage,kind,subject,count,bytes,text\n",
      "header: expected ward_notice_1 in column 1, found \u{FEFF}ward_notice_1"
    ),
    ("H\n1,2,3,4,5,6,7,8\n1,2,3,4,5,6,7\n", "row 2: expected 8 cells, found 7"),
    ("H\n1,2,3,4,5,6,7,8,9\n", "row 1: expected 8 cells, found 9"),
    ("H\n1,2,3,4,5,6,7,8", "row 1: cut short"),
    ("H", "row 0: cut short"),
    ("H\n1,2,3,4,5,6,7,a\"b\n", "row 1: error parsing data while strict checking enabled"),
    ("H\n1,2,3,4,5,6,7,\"a\"b\n", "row 1: error parsing data while strict checking enabled"),
    ("H\n1,2,3,4,5,6,7,\"a\n", "row 1: error parsing data while strict checking enabled"),
  ])
  func `a damaged table is refused with the reason`(text: String, reason: String) throws {
    let header = Table.notice.columns.joined(separator: ",")
    let bytes = Array((text.hasPrefix("H") ? header + text.dropFirst() : text).utf8)
    let error = try #require(throws: TableError.self) {
      try bytes.read { try Table.notice.read($0) { _ in } }
    }
    #expect(error.description == reason)
  }

  @Test func `a cut anywhere in the last row is refused`() {
    let bytes = flowTable(rows: 2).bytes
    let lastRow = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")) ?? 0
    for end in (lastRow + 2)..<bytes.count {
      #expect(throws: TableError.self) {
        try Array(bytes[..<end]).read { try Table.flow.read($0) { _ in } }
      }
    }
  }

  @Test(arguments: [
    (0, "0"), (0, "x"), (1, "2023-02-29T00:00:00.000000Z"), (2, "-"), (3, "1.2.3"), (4, "65536"),
    (4, "-1"), (5, "::1%eth0"), (6, "80.0"), (7, "256"), (8, "0"), (9, "00:00:00:00:00"),
    (12, "OPEN"),
  ])
  func `a cell that is not what its column says names row and column`(
    column: Int, text: String
  ) throws {
    var cells = [
      "1", "2025-05-06T01:09:00.123456Z", "2025-05-06T01:09:00.123456Z", "192.0.2.1", "1",
      "192.0.2.2", "2", "6", "00:00:00:00:00:00", "00:00:00:00:00:00", "-", "-", "open", "ward",
    ]
    cells[column] = text
    cells += Measure.allCases.map { _ in "0" }
    let table = [Table.flow.columns, cells].map { $0.joined(separator: ",") + "\n" }.joined()
    let error = try #require(throws: TableError.self) {
      try Array(table.utf8).read { try Table.flow.read($0) { _ = try FlowIdentity($0) } }
    }
    #expect(error.description.hasPrefix("row 1: "))
    #expect(error.description.hasSuffix(" cannot be '\(text)'"))
  }

  @Test func `what the caller throws comes out, and nothing is read after it`() {
    struct Enough: Error {}
    var count = 0
    #expect(throws: Enough.self) {
      try flowTable(rows: 500).bytes.read { bytes in
        try Table.flow.read(bytes) { _ in
          count += 1
          if count == 3 { throw Enough() }
        }
      }
    }
    #expect(count == 3)
  }

  @Test func `CRLF line ends are read too`() throws {
    #expect(try rows("a,b\r\n1,2\r\n") == [["a", "b"], ["1", "2"]])
  }

  @Test func `a file of ten megabytes is read whole`() throws {
    let table = flowTable(rows: 20_000) { row, measure in Double(row) + Double(measure.index) / 8 }
    #expect(table.bytes.count > 10_000_000)
    var sum = 0
    var values = [Double](repeating: 0, count: Measure.count)
    try table.bytes.read { bytes in
      try Table.flow.read(bytes) { record in
        _ = try FlowIdentity(record)
        try record.measures(into: &values)
        #expect(values[0] == Double(record.number - 1))
        sum += record.number
      }
    }
    #expect(sum == 20_000 * 20_001 / 2)
  }
}
