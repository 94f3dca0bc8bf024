public import Addresses
public import Tables
public import Time

/// A row of ``Tables/Table/order``: what a person wants done.
public struct Order: Hashable, Sendable {
  /// What to do.
  public enum Verb: Hashable, Sendable {
    /// Block for so many seconds; nil for as long as an automatic block.
    case block(Prefix, seconds: Int?)
    /// Lift every block within.
    case unblock(Prefix)
    /// Lift every block.
    case unblockAll
  }

  /// What to do.
  public var verb: Verb
  /// When it was given, wall time.
  public var time: Timestamp
  /// Who gave it.
  public var by: String
  /// Why.
  public var why: String

  /// Makes an order from its parts.
  public init(_ verb: Verb, time: Timestamp, by: String, why: String) {
    self.verb = verb
    self.time = time
    self.by = by
    self.why = why
  }

  /// The longest block that a person may order, in seconds: 30 days.
  public static let longest = 2_592_000

  /// Reads a row of ``Tables/Table/order``.
  ///
  /// - Throws: ``Tables/TableError`` for a cell that is not what its column says.
  public init(_ record: borrowing Record) throws {
    let seconds = try record.integer(4, "seconds", in: 0...Self.longest)
    let text = record.text(3)
    let bad = TableError.cell(
      row: record.number, column: "address", text: String(text.onOneLine.prefix(80)))
    switch (record.text(2), Prefix(text)) {
    case ("block", let prefix?): verb = .block(prefix, seconds: seconds > 0 ? seconds : nil)
    case ("unblock", let prefix?): verb = .unblock(prefix)
    case ("unblock", nil) where text == "all": verb = .unblockAll
    case ("block", _), ("unblock", _): throw bad
    default: throw TableError.cell(row: record.number, column: "verb", text: record.text(2))
    }
    time = try record.time(1, "time")
    by = record.text(5).onOneLine
    why = record.text(6).onOneLine
  }

  /// Appends this order as row `number`, from 1.
  public func write(_ number: Int, to writer: inout RowWriter) {
    let (word, address, seconds): (String, String, Int) =
      switch verb {
      case .block(let prefix, let seconds): ("block", prefix.description, seconds ?? 0)
      case .unblock(let prefix): ("unblock", prefix.description, 0)
      case .unblockAll: ("unblock", "all", 0)
      }
    writer.cell(number)
    writer.cell(time)
    writer.cell(word)
    writer.cell(address)
    writer.cell(seconds)
    writer.cell(by.onOneLine)
    writer.cell(why.onOneLine)
    writer.endRow()
  }
}

extension Responder {
  /// Does what a person wants.
  public mutating func obey(_ order: Order, _ now: Timestamp) -> [Outcome] {
    switch order.verb {
    case .block(let prefix, let seconds):
      [block(prefix, seconds: seconds, by: order.by, why: order.why, now)]
    case .unblock(let prefix): unblock(prefix, by: order.by, why: order.why, now)
    case .unblockAll: unblockAll(by: order.by, why: order.why, now)
    }
  }
}
