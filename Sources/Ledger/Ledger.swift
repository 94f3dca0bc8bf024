import GRDB

/// The evidence: every verdict worth keeping, every action, every loss, in one SQLite file.
///
/// One program writes (the `report` stage), any number read beside it: the journal is a
/// write-ahead log. A commit is on the disk before it returns (`synchronous = FULL`), since the
/// segment is removed from the spool right after it; with NORMAL a power cut would take the
/// commits since the last checkpoint with it, and nothing could file them again.
public struct Ledger: Sendable {
  /// What the ledger is opened for.
  public enum Access: Sendable {
    /// To file segments; makes the file and brings an older one up to date.
    case write
    /// To ask; changes nothing.
    case read
  }

  let queue: DatabaseQueue
  let path: String

  /// Opens the ledger at `path`.
  ///
  /// - Parameters:
  ///   - path: the SQLite file; its folder must exist.
  ///   - patience: how long to wait for another writer, in seconds, here and at every filing.
  /// - Throws: ``LedgerError``.
  public init(path: String, for access: Access, patience: Double = 10) throws {
    self.path = path
    do {
      var configuration = Configuration()
      configuration.label = "ledger"
      configuration.busyMode = .timeout(patience)
      configuration.readonly = access == .read
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try Self.verify(queue, path)
      if access == .write { try Self.prepare(queue) }
      try Self.checkVersion(queue, path)
    } catch let error as DatabaseError {
      if access == .read, error.resultCode == .SQLITE_CANTOPEN {
        throw LedgerError.absent(path: path)
      }
      throw LedgerError(error, path: path)
    }
  }

  /// Refuses another program's database before a migration can touch it, and a newer Ward's.
  private static func verify(_ queue: DatabaseQueue, _ path: String) throws {
    try queue.read { database in
      let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      guard tables == 0 || id == Schema.applicationID else {
        throw LedgerError.unusable(path: path, cause: "it is another program's database")
      }
      guard try !Schema.migrator.hasBeenSuperseded(database) else {
        throw LedgerError.unusable(path: path, cause: "a newer version of Ward wrote it")
      }
    }
  }

  private static func prepare(_ queue: DatabaseQueue) throws {
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    }
    try Schema.migrator.migrate(queue)
  }

  private static func checkVersion(_ queue: DatabaseQueue, _ path: String) throws {
    let complete = try queue.read { try Schema.migrator.hasCompletedMigrations($0) }
    guard complete else {
      throw LedgerError.unusable(
        path: path, cause: "an older version of Ward wrote it; start the report stage once")
    }
  }

  /// Runs `body`, giving SQLite's errors the ledger's names.
  func named<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    }
  }
}
