import Addresses
import Ledger
import Tables
import Testing
import Time

@Test func `a flow's later rows add only what is new`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  func row(_ last: Int64, _ packets: Int, _ state: FlowState) -> TestRow {
    TestRow(last: last, state: state, packets: packets, bytes: packets * 100, attack: .bruteForce)
  }
  try ledger.file(1, .action, [row(1, 10, .open), row(5, 40, .open)])
  try ledger.file(2, .action, [row(70, 90, .fin)])
  try ledger.survey(hour) { survey in
    let totals = try survey.totals()
    #expect(totals.attackRows == 3 && totals.attackFlows == 1)
    #expect(totals.attackPackets == 90 && totals.attackBytes == 9_000)
    let buckets = try survey.timeline(width: 60)
    #expect(buckets.prefix(2).map(\.attackPackets) == [40, 50])
    #expect(buckets.count == 60)
  }
}

@Test
func `open benign rows count no packets, and packets counted as an attack are not benign too`()
  throws
{
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  try ledger.file(1, .action, [TestRow(state: .open, packets: 30, attack: .portScan)])
  let benign = [
    TestRow(last: 9, state: .open, packets: 35), TestRow(last: 20, state: .fin, packets: 50),
    TestRow(sourcePort: 1, state: .open, packets: 7),
  ]
  try ledger.file(2, .verdict, benign, queue: "benign")
  let totals = try ledger.survey(hour) { try $0.totals() }
  #expect(totals.attackPackets == 30 && totals.benignPackets == 20 && totals.benignRows == 3)
}

@Test func `numbers equal those recomputed from the rows`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  var random = Generator(state: 7)
  let names: [Attack] = [.benign, .synFlood, .portScan, .unknown]
  var all: [TestRow] = []
  for sequence in 0..<20 {
    let rows = (0..<50).map { index in
      TestRow(
        start: Int64(sequence * 60),
        last: Int64(sequence * 60 + Int.random(in: 0..<60, using: &random)),
        source: "192.0.2.\(Int.random(in: 1...9, using: &random))",
        sourcePort: UInt16(1_000 + index), packets: Int.random(in: 1...99, using: &random),
        bytes: Int.random(in: 60...9_000, using: &random),
        attack: names.randomElement(using: &random) ?? .benign)
    }
    try ledger.file(sequence, .action, rows)
    all += rows
  }
  let slice = Slice(from: TestRow.time(120), to: TestRow.time(900), source: Prefix("192.0.2.4/30"))
  let inside = all.filter {
    (120..<900).contains($0.last) && ("4"..."7").contains($0.source.suffix(1))
      && $0.attack.isAttack
  }
  try ledger.survey(slice) { survey in
    let totals = try survey.totals()
    #expect(totals.attackRows == inside.count)
    #expect(totals.attackPackets == inside.reduce(0) { $0 + $1.packets })
    #expect(totals.attackBytes == inside.reduce(0) { $0 + $1.bytes })
    #expect(totals.attackSources == Set(inside.map(\.source)).count)
    #expect(totals.benignRows == nil)
    for kind in try survey.attacks() {
      let rows = inside.filter { $0.attack.rawValue == kind.attack }
      #expect(kind.rows == rows.count && kind.packets == rows.reduce(0) { $0 + $1.packets })
    }
    for party in try survey.attackers(limit: 100) {
      let rows = inside.filter { $0.source == party.address }
      #expect(party.flows == rows.count && party.packets == rows.reduce(0) { $0 + $1.packets })
      #expect(party.attacks.reduce(0) { $0 + $1.rows } == rows.count)
      #expect(
        party.last.microseconds == (rows.map { TestRow.time($0.last).microseconds }.max() ?? 0))
    }
    let added = try survey.timeline(width: 30).reduce(0) { $0 + $1.attackPackets }
    #expect(added == totals.attackPackets)
  }
  let benign = all.filter { (120..<900).contains($0.last) && $0.attack == .benign }
  let whole = try ledger.survey(Slice(from: slice.from, to: slice.to)) { try $0.totals() }
  #expect(whole.benignPackets == benign.reduce(0) { $0 + $1.packets })
  #expect(whole.benignRows == benign.count)
}

@Test func `a block is one action, its echoes none, a longer one another`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  func row(_ last: Int64, _ action: String, _ expires: Int64?) -> TestRow {
    TestRow(
      last: last, sourcePort: UInt16(last), attack: .synFlood, action: action, expires: expires,
      backend: "simulate")
  }
  try ledger.file(
    1, .action,
    [
      row(1, "counted", nil), row(2, "blocked", 600), row(3, "already_blocked", 600),
      row(700, "blocked", 2_000), row(701, "advised", nil),
    ])
  let (shown, total) = try ledger.survey(hour) { try $0.actions(limit: 2) }
  #expect(total == 3 && shown.map(\.action) == ["blocked", "blocked"])
  #expect(shown.map(\.expires) == [TestRow.time(600), TestRow.time(2_000)])
  #expect(
    shown.allSatisfy { !$0.isInForce && $0.reason == "because" && $0.attacks == ["SYN_FLOOD"] })
}

@Test func `gaps between segments are told`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  for (sequence, first) in [0, 60, 1_000].enumerated() {
    try ledger.file(
      sequence, .verdict, [], queue: "benign", first: Int64(first), clock: Int64(first + 60))
  }
  let slice = Slice(from: TestRow.time(0), to: TestRow.time(1_100))
  let coverage = try ledger.survey(slice) { try $0.coverage() }
  #expect(coverage.map(\.segments) == [3])
  #expect(coverage.first?.gaps.map(\.from) == [TestRow.time(120)])
  #expect(coverage.first?.gaps.map(\.to) == [TestRow.time(1_000)])
  let wide = try ledger.survey(hour) { try $0.coverage() }
  #expect(wide.first?.gaps.last?.to == TestRow.time(3_600))
}

@Test func `notices are summed by stage and kind`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  var writer = RowWriter(header: .notice)
  for index in 1...3 {
    writer.cell(index)
    writer.cell(TestRow.time(Int64(index)))
    for text in ["capture", "lost", "eth0"] { writer.cell(text) }
    writer.cell(index * 10)
    writer.cell(index * 1_000)
    writer.cell("kernel drops")
    writer.endRow()
  }
  let segment = Segment(
    name: "n", queue: "notices", sensor: "room12.capture", first: TestRow.time(0),
    clock: TestRow.time(9))
  try writer.bytes.withUnsafeBytes { _ = try ledger.file(segment, .notice, $0) }
  let notices = try ledger.survey(hour) { try $0.notices() }
  #expect(notices.map(\.count) == [60] && notices.map(\.bytes) == [6_000])
  #expect(notices.first?.first == TestRow.time(1) && notices.first?.last == TestRow.time(3))
  #expect(try ledger.survey(hour) { try $0.totals().segments } == 0)
}

@Test func `hostile text comes back as it was`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  let text =
    "'; DROP TABLE flows;-- <script> \u{202E}abc\\, \"x\"\n" + String(repeating: "a", count: 10_000)
  try ledger.file(1, .action, [TestRow(attack: .webAttack, application: text, reason: text)])
  var found: [String] = []
  try ledger.survey(hour) { try $0.evidence { found.append($0.row.detectorReason) } }
  #expect(found == [text])
}

/// SplitMix64: the same numbers on every run.
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
