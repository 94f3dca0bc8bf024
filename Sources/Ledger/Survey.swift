import GRDB
public import Time

/// One look at a slice of the ledger: all answers come from the same moment of it, whatever is
/// being filed beside it.
///
/// Rows of one flow repeat what its earlier rows said. Here every row counts what it *adds*: its
/// packets and bytes less those of the flow's row before it in the slice, and its flows (1, or
/// those it folds) where the flow is first called an attack, or first unknown. So every
/// number is a sum over rows, in whatever way they are grouped.
public struct Survey {
  /// What is asked about.
  public let slice: Slice
  let database: Database

  init(_ slice: Slice, _ database: Database) throws {
    self.slice = slice
    self.database = database
    let condition = slice.condition
    try database.execute(sql: "DROP TABLE IF EXISTS temp.kept")
    try database.execute(
      sql: """
        CREATE TEMP TABLE kept AS
        SELECT flows.id, segment, last, start, sensor, source, source_key, source_port, destination,
          destination_key, destination_port, destination_mac, protocol, application, kind, attack,
          confidence, judge, folded_sources, action, action_reason, spared_by, expires, backend,
          added.packets AS packets, added.bytes AS bytes, added.flows AS flows
        FROM (
          SELECT id, max(0, packets - lag(packets, 1, 0) OVER flow) AS packets,
            max(0, bytes - lag(bytes, 1, 0) OVER flow) AS bytes,
            CASE WHEN coalesce(max(kind) OVER earlier, 0) < kind THEN folded
              ELSE max(0, folded - lag(folded, 1, 0) OVER flow) END AS flows
          FROM flows WHERE \(condition.sql)
          WINDOW
            flow AS (PARTITION BY start, source_key, source_port, destination_key,
              destination_port, protocol, sensor, kind > 0 ORDER BY last, segment, row),
            earlier AS (flow ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        ) AS added JOIN flows ON flows.id = added.id
        """, arguments: condition.arguments)
    try database.execute(
      sql: """
        CREATE INDEX temp.kept_by_source ON kept (source);
        CREATE INDEX temp.kept_by_destination ON kept (destination);
        """)
  }

  /// Moments for SQL.
  var range: StatementArguments { [slice.from.microseconds, slice.to.microseconds] }

  /// All rows of `sql`, each made by `make`.
  func all<Element>(
    _ sql: String, _ arguments: StatementArguments = [], _ make: (Row) throws -> Element
  ) throws -> [Element] {
    var elements: [Element] = []
    let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
    while let row = try rows.next() { elements.append(try make(row)) }
    return elements
  }
}

extension Ledger {
  /// Looks at `slice`.
  ///
  /// - Throws: ``LedgerError``, or what `body` throws.
  public func survey<Result>(
    _ slice: Slice, _ body: (Survey) throws -> Result
  ) throws -> Result {
    try named {
      // Not `read`: that forbids temporary tables too.
      try queue.unsafeRead { database in
        var result: Result?
        try database.inTransaction(.deferred) {
          result = try body(Survey(slice, database))
          return .rollback
        }
        guard let result else { throw LedgerError.system(path: path, cause: "no answer") }
        return result
      }
    }
  }

  /// The time of the first and the last segment, notices aside; nil while there is none.
  public func extent() throws -> (first: Timestamp, clock: Timestamp)? {
    try named {
      try queue.read { database in
        let row = try Row.fetchOne(
          database, sql: "SELECT min(first), max(clock) FROM segments WHERE queue <> 'notices'")
        guard let first: Int64 = row?[0], let clock: Int64 = row?[1] else { return nil }
        return (Timestamp(microseconds: first), Timestamp(microseconds: clock))
      }
    }
  }
}
