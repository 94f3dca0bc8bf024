import GRDB
public import Time

/// Something that was done, or decided against, about one address.
public struct ActionTaken: Codable, Sendable {
  /// In one word, as in the column `action`.
  public var action: String
  /// The initiator it was done to.
  public var source: String
  /// The responder, when all rows have the same; else `-`.
  public var destination: String
  /// What the rows were called, most rows first.
  public var attacks: [String]
  /// Why, in the words of the first row.
  public var reason: String
  /// The rule that forbade more; `-` for none.
  public var sparedBy: String
  /// What carried it out; `simulate` if nothing did.
  public var backend: String
  /// When it was first done.
  public var first: Timestamp
  /// When it was last done.
  public var last: Timestamp
  /// When it ends by itself, the latest moment given; nil for never or not at all.
  public var expires: Timestamp?
  /// Rows that carry it.
  public var rows: Int

  /// Whether it kept packets out: the source was blocked, by a backend that does.
  public var isInForce: Bool { action == "blocked" && backend != "simulate" }
}

extension Survey {
  /// What was done, blocks first, then by time, `limit` at most; and how many there are.
  ///
  /// Rows of the same action, initiator, backend and rule are one; a block that came back with
  /// another end is one more. `already_blocked` is the echo of a block and is left out.
  public func actions(limit: Int) throws -> (shown: [ActionTaken], total: Int) {
    let group = """
      FROM kept WHERE action NOT IN ('none', '-', 'counted', 'already_blocked')
      GROUP BY action, source_key, backend, spared_by,
        CASE action WHEN 'blocked' THEN coalesce(expires, 0) ELSE 0 END
      """
    let total = try Int.fetchOne(database, sql: "SELECT count(*) FROM (SELECT 1 \(group))") ?? 0
    let shown = try all(
      """
      SELECT action, source, CASE WHEN min(destination) = max(destination) THEN min(destination)
          ELSE '-' END, group_concat(DISTINCT attack),
        substr(min(printf('%020d', last) || action_reason), 21), spared_by, backend, min(last),
        max(last), max(expires), count(*) \(group)
      ORDER BY action <> 'blocked', min(last), source_key LIMIT ?
      """, [limit]
    ) { row in
      ActionTaken(
        action: row[0], source: row[1], destination: row[2],
        attacks: (row[3] as String).split(separator: ",").map(String.init).sorted(),
        reason: row[4], sparedBy: row[5], backend: row[6],
        first: Timestamp(microseconds: row[7]), last: Timestamp(microseconds: row[8]),
        expires: (row[9] as Int64?).map { Timestamp(microseconds: $0) }, rows: row[10])
    }
    return (shown, total)
  }

  /// How many rows carry each action.
  public func actionCounts() throws -> [String: Int] {
    let counts = try all("SELECT action, count(*) FROM kept WHERE kind = 2 GROUP BY action") {
      ($0[0] as String, $0[1] as Int)
    }
    return Dictionary(uniqueKeysWithValues: counts)
  }
}
