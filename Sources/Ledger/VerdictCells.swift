import Tables

/// Where the cells stand in a row of `ward_verdict_3` or `ward_action_3`. Both begin alike.
struct VerdictCells {
  let packets = Table.identityCount + Measure.packets.index
  let bytes = Table.identityCount + Measure.bytes.index
  let folded = Table.identityCount + Measure.folded.index
  let foldedSources = Table.identityCount + Measure.foldedSources.index
  let verdict = Table.measureCells.upperBound
  let hasAction: Bool

  init(_ table: Table) { hasAction = table == .action }

  /// The first cell of what was done.
  var action: Int { verdict + 10 }

  func attack(_ record: borrowing Record) throws -> Attack {
    try record.choice(verdict + 1, "attack")
  }

  func isActedUpon(_ record: borrowing Record) -> Bool {
    hasAction && !record[action].elementsEqual("none".utf8)
      && !record[action].elementsEqual("-".utf8)
  }

  func isOpen(_ record: borrowing Record) -> Bool {
    record[12].elementsEqual(FlowState.open.rawValue.utf8)
  }

  func count(_ record: borrowing Record, _ cell: Int, _ column: String) throws -> Int {
    Int(try record.number(cell, column).rounded())
  }

  /// The whole row.
  func row(_ record: borrowing Record) throws -> EvidenceRow {
    var row = EvidenceRow(identity: try FlowIdentity(record))
    row.packets = try count(record, packets, "packets")
    row.bytes = try count(record, bytes, "bytes")
    row.folded = max(1, try count(record, folded, "folded"))
    row.foldedSources = max(1, try count(record, foldedSources, "folded_sources"))
    row.identity.application = record.words(10)
    row.label = record.words(verdict)
    row.attack = try attack(record)
    row.confidence = try record.number(verdict + 2, "confidence")
    row.judge = record.words(verdict + 3)
    row.modelAttack = record.words(verdict + 4)
    row.modelConfidence = try record.number(verdict + 5, "model_confidence")
    row.detectorAttack = record.words(verdict + 6)
    row.detectorReason = record.words(verdict + 7)
    row.modelReasons = record.words(verdict + 8)
    row.anomaly = try record.number(verdict + 9, "anomaly")
    guard hasAction else { return row }
    row.action = record.words(action)
    row.actionReason = record.words(action + 1)
    row.sparedBy = record.words(action + 2)
    if !record[action + 3].elementsEqual("-".utf8) {
      row.expires = try record.time(action + 3, "expires")
    }
    row.backend = record.words(action + 4)
    return row
  }
}

extension Record {
  /// A cell as text with U+FFFD for NUL, at which SQLite's text functions would end it.
  func words(_ index: Int) -> String {
    let bytes = self[index]
    guard bytes.contains(0) else { return text(index) }
    return text(index).split(separator: "\0", omittingEmptySubsequences: false)
      .joined(separator: "\u{FFFD}")
  }
}
