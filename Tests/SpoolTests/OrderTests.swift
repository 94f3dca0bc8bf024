import Spool
import Testing
import Time

/// In `captured` the number counts, not the name: the clock of the sensor was set back by an hour
/// after its second segment.
struct OrderTests {
  let scratch: Scratch
  private static let times: [Int64] = [7_200, 7_201, 3_600, 3_601, 3_602]
  private let hundred = String(repeating: "x", count: 100)

  init() throws { scratch = try Scratch() }

  private func stepped(_ number: Int, end: Bool = false) -> SegmentName {
    let time = Timestamp(seconds: Self.times[number - 1])
    return SegmentName(
      first: time, clock: time, sensor: "room12", sequence: UInt64(number), isEnd: end)
  }

  private func file(_ number: Int) -> String { stepped(number).fileName(in: .captured) }

  private func hand(_ numbers: [Int]) throws {
    let outbox = try scratch.outbox(.captured)
    for number in numbers { try outbox.hand("\(stepped(number))", hundred) }
  }

  @Test func `segments are claimed as they were captured, old and new ones alike`() throws {
    try hand([4, 2])
    let inbox = try Inbox(scratch.spool, .captured)
    try hand([5, 1, 3])
    #expect(try claimAll(inbox) == (1...5).map(file))
  }

  @Test func `in other queues names count`() throws {
    let outbox = try scratch.outbox(.featurized)
    for number in 1...3 { try outbox.hand("\(stepped(number))") }
    let expected = [3, 1, 2].map { stepped($0).fileName(in: .featurized) }
    #expect(try claimAll(Inbox(scratch.spool, .featurized)) == expected)
  }

  @Test func `the segment that is dropped is the first captured`() throws {
    try hand([1, 2, 3])
    #expect(try scratch.outbox(.captured).dropOldest()?.name == file(1))
  }

  @Test func `what is kept is told as it was captured, and the first captured goes first`() throws {
    try hand([1, 2, 3])
    _ = try claimAll(Inbox(scratch.spool, .captured, archive: 300))
    #expect(try Inbox(scratch.spool, .captured, archive: 300).kept == [1, 2, 3].map(file))
    try hand([4])
    let inbox = try Inbox(scratch.spool, .captured, archive: 300)
    _ = try claimAll(inbox)
    #expect(inbox.kept == [2, 3, 4].map(file))
    #expect(Set(scratch.names("archive/captured")) == Set([2, 3, 4].map(file)))
  }

  @Test func `what is kept can be read`() throws {
    try hand([1])
    let inbox = try Inbox(scratch.spool, .captured, archive: 300)
    _ = try claimAll(inbox)
    var text = ""
    try inbox.withKept(file(1)) { text = String(decoding: $0, as: UTF8.self) }
    #expect(text == hundred)
    #expect(throws: SpoolError.self) { try inbox.withKept("none") { _ in } }
  }

  @Test func `who keeps nothing has nothing kept`() throws {
    try hand([1])
    for archive in [nil, 0] {
      let inbox = try Inbox(scratch.spool, .captured, archive: archive)
      _ = try claimAll(inbox)
      #expect(inbox.kept == [])
    }
  }

  @Test func `when the state was removed, numbers go on behind those of the segments there`() throws
  {
    try hand([2, 3, 5])
    let inbox = try Inbox(scratch.spool, .captured, archive: 300)
    var sequence = try Sequence(scratch.spool)
    #expect(try sequence.take() == 6)
    scratch.move("state/sequence", to: "state/lost")
    _ = try claimAll(inbox)
    var again = try Sequence(scratch.spool)
    #expect(try again.take() == 6)
  }
}
