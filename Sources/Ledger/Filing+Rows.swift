import Addresses
import GRDB
import Tables
import Time

/// What benign rows are summed by.
struct TrafficCell: Hashable {
  let time: Int64
  let application: String
  let ipProtocol: Int

  init(_ last: Timestamp, _ application: String, _ ipProtocol: Int) {
    let offset = last.microseconds % Schema.cell
    time = last.microseconds - (offset < 0 ? offset + Schema.cell : offset)
    self.application = application
    self.ipProtocol = ipProtocol
  }
}

/// The sum of a cell.
struct TrafficSum {
  var rows = 0
  var packets = 0
  var bytes = 0
}

extension Filing {
  /// Takes the rows of a verdict or action table.
  mutating func verdicts(_ table: Tables.Table, _ text: UnsafeRawBufferPointer) throws {
    let cells = VerdictCells(table)
    var filing = self
    try table.read(text) { record in
      filing.receipt.rows += 1
      if try cells.attack(record) == .benign, !cells.isActedUpon(record) {
        try filing.sum(record, cells)
      } else {
        try filing.keep(cells.row(record))
      }
    }
    self = filing
  }

  private mutating func sum(_ record: borrowing Tables.Record, _ cells: VerdictCells) throws {
    let cell = TrafficCell(
      try record.time(2, "last"), record.words(10),
      try record.integer(7, "protocol", in: 0...255))
    var sum = TrafficSum(rows: 1)
    if !cells.isOpen(record) {
      sum.packets = try cells.count(record, cells.packets, "packets")
      sum.bytes = try cells.count(record, cells.bytes, "bytes")
      receipt.packets += sum.packets
      receipt.bytes += sum.bytes
      try subtractKept(try FlowIdentity(record), from: &sum)
    }
    traffic[cell, default: TrafficSum()].add(sum)
  }

  private func subtractKept(_ identity: FlowIdentity, from sum: inout TrafficSum) throws {
    let kept = try Row.fetchOne(
      keptOfFlow,
      arguments: [
        identity.start.microseconds, Blob(identity.source), Int(identity.sourcePort),
        Blob(identity.destination), Int(identity.destinationPort), Int(identity.ipProtocol),
        identity.sensor,
      ])
    sum.packets = max(0, sum.packets - (kept?[0] ?? 0))
    sum.bytes = max(0, sum.bytes - (kept?[1] ?? 0))
  }

  private mutating func keep(_ row: EvidenceRow) throws {
    try insertFlow.execute(arguments: row.arguments(segment: id))
    if row.identity.state != .open {
      receipt.packets += row.packets
      receipt.bytes += row.bytes
    }
    switch row.kind {
    case .attack: receipt.attackRows += 1
    case .unknown: receipt.unknownRows += 1
    case .benign:
      var sum = TrafficSum(rows: 1)
      if row.identity.state != .open {
        sum.packets = row.packets
        sum.bytes = row.bytes
        try subtractKept(row.identity, from: &sum)
      }
      let cell = TrafficCell(
        row.identity.last, row.identity.application, Int(row.identity.ipProtocol))
      traffic[cell, default: TrafficSum()].add(sum)
    }
    if row.kind == .attack || row.isActedUpon { told.append(row) }
  }

  /// Takes the rows of a notice table.
  mutating func notices(_ text: UnsafeRawBufferPointer) throws {
    let insert = try database.cachedStatement(
      sql: """
        INSERT INTO notices (segment, row, time, stage, kind, subject, count, bytes, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    var rows = 0
    try Tables.Table.notice.read(text) { record in
      rows += 1
      try insert.execute(arguments: [
        id, try record.integer(0, "row", in: 1...Int.max), try record.time(1, "time").microseconds,
        record.words(2), record.words(3), record.words(4),
        Int(try record.number(5, "count")), Int(try record.number(6, "bytes")), record.words(7),
      ])
      if record[3].elementsEqual(Correction.kind.utf8) { try correct(record) }
    }
    receipt.rows = rows
  }

  /// Notes what a person said of a row. Notices may come again, and in any order: the newest word holds.
  private func correct(_ record: borrowing Tables.Record) throws {
    guard let correction = Correction(subject: record.words(4)) else { return }
    try database.execute(
      sql: """
        INSERT INTO corrections (segment, row, label, time, text) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (segment, row) DO UPDATE SET
          label = excluded.label, time = excluded.time, text = excluded.text
        WHERE excluded.time >= corrections.time
        """,
      arguments: [
        correction.segment, correction.row, correction.label,
        try record.time(1, "time").microseconds, record.words(7),
      ])
  }
}

extension TrafficSum {
  fileprivate mutating func add(_ other: TrafficSum) {
    rows += other.rows
    packets += other.packets
    bytes += other.bytes
  }
}
