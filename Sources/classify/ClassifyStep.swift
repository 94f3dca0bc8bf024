import Detectors
import Logging
import Models
import Spool
import Stage
import Tables
import Time

/// One segment of flows in, the same rows and what they are called out.
struct ClassifyStep: Step {
  private var court: Court
  private let configuration: Configuration
  private let logger: Logger
  private var notices = Notices()
  private var drift: DriftWatch?
  private var rows = 0
  private var attacks = 0
  private var unknowns = 0
  /// Rows of which a sure model and the detectors said different things.
  private var disputed = 0
  private var toldAt = 1

  /// A step with its judges loaded.
  ///
  /// - Throws: what ``ModelSource/load(_:)`` and ``BaselineSource/load(_:)`` throw. A baseline that
  ///   nobody named and that is broken is told of, and done without.
  init(_ configuration: Configuration, logger: Logger) throws {
    self.configuration = configuration
    self.logger = logger
    court = Court(configuration)
    court.model = try configuration.model.load(logger)
    drift = DriftWatch(court.model, configuration.drift)
    do {
      court.baseline = try configuration.baseline.load(logger)
    } catch let error where configuration.baseline.isUsual {
      logger.error("unable to use the baseline", metadata: ["cause": "\(error)"])
      notices.add("refused", configuration.baseline.path ?? "-", "\(error)")
    }
  }

  var watchedFiles: [String] {
    [configuration.model.path, configuration.baseline.path].compactMap(\.self)
  }

  mutating func fileChanged(_ path: String, to output: inout Output) throws {
    // What was taken away or is broken leaves the last good one in its place.
    do {
      if path == configuration.model.path, let model = try configuration.model.load(logger) {
        court.model = model
        drift = DriftWatch(model, configuration.drift)
      }
      if path == configuration.baseline.path,
        let baseline = try configuration.baseline.load(logger)
      {
        court.baseline = baseline
      }
    } catch {
      notices.add("refused", path, "\(error); the last good one stays")
      throw error
    }
  }

  mutating func wake(now: Timestamp, to output: inout Output) throws -> Timestamp? {
    try notices.write(now) { try output.write($0, to: .notices) }
    return nil
  }

  mutating func process(_ input: Input, to output: inout Output) throws {
    var verdicts = VerdictRows(input.bytes)
    let before = (rows: rows, attacks: attacks)
    try court.judge(input.bytes) { batch, rulings in
      count(rulings)
      watchDrift(batch, rulings)
      verdicts.add(batch, rulings)
      // The queue is known from the first attack on; till then all may still be benign.
      if attacks > before.attacks || output.isOneFile {
        try verdicts.write { try output.write($0, to: .malicious) }
      }
    }
    let queue = attacks > before.attacks ? Queue.malicious : .benign
    try verdicts.write { try output.write($0, to: queue) }
    logger.debug(
      "judged",
      metadata: [
        "segment": "\(input.base)", "rows": "\(rows - before.rows)",
        "attacks": "\(attacks - before.attacks)",
      ])
    tellOfDisputes(input.base)
  }

  var account: Logger.Metadata {
    [
      "rows": "\(rows)", "attacks": "\(attacks)", "unknowns": "\(unknowns)",
      "disputed": "\(disputed)",
    ]
  }

  private mutating func count(_ rulings: [Ruling]) {
    rows += rulings.count
    for ruling in rulings {
      if ruling.verdict.attack.isAttack { attacks += 1 }
      if ruling.verdict.attack == .unknown { unknowns += 1 }
      if ruling.verdict.isDisputed { disputed += 1 }
    }
  }

  private mutating func watchDrift(_ batch: Batch, _ rulings: [Ruling]) {
    guard drift != nil, let width = court.model?.columns.count else { return }
    let harmless = rulings.indices.filter { !rulings[$0].verdict.attack.isAttack }
    let inputs =
      harmless.count == rulings.count
      ? batch.inputs : harmless.flatMap { batch.inputs[($0 * width)..<(($0 + 1) * width)] }
    guard let alarm = drift?.add(inputs, batch.last) else { return }
    logger.warning(
      "traffic is not what the model was trained on",
      metadata: [
        "columns": "\(alarm.columns)", "rows": "\(alarm.rows)", "worst": "\(alarm.worst)",
      ])
    notices.add(
      "drift", configuration.model.path ?? "-", count: alarm.columns,
      "the traffic is not what the model was trained on; columns that shifted most: \(alarm.worst)"
        + " (population stability index over \(alarm.rows) rows)")
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
