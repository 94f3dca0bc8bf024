import Ledger
import Logging
import Reporting
import Spool
import Stage
import Tables
import Time

/// Files one segment and writes its warnings.
struct FilingStep: Step {
  private let ledgerPath: String
  private let warningsPath: String
  private let logger: Logger
  private var ledger: Ledger?
  private var limiter = WarningLimiter()

  init(ledgerPath: String, warningsPath: String, logger: Logger) {
    self.ledgerPath = ledgerPath
    self.warningsPath = warningsPath
    self.logger = logger
  }

  /// Opens the ledger at the start, after privileges fell: its files belong to the user who reads
  /// them.
  mutating func wake(now: Timestamp, to output: inout Output) throws -> Timestamp? {
    _ = try opened()
    return nil
  }

  mutating func process(_ input: Input, to output: inout Output) throws {
    let ledger = try opened()
    let (segment, table) = try Self.identify(input)
    var limiter = self.limiter
    let receipt = try naming {
      try ledger.file(segment, table, input.bytes) { rows in
        try Self.warn(of: rows, &limiter, warningsPath)
      }
    }
    self.limiter = limiter
    // A quiet wire's empty segments would push out those of which something can be learned.
    output.inputIsWorthKeeping = receipt.rows > 0
    logger.debug(
      "filed",
      metadata: [
        "segment": "\(segment.name)", "rows": "\(receipt.rows)",
        "attacks": "\(receipt.attackRows)", "repeat": "\(receipt.isRepeat)",
      ])
  }

  private mutating func opened() throws -> Ledger {
    if let ledger { return ledger }
    let opened = try naming { try Ledger(path: ledgerPath, for: .write) }
    ledger = opened
    return opened
  }

  /// Lines before the commit: a crash between repeats a line, and loses none.
  private static func warn(
    of rows: [EvidenceRow], _ limiter: inout WarningLimiter, _ path: String
  ) throws {
    var lines: [UInt8] = []
    for row in rows where row.kind == .attack {
      if let count = limiter.admit(row) {
        lines.append(contentsOf: WarningLine.text(row, count: count).utf8)
      }
    }
    if !lines.isEmpty { try FileWriter.append(lines, to: path) }
  }

  /// What the file is: by its queue, but a file named with `--input` by its first column.
  private static func identify(_ input: Input) throws -> (Segment, Tables.Table) {
    let header = input.bytes.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\n") }
    let table = [Tables.Table.action, .verdict, .notice].first {
      header.elementsEqual($0.columns[0].utf8)
    }
    let queue: Queue =
      switch table {
      case .verdict: .benign
      case .notice: .notices
      default: .mitigated
      }
    guard let name = input.name else {
      throw Failure(.data, "unable to file \(input.base): its name is not a segment's")
    }
    return (
      Segment(
        name: name.description, queue: queue.rawValue, sensor: name.sensor, first: name.first,
        clock: name.clock), table ?? .action
    )
  }
}
