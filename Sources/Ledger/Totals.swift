import GRDB
import Time

/// A slice in numbers.
public struct Totals: Codable, Sendable {
  /// Segments that were complete within the slice; all of them, whatever the addresses asked for.
  public var segments = 0
  /// Rows in those segments.
  public var rows = 0
  /// The boxes that heard them.
  public var sensors: [String] = []
  /// Rows that name an attack.
  public var attackRows = 0
  /// Flows those rows are of, folded ones counted.
  public var attackFlows = 0
  /// Their packets.
  public var attackPackets = 0
  /// Their bytes.
  public var attackBytes = 0
  /// Initiators of attack rows.
  public var attackSources = 0
  /// Responders of attack rows.
  public var attackTargets = 0
  /// Rows unlike anything learned.
  public var unknownRows = 0
  /// Packets of those.
  public var unknownPackets = 0
  /// Bytes of those.
  public var unknownBytes = 0
  /// Benign rows; nil when the slice asks for some addresses, which benign sums do not keep.
  public var benignRows: Int?
  /// Packets of benign flows that ended.
  public var benignPackets: Int?
  /// Bytes of benign flows that ended.
  public var benignBytes: Int?
}

extension Survey {
  /// The slice in numbers.
  public func totals() throws -> Totals {
    var totals = Totals()
    let kinds = try all(
      """
      SELECT kind, count(*), sum(flows), sum(packets), sum(bytes), count(DISTINCT source_key),
        count(DISTINCT destination_key) FROM kept WHERE kind > 0 GROUP BY kind
      """
    ) { $0.copy() }
    for row in kinds {
      if row[0] == EvidenceRow.Kind.attack.rawValue {
        (totals.attackRows, totals.attackFlows) = (row[1], row[2])
        (totals.attackPackets, totals.attackBytes) = (row[3], row[4])
        (totals.attackSources, totals.attackTargets) = (row[5], row[6])
      } else {
        (totals.unknownRows, totals.unknownPackets, totals.unknownBytes) = (row[1], row[3], row[4])
      }
    }
    try addSegments(to: &totals)
    if !slice.isFiltered { try addBenign(to: &totals) }
    return totals
  }

  private func addSegments(to totals: inout Totals) throws {
    let sums = try all(
      """
      SELECT count(*), total(rows) FROM segments
      WHERE clock > ? AND clock <= ? AND queue <> 'notices'
      """, range
    ) { [$0[0] as Int, Int($0[1] as Double)] }
    totals.segments = sums.first?[0] ?? 0
    totals.rows = sums.first?[1] ?? 0
    totals.sensors = try all(
      """
      SELECT DISTINCT sensor FROM segments WHERE clock >= ? AND first < ? AND queue <> 'notices'
      ORDER BY sensor
      """, range
    ) { $0[0] as String }
  }

  private func addBenign(to totals: inout Totals) throws {
    let sums = try all(
      """
      SELECT total(rows), total(packets), total(bytes) FROM traffic WHERE time >= ? AND time < ?
      """, range
    ) { [Int($0[0] as Double), Int($0[1] as Double), Int($0[2] as Double)] }
    totals.benignRows = sums.first?[0]
    totals.benignPackets = sums.first?[1]
    totals.benignBytes = sums.first?[2]
  }
}
