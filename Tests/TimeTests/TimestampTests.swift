import Testing
import Time
import TestSupport

struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z", "19700101T000000.000000Z"),
    (1_746_493_740_123_456, "2025-05-06T01:09:00.123456Z", "20250506T010900.123456Z"),
    (1_709_164_800_000_000, "2024-02-29T00:00:00.000000Z", "20240229T000000.000000Z"),
    (951_868_799_999_999, "2000-02-29T23:59:59.999999Z", "20000229T235959.999999Z"),
    (-1, "1969-12-31T23:59:59.999999Z", "19691231T235959.999999Z"),
    (-2_208_988_800_000_000, "1900-01-01T00:00:00.000000Z", "19000101T000000.000000Z"),
    (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z", "00000101T000000.000000Z"),
    (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z", "99991231T235959.999999Z"),
  ])
  func `a moment is written and read in both forms`(
    microseconds: Int64, extended: String, basic: String
  ) {
    let moment = Timestamp(microseconds: microseconds)
    #expect(moment.formatted() == extended)
    #expect(moment.formatted(.basic) == basic)
    #expect(Timestamp(extended) == moment)
    #expect(Timestamp(basic) == moment)
    #expect(Timestamp(ascii: Array(basic.utf8)[...]) == moment)
  }

  @Test(arguments: [
    ("2025-05-06T01:09:00Z", 1_746_493_740_000_000),
    ("20250506T010900Z", 1_746_493_740_000_000),
    ("2025-05-06T01:09:00.5Z", 1_746_493_740_500_000),
    ("2025-05-06T01:09:00.000001Z", 1_746_493_740_000_001),
    ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
  ])
  func `a fraction may be short or absent, a leap second is the next one`(
    text: String, microseconds: Int64
  ) {
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "Z", "2025", "2025-05-06", "2025-05-06T01:09:00", "2025-05-06T01:09:00.123456",
    "2025-05-06T01:09:00+00:00", "2025-05-06t01:09:00z", "2025-05-06 01:09:00Z",
    "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2025-04-31T00:00:00Z",
    "2025-00-01T00:00:00Z", "2025-13-01T00:00:00Z", "2025-01-00T00:00:00Z",
    "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z", "2025-01-01T00:00:61Z",
    "2025-05-06T01:09:00.Z", "2025-05-06T01:09:00.1234567Z", "2025-05-06T01:09:00.-1Z",
    "2025-05-06T01:09:00,5Z", "25-05-06T01:09:00Z", "+025-05-06T01:09:00Z",
    "12025-05-06T01:09:00Z", " 2025-05-06T01:09:00Z", "2025-05-06T01:09:00Z ",
    "2025-05-06T01:09:00ZZ", "2025-5-6T1:9:0Z", "２025-05-06T01:09:00Z",
    "2025-0506T01:09:00Z", "202505-06T01:09:00Z", "2025-05-06T0109:00Z", "20250506T01:09:00Z",
    "2025-05-06T010900Z",
  ])
  func `anything else is refused`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `every moment of ten thousand years reads back`() {
    var random = Seeded(state: 3339)
    let years: ClosedRange<Int64> = -62_167_219_200_000_000...253_402_300_799_999_999
    for _ in 0..<50_000 {
      let moment = Timestamp(microseconds: .random(in: years, using: &random))
      #expect(Timestamp(moment.formatted()) == moment)
      #expect(Timestamp(moment.formatted(.basic)) == moment)
    }
  }

  @Test func `days follow each other through four centuries`() {
    // 1899-12-31 on; 400 years are 146,097 days (97 of them leap days).
    var day = Timestamp(seconds: -25_568 * 86_400)
    var leapDays = 0
    var texts: Set<String> = []
    for _ in 0..<146_097 {
      let text = day.formatted(.basic)
      if text.dropFirst(4).hasPrefix("0229") { leapDays += 1 }
      texts.insert(text)
      #expect(Timestamp(text) == day)
      day = day.advanced(by: 86_400_000_000)
    }
    #expect(leapDays == 97)
    #expect(texts.count == 146_097)
  }

  @Test func `names sort as the moments do`() {
    var random = Seeded(state: 8601)
    let moments = (0..<2_000).map { _ in
      Timestamp(microseconds: .random(in: 0...4_102_444_800_000_000, using: &random))
    }
    #expect(
      moments.sorted().map { $0.formatted(.basic) } == moments.map { $0.formatted(.basic) }.sorted()
    )
  }

  @Test func `what lies outside the years 0000 to 9999 is clamped when written`() {
    #expect(Timestamp(microseconds: .min).formatted() == "0000-01-01T00:00:00.000000Z")
    #expect(Timestamp(microseconds: .max).formatted() == "9999-12-31T23:59:59.999999Z")
  }

  @Test func `arithmetic stops at the ends instead of trapping`() {
    #expect(Timestamp(seconds: .max).microseconds == .max)
    #expect(Timestamp(seconds: .min).microseconds == .min)
    #expect(Timestamp(seconds: .max / 1_000_000, microseconds: .max).microseconds == .max)
    #expect(Timestamp(seconds: .min / 1_000_000, microseconds: .min).microseconds == .min)
    #expect(Timestamp(seconds: 1, microseconds: -1).microseconds == 999_999)
    let first = Timestamp(microseconds: .min)
    let last = Timestamp(microseconds: .max)
    #expect(last.advanced(by: 1) == last)
    #expect(first.advanced(by: -1) == first)
    #expect(last.microseconds(since: first) == .max)
    #expect(first.microseconds(since: last) == .min)
    #expect(first < last)
  }
}
