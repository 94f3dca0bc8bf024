import Glibc
import Spool
import Stage
import Tables
import Time

/// Keeps what people say of rows: `archive/corrections/SEGMENT.csv`, a notice for the ledger.
struct LabelDesk {
  let spool: SpoolDirectory

  /// What is said of a row.
  struct Word {
    /// What it is; nil takes back what was said.
    let label: Attack?
    let by: String
    let why: String
    let time: Timestamp
  }

  /// Keeps a word about a row.
  ///
  /// - Returns: what was done, in a line.
  /// - Throws: `Failure` (no input) if there is no such row, (data) for a broken file; `SpoolError`.
  func say(_ word: Word, of row: Int, in segment: SegmentName) throws -> String {
    let files = try CorrectionFiles(changing: spool)
    var rows = try corrections(files, segment)
    let former = rows.first { $0.number == row }
    rows.removeAll { $0.number == row }
    if let label = word.label {
      guard let flow = try found(row, in: segment) ?? former else {
        throw Failure(.noInput, "unable to label row \(row) of \(segment): it is not there")
      }
      rows.append(CorrectedRow(flow, label: label, by: word.by, why: word.why, time: word.time))
    } else if former == nil {
      throw Failure(.noInput, "unable to unlabel row \(row) of \(segment): nothing was said of it")
    }
    try write(rows, files, segment)
    try tell(word, row, segment)
    guard let label = word.label, let new = rows.last else {
      return "\(segment) row \(row): what was said of it is taken back"
    }
    return "\(segment) row \(row): was \(new.attack) by \(new.judge), is \(label.rawValue)"
  }

  /// Prints what was said, a line a row.
  func list(_ segment: SegmentName?) throws {
    let files = try CorrectionFiles(reading: spool)
    for name in try segment.map({ [$0] }) ?? files.segments() {
      for row in try corrections(files, name) { print("\(name) \(row.told)") }
    }
  }

  private func corrections(
    _ files: borrowing CorrectionFiles, _ segment: SegmentName
  ) throws -> [CorrectedRow] {
    var rows: [CorrectedRow] = []
    try naming("the corrections of \(segment)") {
      _ = try files.read(segment) { text in
        try Table.correction.read(text) { rows.append(try CorrectedRow(correction: $0)) }
      }
    }
    return rows
  }

  /// The row of a segment that was judged; nil if the segment has none of that number.
  private func found(_ row: Int, in segment: SegmentName) throws -> CorrectedRow? {
    var found: CorrectedRow?
    let isThere: Void? = try naming("\(segment)") {
      try spool.withFiled(segment) { text in
        try Self.table(text).read(text) { record in
          guard found == nil, try record.integer(0, "row", in: 1...Int.max) == row else { return }
          found = try CorrectedRow(verdict: record)
        }
      }
    }
    if isThere != nil, found == nil {
      throw Failure(.noInput, "unable to label row \(row) of \(segment): it has no such row")
    }
    return found
  }

  private static func table(_ text: UnsafeRawBufferPointer) -> Table {
    text.starts(with: Table.action.columns[0].utf8) ? .action : .verdict
  }

  private func write(
    _ rows: [CorrectedRow], _ files: borrowing CorrectionFiles, _ segment: SegmentName
  ) throws {
    guard !rows.isEmpty else { return try files.remove(segment) }
    var writer = RowWriter(header: .correction)
    for row in rows.sorted(by: { $0.number < $1.number }) { row.write(to: &writer) }
    let bytes = writer.bytes
    try bytes.withUnsafeBytes { try files.write($0, segment) }
  }

  /// Has the ledger know.
  private func tell(_ word: Word, _ row: Int, _ segment: SegmentName) throws {
    let speaker = "label\(getpid())"
    let outbox = try Outbox(spool, .notices, producer: speaker)
    guard try outbox.hasRoom() else {
      throw Failure(.tryAgain, "it is kept, but unable to tell the ledger: notices is full")
    }
    var notices = Notices()
    let label = word.label?.rawValue ?? "as it was"
    notices.add(
      Correction.kind, Correction(segment: "\(segment)", row: row, label: word.label).subject,
      "row \(row) of \(segment) is \(label) (by \(word.by)): \(word.why)")
    let name = SegmentName(
      first: word.time, clock: word.time, sensor: "person.\(speaker)", sequence: UInt64(getpid()))
    try outbox.begin(name.description)
    try notices.write(word.time) { try outbox.write($0) }
    try outbox.publish()
  }

  private func naming<Result>(_ what: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TableError {
      throw Failure(.data, "unable to read \(what): \(error)")
    }
  }
}
