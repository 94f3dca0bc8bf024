import GRDB
import Tables
import Time

/// A row kept, the segment it came in, and what it adds to what its flow's earlier rows said.
public struct FiledRow: Sendable {
  /// The segment's name.
  public var segment: String
  /// The row as it was.
  public var row: EvidenceRow
  /// Packets it adds; the sum over the rows of a slice is the slice's total.
  public var addedPackets: Int
  /// Bytes it adds.
  public var addedBytes: Int
  /// Flows it adds.
  public var addedFlows: Int
  /// What a person said it is; nil if nobody did.
  public var correction: String?
}

extension Survey {
  /// How many rows are kept.
  public func evidenceCount() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM kept") ?? 0
  }

  /// The rows kept, by time, one at a time, `limit` at most.
  public func evidence(limit: Int = .max, _ body: (FiledRow) throws -> Void) throws {
    try rows("ORDER BY kept.last, kept.segment, flows.row LIMIT ?", [limit], body)
  }

  /// The rows that say most, `limit` at most: those something was done about, then those that add
  /// most packets, at most a few of each flow's address pair and attack.
  public func mainEvidence(limit: Int) throws -> [FiledRow] {
    var filed: [FiledRow] = []
    try rows(
      """
      JOIN (
        SELECT id AS chosen, row_number() OVER (PARTITION BY attack, source_key, destination_key
          ORDER BY action = 'blocked' DESC, packets DESC, id) AS place FROM kept
      ) ON chosen = kept.id AND place <= 3
      ORDER BY kept.action = 'blocked' DESC, kept.kind DESC, place, kept.packets DESC, kept.id LIMIT ?
      """, [limit]
    ) { filed.append($0) }
    return filed.sorted { $0.row.identity.last < $1.row.identity.last }
  }

  private func rows(
    _ tail: String, _ arguments: StatementArguments, _ body: (FiledRow) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT flows.*, segments.name AS segment_name, kept.packets AS added_packets,
          kept.bytes AS added_bytes, kept.flows AS added_flows,
          nullif(corrections.label, '-') AS correction
        FROM kept JOIN flows ON flows.id = kept.id JOIN segments ON segments.id = kept.segment
          LEFT JOIN corrections
            ON corrections.segment = segments.name AND corrections.row = flows.row
        \(tail)
        """, arguments: arguments)
    while let row = try rows.next() {
      guard let evidence = EvidenceRow(row) else { continue }
      try body(
        FiledRow(
          segment: row["segment_name"], row: evidence, addedPackets: row["added_packets"],
          addedBytes: row["added_bytes"], addedFlows: row["added_flows"],
          correction: row["correction"]))
    }
  }
}
