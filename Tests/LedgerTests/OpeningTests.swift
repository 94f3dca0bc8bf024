import GRDB
import Glibc
import Ledger
import Tables
import Testing

private func write(_ bytes: [UInt8], _ path: String) {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
  close(file)
}

private func refusal(_ path: String, for access: Ledger.Access = .write) -> LedgerError? {
  do {
    _ = try Ledger(path: path, for: access, patience: 0.1)
    return nil
  } catch {
    return error as? LedgerError
  }
}

@Test func `a file that is no database is refused`() throws {
  let scratch = try Scratch()
  write(Array(repeating: 0x41, count: 4_096), scratch.path)
  guard case .unusable(_, let cause) = refusal(scratch.path) else { throw Refused() }
  #expect(cause.contains("not a database"))
}

@Test func `another program's database is refused and left as it was`() throws {
  let scratch = try Scratch()
  let other = try DatabaseQueue(path: scratch.path)
  try other.write { try $0.execute(sql: "CREATE TABLE notes (text)") }
  try other.close()
  guard case .unusable(_, let cause) = refusal(scratch.path) else { throw Refused() }
  #expect(cause == "it is another program's database")
}

@Test func `a ledger that a newer Ward wrote is refused`() throws {
  let scratch = try Scratch()
  _ = try scratch.ledger()
  let newer = try DatabaseQueue(path: scratch.path)
  try newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9: later')") }
  try newer.close()
  guard case .unusable(_, let cause) = refusal(scratch.path) else { throw Refused() }
  #expect(cause == "a newer version of Ward wrote it")
}

@Test func `a missing ledger cannot be read`() throws {
  let scratch = try Scratch()
  guard case .absent = refusal(scratch.path, for: .read) else { throw Refused() }
}

@Test func `a filing beside another writer gives up after its patience`() throws {
  let scratch = try Scratch()
  let ledger = try Ledger(path: scratch.path, for: .write, patience: 0.1)
  let other = try DatabaseQueue(path: scratch.path)
  try other.writeWithoutTransaction { database in
    try database.execute(sql: "BEGIN IMMEDIATE")
    do {
      try ledger.file(1, .action, [TestRow(attack: .portScan)])
      Issue.record("filed beside another writer")
    } catch LedgerError.busy {
    }
    try database.execute(sql: "ROLLBACK")
  }
  #expect(try ledger.file(1, .action, [TestRow(attack: .portScan)]).attackRows == 1)
}

@Test func `a reader sees what was committed while a writer files`() throws {
  let scratch = try Scratch()
  let writer = try scratch.ledger()
  try writer.file(1, .action, [TestRow(attack: .portScan)])
  let reader = try Ledger(path: scratch.path, for: .read)
  try writer.file(2, .action, [TestRow(attack: .portScan)]) { _ in
    let seen = try reader.survey(hour) { try $0.totals().attackRows }
    #expect(seen == 1)
  }
  #expect(try reader.survey(hour) { try $0.totals().attackRows } == 2)
}

@Test func `an older ledger is brought up to date and keeps its rows`() throws {
  let scratch = try Scratch()
  let row = TestRow(attack: .portScan, modelReasons: "ports 214 +2.31", anomaly: 0.5)
  try scratch.ledger().file(1, .action, [row])
  let older = try DatabaseQueue(path: scratch.path)
  try older.write { database in
    try database.execute(
      sql: """
        ALTER TABLE flows DROP COLUMN model_reasons;
        ALTER TABLE flows DROP COLUMN anomaly;
        DROP TABLE corrections;
        DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1:%';
        """)
  }
  try older.close()
  guard case .unusable(_, let cause) = refusal(scratch.path, for: .read) else { throw Refused() }
  #expect(cause.hasPrefix("an older version of Ward wrote it"))
  let ledger = try scratch.ledger()
  try ledger.file(2, .action, [row])
  try ledger.survey(hour) { survey in
    var told: [String] = []
    try survey.evidence { told.append("\($0.row.modelReasons) \($0.row.anomaly)") }
    #expect(told == ["- 0.0", "ports 214 +2.31 0.5"])
  }
}
