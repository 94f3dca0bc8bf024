public import Addresses
public import Tables
public import Time

/// One change of the block list, and one line of its journal.
public enum JournalEntry: Hashable, Sendable {
  /// A block begins, or takes the place of one on the same address.
  case block(Block)
  /// A block is lifted.
  case unblock(Lift)
  /// A block that is over but not forgotten: how often its address was blocked, and until when.
  /// Only a compacted journal holds it.
  case past(Prefix, blocks: Int, until: Timestamp)
  /// What became of a person's order: for whoever gave it and waits. Changes nothing.
  case answer(Answer)

  /// Who lifted a block, and why.
  public struct Lift: Hashable, Sendable {
    /// Whose block.
    public var prefix: Prefix
    /// Wall time of the lift.
    public var time: Timestamp
    /// Until when the address is left alone; the time of the lift if it is not.
    public var pardonedUntil: Timestamp
    /// The person, or `whitelist`.
    public var by: String
    /// Why, for a person.
    public var reason: String

    /// Makes a lift from its parts.
    public init(
      prefix: Prefix, time: Timestamp, pardonedUntil: Timestamp, by: String, reason: String
    ) {
      self.prefix = prefix
      self.time = time
      self.pardonedUntil = pardonedUntil
      self.by = by
      self.reason = reason
    }
  }

  /// What became of one row of an order file.
  public struct Answer: Hashable, Sendable {
    /// The order file's name without extension, and its row.
    public var order: Place
    /// Wall time of the answer.
    public var time: Timestamp
    /// ``Outcome/Kind`` by name, or `failed`.
    public var kind: String
    /// The whole story, for a person.
    public var text: String

    /// Makes an answer from its parts.
    public init(order: Place, time: Timestamp, kind: String, text: String) {
      self.order = order
      self.time = time
      self.kind = kind
      self.text = text
    }
  }

  /// The columns of the journal; the first carries its version.
  public static let columns = [
    "ward_block_1", "address", "since", "until", "returns", "by", "segment", "row", "reason",
  ]

  /// Reads one line.
  ///
  /// - Parameter line: the line with its line end.
  /// - Throws: ``Tables/TableError`` for a line that is not an entry.
  public init(line: UnsafeRawBufferPointer) throws {
    var entry: JournalEntry?
    try CSVReader.read(line) { record in entry = try JournalEntry(record) }
    guard let entry else { throw TableError.cut(row: 0) }
    self = entry
  }

  private init(_ record: borrowing Record) throws {
    guard record.count == Self.columns.count else {
      throw TableError.cellCount(row: 0, expected: Self.columns.count, found: record.count)
    }
    let since = try record.time(2, "since")
    let until = try record.time(3, "until")
    let returns = try record.integer(4, "returns", in: 0...1_000_000)
    let by = record.text(5)
    let reason = record.text(8)
    let place = Place(segment: record.text(6), row: try record.integer(7, "row", in: 0...Int.max))
    if record.text(0) == "answer" {
      self = .answer(Answer(order: place, time: since, kind: by, text: reason))
      return
    }
    guard let prefix = Prefix(record.text(1)) else {
      throw TableError.cell(row: 0, column: "address", text: String(record.text(1).prefix(80)))
    }
    switch record.text(0) {
    case "block":
      self = .block(
        Block(
          prefix: prefix, since: since, until: until, returns: returns, by: by, place: place,
          reason: reason))
    case "unblock":
      self = .unblock(
        Lift(prefix: prefix, time: since, pardonedUntil: until, by: by, reason: reason))
    case "past": self = .past(prefix, blocks: returns, until: until)
    default: throw TableError.cell(row: 0, column: "ward_block_1", text: record.text(0))
    }
  }

  /// Appends the line of this entry.
  public func write(to writer: inout RowWriter) {
    switch self {
    case .block(let block):
      Self.write(
        "block", block.prefix, block.since, block.until, block.returns, block.by, block.place,
        block.reason, to: &writer)
    case .unblock(let lift):
      Self.write(
        "unblock", lift.prefix, lift.time, lift.pardonedUntil, 0, lift.by, .order, lift.reason,
        to: &writer)
    case .past(let prefix, let blocks, let until):
      Self.write("past", prefix, until, until, blocks, "-", .order, "-", to: &writer)
    case .answer(let answer):
      Self.write(
        "answer", nil, answer.time, answer.time, 0, answer.kind, answer.order, answer.text,
        to: &writer)
    }
  }

  private static func write(
    _ verb: String, _ prefix: Prefix?, _ since: Timestamp, _ until: Timestamp, _ returns: Int,
    _ by: String, _ place: Place, _ reason: String, to writer: inout RowWriter
  ) {
    writer.cell(verb)
    writer.cell(prefix?.description ?? "-")
    writer.cell(since)
    writer.cell(until)
    writer.cell(returns)
    writer.cell(by.onOneLine)
    writer.cell(place.segment.onOneLine)
    writer.cell(place.row)
    writer.cell(reason.onOneLine)
    writer.endRow()
  }
}

extension String {
  /// The text with every control character made a blank, at most 300 characters of it: what a person
  /// typed becomes a cell that is one line.
  public var onOneLine: String {
    // C1 controls begin with 0xC2 in UTF-8. Most text is short and has no control character.
    if utf8.count <= 300, !utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) {
      return self
    }
    return String(
      unicodeScalars.prefix(300).map { scalar in
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : Character(scalar)
      })
  }
}
