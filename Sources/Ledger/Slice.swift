public import Addresses
import GRDB
public import Time

/// What of the ledger is asked about: a time, and perhaps who.
///
/// A row belongs to the time of its last packet, so that the slices of a day add up to the day.
public struct Slice: Sendable {
  /// The first moment asked about.
  public var from: Timestamp
  /// The first moment no longer asked about.
  public var to: Timestamp
  /// Only rows whose initiator lies in this block.
  public var source: Prefix?
  /// Only rows whose responder lies in this block.
  public var destination: Prefix?

  /// Makes a slice; `to` before `from` is an empty one.
  public init(
    from: Timestamp, to: Timestamp, source: Prefix? = nil, destination: Prefix? = nil
  ) {
    self.from = from
    self.to = max(from, to)
    self.source = source
    self.destination = destination
  }

  /// Whether it asks about some addresses only.
  public var isFiltered: Bool { source != nil || destination != nil }

  /// The condition on a row of `flows`, and its values.
  var condition: (sql: String, arguments: StatementArguments) {
    var sql = "last >= ? AND last < ?"
    var arguments: StatementArguments = [from.microseconds, to.microseconds]
    for (column, prefix) in [("source_key", source), ("destination_key", destination)] {
      guard let prefix else { continue }
      sql += " AND \(column) BETWEEN ? AND ?"
      arguments += [Blob(prefix.address), Blob(prefix.last)]
    }
    return (sql, arguments)
  }
}
