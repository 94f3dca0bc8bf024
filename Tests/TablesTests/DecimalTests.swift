import Glibc
import Tables
import Testing
import TestSupport

/// Numbers of a row are read many digits at a time; each is what it is when read alone, and what
/// strtod(3) reads.
struct DecimalTests {
  /// A flow's row whose measures are `cells`, over and over.
  private func flowRow(_ cells: [String], quoting: Bool = false) -> [UInt8] {
    var writer = RowWriter(header: .flow)
    writer.cells(identity)
    writer.endRow()
    let measures = Measure.allCases.indices.map { cells[$0 % cells.count] }
    let text = quoting ? measures.map { "\"\($0)\"" } : measures
    return writer.bytes.dropLast()
      + Array((["", text.joined(separator: ",")].joined(separator: ",")).utf8) + [10]
  }

  private func read(_ row: [UInt8]) throws -> [Double] {
    var values = [Double](repeating: -1, count: Measure.count)
    try row.read { bytes in
      try Table.flow.read(bytes) { try $0.measures(into: &values) }
    }
    return values
  }

  private func cell(_ random: inout Seeded) -> String {
    func digits(_ count: Int) -> String {
      (0..<count).map { _ in "\(random.next() % 10)" }.joined()
    }
    switch random.next() % 6 {
    case 0: return "0"
    case 1: return digits(1)
    case 2: return digits(1 + Int(random.next() % 9))
    case 3: return digits(1 + Int(random.next() % 15))
    case 4: return digits(1 + Int(random.next() % 4)) + "." + digits(1 + Int(random.next() % 6))
    default: return digits(1 + Int(random.next() % 9)) + "." + digits(1 + Int(random.next() % 6))
    }
  }

  @Test(arguments: [false, true])
  func `decimal text is the number that strtod reads`(quoting: Bool) throws {
    var random = Seeded(state: 8)
    for _ in 0..<1_000 {
      let cells = (0..<Measure.count).map { _ in cell(&random) }
      let values = try read(flowRow(cells, quoting: quoting))
      for (cell, value) in zip(cells, values) { #expect(value == strtod(cell, nil), "\(cell)") }
    }
  }

  @Test func `all whole numbers to 100,000 and all millionths are read`() throws {
    for start in stride(from: 0, to: 100_000, by: Measure.count) {
      let numbers = (start..<(start + Measure.count))
      #expect(try read(flowRow(numbers.map { "\($0)" })) == numbers.map { Double($0) })
      let shares = numbers.map { number in
        let text = String(number * 10)
        return "3." + String(repeating: "0", count: max(0, 6 - text.count)) + text.prefix(6)
      }
      #expect(try read(flowRow(shares)) == shares.map { strtod($0, nil) })
    }
  }

  @Test func `a measure is read as it is read alone, and refused as it is refused alone`() throws {
    var random = Seeded(state: 17)
    let signs = Array("0123456789012345678901234567890123456789......-+eE x".utf8)
    for _ in 0..<20_000 {
      let text = String(
        decoding: (0..<(1 + random.next() % 22)).map { _ in
          signs[Int(random.next() % UInt64(signs.count))]
        }, as: UTF8.self)
      let cell = "\"\(text)\""
      let alone: Double? = try? Array("h\n\(cell)\n".utf8).read { bytes in
        var value = -1.0
        try CSVReader.read(bytes) { if $0.number > 0 { value = try $0.number(0, "h") } }
        return value
      }
      for cells in [[cell], ["0", cell, "1"]] {
        let values: [Double]? = try? read(flowRow(cells))
        #expect(values.map { $0[cells.firstIndex(of: cell) ?? 0] } == alone, "\(text)")
      }
    }
  }

  @Test func `a measure that is no number is named`() throws {
    for bad in [0, 1, 5, Measure.count - 1] {
      var cells = Measure.allCases.map { _ in "0" }
      cells[bad] = "1.2.3"
      let error = try #require(throws: TableError.self) { try read(flowRow(cells)) }
      #expect(
        error.description == "row 1: \(Measure.allCases[bad].rawValue) cannot be '1.2.3'")
    }
  }
}
