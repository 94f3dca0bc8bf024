import GRDB
public import Tables
import Time

extension Ledger {
  /// Files one segment in one transaction. A segment of a name the ledger has takes the place of
  /// the first, so filing twice changes nothing.
  ///
  /// Benign rows that nothing was done about become sums (`traffic`), where only a flow's final row
  /// counts packets and bytes, since an open row repeats what later rows of the flow say. If rows of
  /// that flow were kept as attacks or unknowns before, their packets are subtracted there, since
  /// they are counted with those. (When the mitigated segment is filed after the benign one that
  /// ends the flow, which the order of queues makes rare, they are in both.)
  ///
  /// - Parameters:
  ///   - table: `.verdict`, `.action` or `.notice`.
  ///   - text: the whole file.
  ///   - beforeCommit: called with the rows that name an attack or were acted upon, unless the
  ///     ledger had them; when it throws, nothing is filed. A crash after it files, and calls, again.
  /// - Throws: ``Tables/TableError`` for a file that is not such a table, ``LedgerError``, or what
  ///   `beforeCommit` throws.
  @discardableResult public func file(
    _ segment: Segment, _ table: Tables.Table, _ text: UnsafeRawBufferPointer,
    beforeCommit: ([EvidenceRow]) throws -> Void = { _ in }
  ) throws -> Receipt {
    try named {
      try queue.writeWithoutTransaction { database in
        var receipt = Receipt()
        try database.inTransaction(.immediate) {
          let known = try Int.fetchOne(
            database, sql: "SELECT attack_rows FROM segments WHERE name = ?",
            arguments: [segment.name])
          var filing = try Filing(database, segment, isRepeat: known != nil)
          switch table {
          case .notice: try filing.notices(text)
          default: try filing.verdicts(table, text)
          }
          try filing.finish()
          receipt = filing.receipt
          if receipt.attackRows > known ?? -1 { try beforeCommit(filing.told) }
          return .commit
        }
        return receipt
      }
    }
  }
}

/// The work on one segment inside its transaction.
struct Filing {
  let database: Database
  let id: Int64
  let insertFlow: Statement
  let keptOfFlow: Statement
  var traffic: [TrafficCell: TrafficSum] = [:]
  var receipt: Receipt
  var told: [EvidenceRow] = []

  init(_ database: Database, _ segment: Segment, isRepeat: Bool) throws {
    self.database = database
    receipt = Receipt(isRepeat: isRepeat)
    try database.execute(
      sql: """
        INSERT INTO segments
          (name, queue, sensor, first, clock, rows, attack_rows, unknown_rows, packets, bytes)
        VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0)
        ON CONFLICT (name) DO UPDATE SET queue = excluded.queue
        """,
      arguments: [
        segment.name, segment.queue, segment.sensor, segment.first.microseconds,
        segment.clock.microseconds,
      ])
    id =
      try Int64.fetchOne(
        database, sql: "SELECT id FROM segments WHERE name = ?", arguments: [segment.name]) ?? 0
    if isRepeat {
      for table in ["flows", "traffic", "notices"] {
        try database.execute(sql: "DELETE FROM \(table) WHERE segment = ?", arguments: [id])
      }
    }
    insertFlow = try database.cachedStatement(sql: EvidenceRow.insertion)
    keptOfFlow = try database.cachedStatement(
      sql: """
        SELECT max(packets), max(bytes) FROM flows
        WHERE start = ? AND source_key = ? AND source_port = ? AND destination_key = ?
          AND destination_port = ? AND protocol = ? AND sensor = ? AND kind > 0
        """)
  }

  mutating func finish() throws {
    let insert = try database.cachedStatement(
      sql: "INSERT INTO traffic VALUES (?, ?, ?, ?, ?, ?, ?)")
    for (cell, sum) in traffic {
      try insert.execute(arguments: [
        id, cell.time, cell.application, cell.ipProtocol, sum.rows, sum.packets, sum.bytes,
      ])
    }
    try database.execute(
      sql: """
        UPDATE segments SET rows = ?, attack_rows = ?, unknown_rows = ?, packets = ?, bytes = ?
        WHERE id = ?
        """,
      arguments: [
        receipt.rows, receipt.attackRows, receipt.unknownRows, receipt.packets, receipt.bytes, id,
      ])
  }
}
