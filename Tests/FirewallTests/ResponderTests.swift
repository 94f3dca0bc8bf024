import Addresses
import Firewall
import Tables
import Testing
import Time

struct ResponderTests {
  private func decide(
    _ responder: inout Responder, _ rows: [Verdict], segment: String = "s", at now: Timestamp = noon
  ) -> [Action] {
    rows.map { responder.decide($0, segment: segment, now).action }
  }

  private func scan(_ source: String, rows: Int = 4, verified: Int = 2) -> [Verdict] {
    (1...rows).map { verdict(from: source, row: $0, verified: verified) }
  }

  @Test func `a source is blocked once, in one transaction a segment`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder)
    let rows = scan("192.0.2.7") + scan("2001:db8::7")
    let once: [Action] = [.counted, .counted, .blocked, .alreadyBlocked]
    let actions = decide(&responder, rows)
    #expect(actions == once + once && recorder.dropped.isEmpty)
    _ = responder.commit(noon)
    #expect(recorder.transactions == 1)
    #expect(recorder.dropped[prefix("192.0.2.7")]?.seconds == 600)
    #expect(recorder.dropped[prefix("192.0.2.7")]?.comment == "ward:PORT_SCAN")
    #expect(recorder.dropped.count == 2)
  }

  @Test func `a segment that is read again says the same of the row that blocked`() throws {
    var responder = try responder()
    _ = decide(&responder, scan("192.0.2.7"))
    #expect(
      decide(&responder, scan("192.0.2.7"))
        == [.alreadyBlocked, .alreadyBlocked, .blocked, .alreadyBlocked])
  }

  @Test func `benign and unknown rows never count`() throws {
    var responder = try responder()
    let rows = (1...9).map { verdict(from: "192.0.2.7", row: $0, attack: .unknown) }
    #expect(Set(decide(&responder, rows)) == [.none])
    #expect(decide(&responder, [verdict(from: "192.0.2.7", row: 10)]) == [.counted])
  }

  @Test func `forged sources are never blocked`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder)
    let actions = decide(&responder, scan("192.0.2.7", rows: 9, verified: 0))
    #expect(Set(actions) == [.counted, .unverified])
    _ = responder.commit(noon)
    #expect(recorder.dropped.isEmpty)
  }

  @Test func `a source that comes back is blocked for longer`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder)
    _ = decide(&responder, scan("192.0.2.7"))
    #expect(responder.expire(seconds(600)).count == 1)
    #expect(
      decide(&responder, scan("192.0.2.7"), segment: "t", at: seconds(700)).contains(.blocked))
    _ = responder.commit(seconds(700))
    #expect(recorder.dropped[prefix("192.0.2.7")]?.seconds == 1_200)
  }

  @Test func `the brake caps new blocks, and people are not braked`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder, brake: Brake(perMinute: 5))
    var actions: [Action] = []
    for index in 0..<20 { actions += decide(&responder, scan("10.3.0.\(index)", rows: 3)) }
    #expect(actions.count { $0 == .blocked } == 5 && actions.count { $0 == .braked } == 15)
    let outcome = responder.block(
      prefix("192.0.2.7"), seconds: nil, by: "ann", why: "sure", noon)
    #expect(outcome.kind == .blocked)
    _ = responder.commit(noon)
    #expect(recorder.dropped.count == 6)
    let later = decide(&responder, scan("10.3.0.19", rows: 3), segment: "t", at: seconds(61))
    #expect(later.contains(.blocked))
  }

  @Test func `a new whitelist line lifts the blocks that it covers`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder)
    for source in ["10.0.0.7", "192.0.2.7"] { _ = decide(&responder, scan(source)) }
    _ = responder.commit(noon)
    var rules = responder.rules
    rules.whitelist = try Whitelist(text: "10.0.0.0/24 # pumps", file: "whitelist.txt")
    let lifted = try responder.protect(rules, seconds(1))
    #expect(lifted.map(\.rule) == ["whitelist.txt:1 10.0.0.0/24 # pumps"])
    _ = responder.commit(seconds(1))
    #expect(Array(recorder.dropped.keys) == [prefix("192.0.2.7")])
    #expect(recorder.protected.contains(prefix("10.0.0.0/24")))
    #expect(Set(decide(&responder, scan("10.0.0.7"), segment: "t")) == [.spared])
  }

  @Test func `what the journal blocks and a rule spares by now is lifted at start`() throws {
    let held = Block(
      prefix: prefix("10.0.0.7"), since: noon, until: seconds(600), returns: 0, by: "ward",
      place: .order, reason: "-")
    let recorder = Recorder()
    let rules = SpareRules(whitelist: try Whitelist(text: "10.0.0.0/24", file: "w"))
    let list = BlockList(replaying: [.block(held)], noon)
    let responder = try responder(recorder, rules: rules, list: list)
    #expect(responder.list.count == 0 && recorder.dropped.isEmpty)
  }

  @Test func `a person's lift pardons for a while`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder)
    _ = decide(&responder, scan("192.0.2.7"))
    let outcomes = responder.unblock(prefix("192.0.2.0/24"), by: "ann", why: "mine", noon)
    #expect(outcomes.map(\.kind) == [.unblocked])
    _ = responder.commit(noon)
    #expect(recorder.dropped.isEmpty)
    #expect(Set(decide(&responder, scan("192.0.2.7"), segment: "t")) == [.spared])
    let later = decide(&responder, scan("192.0.2.7"), segment: "u", at: seconds(601))
    #expect(later.contains(.blocked))
  }

  @Test func `a person may block a narrow prefix, which takes in what lies in it`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder)
    let wanted = ["192.0.2.0/25", "192.0.2.0/24", "192.0.2.128/25", "192.0.0.0/16", "127.0.0.1"]
    var kinds: [Outcome.Kind] = []
    for text in wanted {
      kinds.append(responder.block(prefix(text), seconds: 60, by: "ann", why: "w", noon).kind)
    }
    #expect(kinds == [.blocked, .blocked, .refused, .refused, .refused])
    _ = responder.commit(noon)
    #expect(Array(recorder.dropped.keys) == [prefix("192.0.2.0/24")])
    #expect(decide(&responder, scan("192.0.2.9", rows: 1)) == [.alreadyBlocked])
    let lifts =
      responder.unblock(prefix("192.0.2.9"), by: "ann", why: "w", noon)
      + responder.unblockAll(by: "ann", why: "w", noon)
      + responder.unblockAll(by: "ann", why: "w", noon)
    #expect(lifts.map(\.kind) == [.notBlocked, .unblocked, .notBlocked])
  }

  @Test func `a block that is not in force is not called one, and is tried again`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder)
    recorder.refuses = true
    let decision = scan("192.0.2.7", rows: 3).map { responder.decide($0, segment: "s", noon) }[2]
    _ = responder.commit(noon)
    #expect(responder.fault != nil)
    #expect(responder.inForce(decision, address("192.0.2.7"), noon).action == .failed)
    recorder.refuses = false
    #expect(responder.commit(seconds(1)).mended != nil)
    #expect(responder.fault == nil && recorder.dropped.count == 1)
    #expect(responder.inForce(decision, address("192.0.2.7"), noon).action == .blocked)
  }

  @Test func `a block that the backend does not take costs no other`() throws {
    let recorder = Recorder()
    recorder.cannotTake = prefix("192.0.2.7")
    var responder = try responder(recorder)
    let rows = scan("192.0.2.7", rows: 3) + scan("192.0.2.8", rows: 3)
    let decisions = rows.map { responder.decide($0, segment: "s", noon) }
    _ = responder.commit(noon)
    #expect(Array(recorder.dropped.keys) == [prefix("192.0.2.8")])
    #expect(responder.fault == nil && responder.list.count == 1)
    #expect(responder.inForce(decisions[2], address("192.0.2.7"), noon).action == .failed)
    #expect(responder.inForce(decisions[5], address("192.0.2.8"), noon).action == .blocked)
  }
}

struct OrderTests {
  private func read(_ text: String) throws -> [Order] {
    var orders: [Order] = []
    let header = Table.order.columns.joined(separator: ",") + "\n"
    try Array((header + text).utf8).withUnsafeBytes { bytes in
      try Table.order.read(bytes) { orders.append(try Order($0)) }
    }
    return orders
  }

  @Test func `orders are read as they were written`() throws {
    let verbs: [Order.Verb] = [
      .block(prefix("192.0.2.7"), seconds: 90), .block(prefix("2001:db8::/64"), seconds: nil),
      .unblock(prefix("192.0.2.0/24")), .unblockAll,
    ]
    let orders = verbs.map { Order($0, time: noon, by: "ann", why: "a, \"b\"") }
    var writer = RowWriter()
    for (index, order) in orders.enumerated() { order.write(index + 1, to: &writer) }
    #expect(try read(String(decoding: writer.bytes, as: UTF8.self)) == orders)
  }

  @Test(arguments: [
    "block,all,0", "unblock,everyone,0", "ban,192.0.2.7,0", "block,192.0.2.7,-1",
    "block,192.0.2.7/99,1", "block,192.0.2.7,999999999999",
  ])
  func `a broken order is refused`(_ cells: String) {
    #expect(throws: TableError.self) {
      try read("1,2025-05-06T12:00:00Z,\(cells),ann,why\n")
    }
  }
}
