import Detectors
import Logging
import Models
import Spool
import Stage
import Tables

/// One segment of flows in, the same rows and what they are called out.
struct ClassifyStep: Step {
  private var court: Court
  private let source: ModelSource
  private let logger: Logger
  private var rows = 0
  private var attacks = 0
  /// Rows of which a sure model and the detectors said different things.
  private var disputed = 0
  private var toldAt = 1

  /// A step with the model loaded.
  ///
  /// - Throws: what ``ModelSource/load(_:)`` throws.
  init(_ configuration: Configuration, logger: Logger) throws {
    source = configuration.source
    self.logger = logger
    court = Court(
      model: try source.load(logger), detectors: configuration.detectors,
      bars: configuration.bars)
  }

  var watchedFiles: [String] { source.path.map { [$0] } ?? [] }

  mutating func fileChanged(_ path: String, to output: inout Output) throws {
    // A model that was taken away or is broken leaves the last good one in its place.
    if let model = try source.load(logger) { court.model = model }
  }

  mutating func process(_ input: Input, to output: inout Output) throws {
    let rulings = try court.judge(input.bytes)
    let found = rulings.count { $0.verdict.attack.isAttack }
    try write(rulings, of: input.bytes, to: found > 0 ? .malicious : .benign, &output)
    rows += rulings.count
    attacks += found
    disputed += rulings.count { $0.verdict.isDisputed }
    logger.debug(
      "judged",
      metadata: ["segment": "\(input.base)", "rows": "\(rulings.count)", "attacks": "\(found)"])
    tellOfDisputes(input.base)
  }

  var account: Logger.Metadata {
    ["rows": "\(rows)", "attacks": "\(attacks)", "disputed": "\(disputed)"]
  }

  private func write(
    _ rulings: [Court.Ruling], of text: UnsafeRawBufferPointer, to queue: Queue,
    _ output: inout Output
  ) throws {
    var writer = RowWriter(header: .verdict)
    try Table.flow.read(text) { record in
      writer.cells(of: record)
      writer.cells(rulings[record.number - 1])
      writer.endRow()
      if writer.bytes.count > 1 << 20 { try writer.drain { try output.write($0, to: queue) } }
    }
    try writer.drain { try output.write($0, to: queue) }
  }

  /// One line when the count has doubled: a flood that the model does not see must not flood the
  /// log.
  private mutating func tellOfDisputes(_ segment: String) {
    guard disputed >= toldAt else { return }
    while toldAt <= disputed { toldAt *= 2 }
    logger.notice(
      "judges disagree",
      metadata: ["rows": "\(disputed)", "of": "\(rows)", "newest": "\(segment)"])
  }
}

extension RowWriter {
  /// The cells that a verdict adds to a flow's.
  mutating func cells(_ ruling: Court.Ruling) {
    cell(ruling.verdict.label)
    cell(ruling.verdict.attack.rawValue)
    cell(ruling.verdict.confidence)
    cell(ruling.verdict.judge.rawValue)
    cell(ruling.opinion?.attack.rawValue ?? "-")
    cell(ruling.opinion?.confidence ?? 0)
    cell(ruling.finding?.attack.rawValue ?? "-")
    cell(ruling.finding?.reason ?? "-")
    cell("-")
    cell(0)
  }
}
