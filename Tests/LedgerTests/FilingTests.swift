import Glibc
import Ledger
import Tables
import Testing
import Time

private let attackRows = [
  TestRow(packets: 500, bytes: 30_000, attack: .synFlood, action: "blocked", expires: 600),
  TestRow(sourcePort: 40_001, packets: 7, bytes: 700),
]

private func snapshot(_ ledger: Ledger) throws -> [String] {
  try ledger.survey(hour) { survey in
    var lines = ["\(try survey.totals())"]
    try survey.evidence { lines.append("\($0)") }
    return lines + (try survey.timeline(width: 60).map { "\($0)" })
  }
}

@Test func `the same segment filed twice changes nothing`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  let first = try ledger.file(1, .action, attackRows)
  let before = try snapshot(ledger)
  let second = try ledger.file(1, .action, attackRows)
  #expect(!first.isRepeat && second.isRepeat)
  #expect(second.attackRows == 1 && second.rows == 2 && second.packets == 507)
  #expect(try snapshot(ledger) == before)
}

@Test func `a segment that comes again with other rows takes the place of the first`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  try ledger.file(1, .action, attackRows)
  try ledger.file(1, .verdict, [TestRow(packets: 3, bytes: 300)], queue: "benign")
  let totals = try ledger.survey(hour) { try $0.totals() }
  #expect(totals.attackRows == 0 && totals.attackPackets == 0)
  #expect(totals.benignRows == 1 && totals.benignPackets == 3 && totals.segments == 1)
}

@Test func `a filing that fails before its commit leaves no trace`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  #expect(throws: Refused.self) {
    try ledger.file(1, .action, attackRows) { _ in throw Refused() }
  }
  let empty = try ledger.survey(hour) { try $0.totals() }
  #expect(empty.segments == 0 && empty.attackRows == 0)
  #expect(try !ledger.file(1, .action, attackRows).isRepeat)
}

@Test func `a process killed inside a filing leaves the ledger as it was`() throws {
  let scratch = try Scratch()
  do {
    let ledger = try scratch.ledger()
    try ledger.file(1, .action, attackRows)
    // What a crash leaves: the files as they are inside the transaction.
    try ledger.file(2, .action, attackRows) { _ in
      for suffix in ["", "-wal"] { try copy(scratch.path + suffix, scratch.path + "2" + suffix) }
    }
  }
  defer { for suffix in ["2", "2-wal", "2-shm"] { unlink(scratch.path + suffix) } }
  let survivor = try Ledger(path: scratch.path + "2", for: .write)
  #expect(try survivor.survey(hour) { try $0.totals().segments } == 1)
  #expect(try !survivor.file(2, .action, attackRows).isRepeat)
  #expect(try survivor.survey(hour) { try $0.totals().segments } == 2)
}

@Test func `a broken row refuses the whole file`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  var text = table(.action, attackRows)
  text.append(contentsOf: Array("3,broken\n".utf8))
  let segment = Segment(
    name: "bad", queue: "mitigated", sensor: "room12", first: TestRow.time(0),
    clock: TestRow.time(1))
  #expect(throws: TableError.self) {
    try text.withUnsafeBytes { try ledger.file(segment, .action, $0) }
  }
  #expect(try ledger.survey(hour) { try $0.totals().segments } == 0)
}

@Test func `rows are told once, before the commit`() throws {
  let scratch = try Scratch()
  let ledger = try scratch.ledger()
  var told = 0
  try ledger.file(1, .action, attackRows) { told += $0.count }
  try ledger.file(1, .action, attackRows) { told += $0.count }
  #expect(told == 1)
}

private func copy(_ from: String, _ to: String) throws {
  let (input, output) = (open(from, O_RDONLY), open(to, O_WRONLY | O_CREAT | O_TRUNC, 0o600))
  guard input >= 0, output >= 0 else { throw Refused() }
  defer {
    close(input)
    close(output)
  }
  var size = 1
  while size > 0 { size = sendfile(output, input, nil, 1 << 20) }
}
