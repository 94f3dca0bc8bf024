import GRDB
public import Time

/// When a sensor's segments cover a slice, and when not.
public struct Coverage: Codable, Sendable {
  /// A time without segments.
  public struct Gap: Codable, Sendable, Equatable {
    /// Its first moment.
    public var from: Timestamp
    /// Its end.
    public var to: Timestamp
  }

  /// The box.
  public var sensor: String
  /// The first packet of its first segment in the slice.
  public var first: Timestamp
  /// The clock of its last.
  public var clock: Timestamp
  /// Its segments in the slice.
  public var segments: Int
  /// Times without any, within the slice; the newest 1,000.
  public var gaps: [Gap]
}

extension Survey {
  /// What each sensor covers, by name. A gap is a time longer than `tolerance` seconds
  /// without a segment; `capture` hands on an empty one every few seconds on a quiet wire.
  public func coverage(tolerance: Int = 60) throws -> [Coverage] {
    let tolerance = Int64(tolerance) * 1_000_000
    var sensors = try all(
      """
      SELECT sensor, min(first), max(clock), count(*) FROM segments
      WHERE clock >= ? AND first < ? AND queue <> 'notices' GROUP BY sensor ORDER BY sensor
      """, range
    ) { row in
      Coverage(
        sensor: row[0], first: Timestamp(microseconds: row[1]),
        clock: Timestamp(microseconds: row[2]), segments: row[3], gaps: [])
    }
    for index in sensors.indices {
      let sensor = sensors[index]
      var gaps = try between(sensor.sensor, tolerance)
      if sensor.first.microseconds(since: slice.from) > tolerance {
        gaps.insert(Coverage.Gap(from: slice.from, to: sensor.first), at: 0)
      }
      if slice.to.microseconds(since: sensor.clock) > tolerance {
        gaps.append(Coverage.Gap(from: sensor.clock, to: slice.to))
      }
      sensors[index].gaps = gaps.suffix(1_000)
    }
    return sensors
  }

  private func between(_ sensor: String, _ tolerance: Int64) throws -> [Coverage.Gap] {
    try all(
      """
      SELECT until, first FROM (
        SELECT first, max(clock) OVER (ORDER BY first, clock
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
        FROM segments
        WHERE clock >= ? AND first < ? AND queue <> 'notices' AND sensor = ?)
      WHERE first - until > ? ORDER BY first
      """, range + [sensor, tolerance]
    ) { Coverage.Gap(from: Timestamp(microseconds: $0[0]), to: Timestamp(microseconds: $0[1])) }
  }
}
