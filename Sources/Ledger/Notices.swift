import GRDB
public import Time

/// Notices of one stage and kind in a slice.
public struct NoticeSummary: Codable, Sendable {
  /// The stage that spoke.
  public var stage: String
  /// What it spoke of.
  public var kind: String
  /// How often.
  public var notices: Int
  /// The sum of the counts it gave: packets, files or whatever the kind counts.
  public var count: Int
  /// The sum of the bytes it gave.
  public var bytes: Int
  /// The first time.
  public var first: Timestamp
  /// The last time.
  public var last: Timestamp
  /// The words of the newest, and what it was about.
  public var text: String
  /// What the newest was about.
  public var subject: String
}

extension Survey {
  /// What the stages told in the slice, by stage and kind; all of it, whatever the addresses.
  public func notices() throws -> [NoticeSummary] {
    try all(
      """
      SELECT stage, kind, count(*), total(count), total(bytes), first, max(time), text, subject
      FROM (SELECT *, min(time) OVER (PARTITION BY stage, kind) AS first FROM notices
        WHERE time >= ? AND time < ?)
      GROUP BY stage, kind ORDER BY stage, kind
      """, range
    ) { row in
      NoticeSummary(
        stage: row[0], kind: row[1], notices: row[2], count: Int(row[3] as Double),
        bytes: Int(row[4] as Double), first: Timestamp(microseconds: row[5]),
        last: Timestamp(microseconds: row[6]), text: row[7], subject: row[8])
    }
  }
}
