import Spool
import Testing

struct OutboxTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a draft is nowhere to be claimed until it is published`() throws {
    let outbox = try scratch.outbox(.benign)
    #expect(!outbox.isWriting)
    try outbox.begin("\(segment(1))")
    try Array("part".utf8).withUnsafeBytes { try outbox.write($0) }
    #expect(outbox.isWriting)
    #expect(scratch.names("benign/new").isEmpty)
    #expect(scratch.names("benign/tmp").count == 1)
    try outbox.publish()
    #expect(!outbox.isWriting)
    #expect(scratch.text("benign/new/\(segment(1).fileName(in: .benign))") == "part")
    #expect(scratch.names("benign/tmp").isEmpty)
  }

  @Test func `publishing again takes the place of the first`() throws {
    let outbox = try scratch.outbox(.benign)
    try outbox.hand("\(segment(1))", "a long first try")
    try outbox.hand("\(segment(1))", "second")
    #expect(scratch.text("benign/new/\(segment(1).fileName(in: .benign))") == "second")
  }

  @Test func `a draft given up, replaced or forgotten leaves nothing`() throws {
    var outbox: Outbox? = try scratch.outbox(.benign)
    try outbox?.begin("a")
    outbox?.abandon()
    #expect(scratch.names("benign/tmp").isEmpty)
    try outbox?.begin("a")
    try outbox?.begin("b")
    #expect(scratch.names("benign/tmp") == ["b.csv"])
    outbox = nil
    #expect(scratch.names("benign/tmp").isEmpty)
    #expect(scratch.names("benign/new").isEmpty)
  }

  @Test func `the drafts of an earlier life are removed`() throws {
    _ = try scratch.outbox(.benign)
    scratch.put("benign/tmp/left.csv", "half")
    _ = try scratch.outbox(.benign)
    #expect(scratch.names("benign/tmp").isEmpty)
  }

  @Test func `where many write, only the producer's own drafts are removed`() throws {
    _ = try scratch.outbox(.notices)
    let others = [
      named("room12.classify.mitigate"), named("room12.capture"), named("classify"),
      named("room12.classify2"), "x.classify.mitigate.csv", "noise",
    ].sorted()
    let own = [named("room12.classify"), named("x.classify"), "x.classify.csv"]
    for name in others + own { scratch.put("notices/tmp/\(name)") }
    _ = try scratch.outbox(.notices, producer: "classify")
    #expect(scratch.names("notices/tmp") == others)
  }

  private func named(_ sensor: String) -> String {
    SegmentName(first: segment(1).first, clock: segment(1).clock, sensor: sensor, sequence: 1)
      .fileName(in: .notices)
  }

  @Test func `a queue of one producer refuses a second, a shared one does not`() throws {
    let first = try scratch.outbox(.captured)
    try first.begin("a")
    let error = try #require(throws: SpoolError.self) { try scratch.outbox(.captured) }
    #expect(error.isLocked)
    try first.publish()
    let shared = try scratch.outbox(.notices, producer: "one")
    try shared.begin("\(named("room.one"))")
    _ = try scratch.outbox(.notices, producer: "two")
    try shared.publish()
    #expect(scratch.names("notices/new").count == 1)
  }

  // MARK: The bound

  @Test func `a queue is full at its bound in files`() throws {
    let outbox = try scratch.outbox(.benign, limits: Limits(files: 3, bytes: 1_000))
    for number in 1...3 {
      #expect(try outbox.hasRoom())
      try outbox.hand("\(segment(number))", "x")
    }
    #expect(try !outbox.hasRoom())
  }

  @Test func `a queue is full at its bound in bytes`() throws {
    let outbox = try scratch.outbox(.benign, limits: Limits(files: 100, bytes: 1_000))
    for number in 1...2 {
      #expect(try outbox.hasRoom())
      try outbox.hand("\(segment(number))", String(repeating: "x", count: 500))
    }
    #expect(try !outbox.hasRoom())
  }

  @Test func `what waits from an earlier life counts`() throws {
    try scratch.outbox(.benign).hand("\(segment(1))")
    #expect(try !scratch.outbox(.benign, limits: Limits(files: 1, bytes: 1)).hasRoom())
  }

  @Test func `a replaced file counts once`() throws {
    let outbox = try scratch.outbox(.benign, limits: Limits(files: 2, bytes: 1_000))
    for _ in 1...10 { try outbox.hand("\(segment(1))", "x") }
    #expect(try outbox.hasRoom())
  }

  @Test func `a claim wakes the producer, and there is room`() throws {
    let outbox = try scratch.outbox(.benign, limits: Limits(files: 1, bytes: 1_000))
    let inbox = try Inbox(scratch.spool, .benign)
    for number in 1...5 {
      try outbox.hand("\(segment(number))")
      #expect(try !outbox.hasRoom())
      #expect(!becomesReadable(outbox.roomDescriptor, milliseconds: 0))
      let claim = try inbox.next()
      #expect(becomesReadable(outbox.roomDescriptor))
      #expect(try outbox.hasRoom())
      try claim.finish()
    }
  }

  @Test func `the oldest is dropped, seen and counted before it goes`() throws {
    let outbox = try scratch.outbox(.captured, limits: Limits(files: 2, bytes: 1_000))
    #expect(try outbox.dropOldest() == nil)
    for number in [2, 1] { try outbox.hand("\(segment(number))", "number \(number)") }
    #expect(try !outbox.hasRoom())
    var seen = ""
    let dropped = try #require(
      try outbox.dropOldest { path in
        seen = (try? withFile(path) { String(decoding: $0, as: UTF8.self) }) ?? ""
      })
    #expect(dropped.name == segment(1).fileName(in: .captured))
    #expect(dropped.bytes == 8)
    #expect(seen == "number 1")
    #expect(try outbox.hasRoom())
    #expect(scratch.names("captured/new") == [segment(2).fileName(in: .captured)])
  }

  @Test func `occupancy counts what waits, is claimed and was set aside`() throws {
    let outbox = try scratch.outbox(.benign)
    for number in 1...4 { try outbox.hand("\(segment(number))", "1234") }
    let inbox = try Inbox(scratch.spool, .benign)
    try inbox.next().setAside(reason: "bad")
    let claim = try inbox.next()
    let occupancy = try scratch.spool.occupancy(of: .benign)
    #expect(occupancy.waiting.files == 2 && occupancy.waiting.bytes == 8)
    #expect(occupancy.claimed.files == 1 && occupancy.claimed.bytes == 4)
    #expect(occupancy.quarantined == 1)
    try claim.finish()
  }
}
