import GRDB
import Tables
public import Time

/// One kind of attack in a slice.
public struct AttackSummary: Codable, Sendable {
  /// Its name.
  public var attack: String
  /// Its MITRE ATT&CK technique; `-` for none.
  public var technique: String
  /// Rows that name it.
  public var rows: Int
  /// Flows first called so.
  public var flows: Int
  /// Packets in its rows.
  public var packets: Int
  /// Bytes in its rows.
  public var bytes: Int
  /// Initiators.
  public var sources: Int
  /// Responders.
  public var targets: Int
  /// The first packet of the first flow called so.
  public var first: Timestamp
  /// The last packet of its last row.
  public var last: Timestamp
  /// The highest confidence of a row.
  public var confidence: Double
  /// Who judged, most rows first.
  public var judges: [String]
}

extension Survey {
  /// The kinds of attack, most packets first.
  public func attacks() throws -> [AttackSummary] {
    let judges = try all(
      """
      SELECT attack, judge FROM kept WHERE kind = 2 GROUP BY attack, judge
      ORDER BY count(*) DESC, judge
      """
    ) { (attack: $0[0] as String, judge: $0[1] as String) }
    return try all(
      """
      SELECT attack, count(*), sum(flows), sum(packets), sum(bytes), count(DISTINCT source_key),
        count(DISTINCT destination_key), min(start), max(last), max(confidence)
      FROM kept WHERE kind = 2 GROUP BY attack ORDER BY sum(packets) DESC, attack
      """
    ) { row in
      let name: String = row[0]
      return AttackSummary(
        attack: name, technique: Attack(rawValue: name)?.technique ?? "-", rows: row[1],
        flows: row[2], packets: row[3], bytes: row[4], sources: row[5], targets: row[6],
        first: Timestamp(microseconds: row[7]), last: Timestamp(microseconds: row[8]),
        confidence: row[9], judges: judges.filter { $0.attack == name }.map(\.judge))
    }
  }
}
