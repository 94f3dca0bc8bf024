import Tables
import Testing
import TestSupport

struct NumberTests {
  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (42, "42"), (0.5, "0.5"), (0.25, "0.25"),
    (0.000001, "0.000001"), (0.0000004, "0"), (0.0000006, "0.000001"),
    (1.1, "1.1"), (1.100000, "1.1"), (3.14159265, "3.141593"), (100, "100"), (100.010, "100.01"),
    (0.9999996, "1"), (1.9999999, "2"), (9.9999994, "9.999999"), (999_999.9999999, "1000000"),
    (.nan, "0"), (-.nan, "0"), (.infinity, "0"), (-.infinity, "0"), (-1, "0"), (-0.001, "0"),
    (.leastNonzeroMagnitude, "0"), (4_294_967_296.125, "4294967296.125"),
    (9_999_999_999_999.5, "9999999999999.5"), (10_000_000_000_000.5, "10000000000001"),
    (9_007_199_254_740_992, "9007199254740992"), (9e15, "9000000000000000"),
    (1e19, "10000000000000000000"), (1e300, "18446744073709551615"),
    (.greatestFiniteMagnitude, "18446744073709551615"),
  ])
  func `a number is written with six decimals at most`(value: Double, text: String) {
    #expect(written { $0.cell(value) } == "\(text)\n")
  }

  @Test(arguments: [
    (0, "0"), (-1, "-1"), (Int.max, "9223372036854775807"), (.min, "-9223372036854775808"),
  ])
  func `an integer is written as it is`(value: Int, text: String) {
    #expect(written { $0.cell(value) } == "\(text)\n")
  }

  @Test func `whatever a number is, its text reads back`() throws {
    var random = Seeded(state: 754)
    for _ in 0..<50 {
      let values = (0..<1_000).map { _ in number(&random) }
      var writer = RowWriter()
      for value in values { writer.cell(value) }
      writer.endRow()
      try writer.bytes.read { bytes in
        try CSVReader.read(bytes) { record in
          for (index, value) in values.enumerated() {
            let read = try record.number(index, "\(value)")
            let expected = value.isFinite && value > 0 ? min(value, 0x1p64) : 0
            #expect(abs(read - expected) <= (expected < 1e13 ? max(5.1e-7, expected.ulp) : 0.5))
          }
        }
      }
    }
  }

  /// Any bit pattern, or one of a magnitude that occurs.
  private func number(_ random: inout Seeded) -> Double {
    switch random.next() % 3 {
    case 0: Double(bitPattern: random.next())
    case 1: Double(random.next() % 1_000_000_000) / 1_000
    default: Double.random(in: 0...1, using: &random) * pow10(Int(random.next() % 20))
    }
  }

  private func pow10(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { value, _ in value * 10 }
  }

  @Test(arguments: [
    "-", "-1", "+1", " 1x", "1e3", ".5", "5.", "1.2.3", "0x10", "nan", "inf", "1.0000001", "1,5",
    "１", "99999999999999999999", "184467440737095516160", "",
  ])
  func `what is no decimal number is refused with its row and column`(text: String) throws {
    let bytes = Array("h\n0\n\"\(text)\"\n".utf8)
    let error = try #require(throws: TableError.self) {
      try bytes.read { bytes in
        try CSVReader.read(bytes) { if $0.number > 0 { _ = try $0.number(0, "weight") } }
      }
    }
    #expect(error.description == "row 2: weight cannot be '\(text)'")
  }

  @Test(arguments: ["", "x", "1.0", "-1", "11", "99999999999999999999", " 5x"])
  func `what is no integer of the range is refused`(text: String) {
    #expect(throws: TableError.self) {
      try Array("\"\(text)\"\n".utf8).read { bytes in
        try CSVReader.read(bytes) { _ = try $0.integer(0, "count", in: 0...10) }
      }
    }
  }
}
