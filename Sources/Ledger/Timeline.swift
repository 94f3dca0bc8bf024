import GRDB
public import Time

/// One bucket of a time line.
public struct TimelineBucket: Codable, Sendable {
  /// Its first moment; a multiple of the bucket's width.
  public var start: Timestamp
  /// Packets of benign flows that ended in it.
  public var benignPackets = 0
  /// Bytes of those.
  public var benignBytes = 0
  /// Packets in attack rows of it.
  public var attackPackets = 0
  /// Bytes in those.
  public var attackBytes = 0
  /// Flows first called an attack in it.
  public var attackFlows = 0
  /// Packets in rows unlike anything learned.
  public var unknownPackets = 0

  init(start: Timestamp) { self.start = start }
}

extension Survey {
  /// The slice in buckets of `width` seconds, empty ones included, from the one that holds its
  /// first moment. Benign traffic is known to ten seconds, and only when no addresses are asked for.
  public func timeline(width: Int) throws -> [TimelineBucket] {
    let width = Int64(max(width, 1)) * 1_000_000
    let first = Self.floor(slice.from.microseconds, width)
    guard slice.to > slice.from else { return [] }
    var buckets = stride(from: first, to: slice.to.microseconds, by: Int(width)).map {
      TimelineBucket(start: Timestamp(microseconds: $0))
    }
    func index(_ row: Row) -> Int { Int((Self.floor(row[0], width) - first) / width) }
    let kept = try Row.fetchCursor(
      database,
      sql: """
        SELECT last / ? * ?, kind, sum(packets), sum(bytes), sum(flows) FROM kept WHERE kind > 0
        GROUP BY 1, 2
        """, arguments: [width, width])
    while let row = try kept.next() {
      guard buckets.indices.contains(index(row)) else { continue }
      if row[1] == EvidenceRow.Kind.attack.rawValue {
        buckets[index(row)].attackPackets += row[2]
        buckets[index(row)].attackBytes += row[3]
        buckets[index(row)].attackFlows += row[4]
      } else {
        buckets[index(row)].unknownPackets += row[2]
      }
    }
    guard !slice.isFiltered else { return buckets }
    let benign = try Row.fetchCursor(
      database,
      sql: """
        SELECT time / ? * ?, sum(packets), sum(bytes) FROM traffic WHERE time >= ? AND time < ?
        GROUP BY 1
        """, arguments: [width, width] + range)
    while let row = try benign.next() {
      guard buckets.indices.contains(index(row)) else { continue }
      buckets[index(row)].benignPackets += row[1]
      buckets[index(row)].benignBytes += row[2]
    }
    return buckets
  }

  private static func floor(_ value: Int64, _ step: Int64) -> Int64 {
    let rest = value % step
    return value - (rest < 0 ? rest + step : rest)
  }
}
