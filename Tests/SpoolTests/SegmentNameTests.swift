import Spool
import Testing
import Time
import TestSupport

struct SegmentNameTests {
  let first = Timestamp(microseconds: 1_746_493_740_123_456)
  let clock = Timestamp(microseconds: 1_746_493_741_000_000)

  @Test func `a name is written as the README says`() {
    var name = SegmentName(first: first, clock: clock, sensor: "room12", sequence: 42)
    let text = "20250506T010900.123456Z-20250506T010901.000000Z-room12-00000042"
    #expect(name.description == text)
    #expect(name.fileName(in: .captured) == "\(text).pcap")
    #expect(name.fileName(in: .benign) == "\(text).csv")
    name.isEnd = true
    #expect(name.fileName(in: .featurized) == "\(text).end.csv")
  }

  @Test func `every name reads back, with and without extension`() {
    var random = Seeded(state: 12)
    for _ in 0..<2_000 {
      let sensor = (0...Int(random.next() % 70)).map { _ in "aZ09._-/\n é"[random.next()] }
      let name = SegmentName(
        first: Timestamp(microseconds: Int64(random.next() >> 13)),
        clock: Timestamp(microseconds: Int64(random.next() >> 13)),
        sensor: sensor.joined(), sequence: random.next() >> (random.next() % 64),
        isEnd: random.next() & 1 == 0)
      #expect(SegmentName(name.description) == name)
      #expect(SegmentName(name.fileName(in: .captured)) == name)
      #expect(SegmentName(name.fileName(in: .orders)) == name)
    }
  }

  @Test(arguments: [
    "", "x", "lost+found", "-", "---",
    "20250506T010900.123456Z-20250506T010901.000000Z-room12",
    "20250506T010900.123456Z-20250506T010901.000000Z-room12-00000042-1",
    "20250506T010900.123456Z-20250506T010901.000000Z--00000042",
    "20250506T010900.123456Z-20250506T010901.000000Z-room 12-00000042",
    "20250506T010900.123456Z-20250506T010901.000000Z-room/12-00000042",
    "20250506T010900.123456Z-20250506T010901.000000Z-room12-",
    "20250506T010900.123456Z-20250506T010901.000000Z-room12-x",
    "20250506T010900.123456Z-20250506T010901.000000Z-room12-+1",
    "20250506T010900.123456Z-20250506T010901.000000Z-room12-18446744073709551616",
    "20250506T010900.123456Z-20250506T010901.000000Z-room12-000000000000000000001",
    "20250506T010900.123456Z-20250506T250901.000000Z-room12-00000042",
    "2025-05-06T01:09:00Z-20250506T010901.000000Z-room12-00000042",
  ])
  func `what is no segment's name is refused`(text: String) {
    #expect(SegmentName(text) == nil)
  }

  @Test func `names sort by time, and the end comes last`() {
    let names = (1...20).map { segment($0) } + [segment(20, end: true), segment(21)]
    #expect(names.shuffled().sorted() == names)
    let files = names.map { $0.fileName(in: .featurized) }
    #expect(files.shuffled().sorted() == files)
  }

  @Test(arguments: [
    ("room12", "room12"), ("", "ward"), ("a b/c-d", "a_b_c_d"), ("né", "n__"), ("..", ".."),
    (String(repeating: "x", count: 100), String(repeating: "x", count: 64)),
  ])
  func `a sensor's name is cleaned`(text: String, clean: String) {
    #expect(SegmentName.clean(sensor: text) == clean)
  }

  @Test func `the longest sensor's name has room for the stage that speaks`() {
    let sensor = SegmentName.clean(sensor: String(repeating: "x", count: 100))
    let name = SegmentName(first: first, clock: clock, sensor: "\(sensor).featurize", sequence: 1)
    #expect(SegmentName(name.fileName(in: .notices))?.sensor == "\(sensor).featurize")
  }
}

extension String {
  fileprivate subscript(number: UInt64) -> String {
    String(self[index(startIndex, offsetBy: Int(number % UInt64(count)))])
  }
}
