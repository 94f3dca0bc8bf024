public import Time

/// A file taken from the spool, as the ledger knows it.
public struct Segment: Hashable, Sendable {
  /// The base name, the segment's identity: one name is filed once.
  public var name: String
  /// The queue it came from: `mitigated`, `benign`, `notices`.
  public var queue: String
  /// The box that heard it; in `notices` followed by `.` and the stage.
  public var sensor: String
  /// Time of its first packet.
  public var first: Timestamp
  /// The moment up to which it is complete.
  public var clock: Timestamp

  /// Makes a segment from its parts.
  public init(name: String, queue: String, sensor: String, first: Timestamp, clock: Timestamp) {
    self.name = name
    self.queue = queue
    self.sensor = sensor
    self.first = first
    self.clock = clock
  }
}

/// What filing a segment came to.
public struct Receipt: Hashable, Sendable {
  /// Whether the ledger had a segment of this name, whose rows these replaced.
  public var isRepeat = false
  /// Rows in the file.
  public var rows = 0
  /// Rows that name an attack.
  public var attackRows = 0
  /// Rows unlike anything learned.
  public var unknownRows = 0
  /// Packets of its final rows (state other than `open`).
  public var packets = 0
  /// Bytes of its final rows.
  public var bytes = 0
}
