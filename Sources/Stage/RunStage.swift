import Glibc
public import Logging
public import Spool

/// Runs a stage: opens the spool, locks the input queues, makes the step while privileges last,
/// drops them, shows the step again what was kept, and then sleeps, claims, processes and publishes
/// until told to stop. With `--input` it does that one file instead.
///
/// - Parameters:
///   - name: the program's name.
///   - inputs: the queues it takes from; earlier ones are emptied first.
///   - outputs: the queues it hands on to.
///   - capability: the one privilege it keeps.
///   - archive: how many bytes of finished input to keep, to show it to the step again at every start;
///     nil keeps none.
///   - kept: how many bytes of a queue's finished input to keep for people; the step never sees it again.
///   - makeStep: opens what the step needs.
/// - Throws: `ExitCode`, after a line on standard error.
public func runStage<S: Step>(
  _ name: String, _ options: StageOptions, from inputs: [Queue], to outputs: [Queue],
  keeping capability: Capability = .none, archive: Int? = nil,
  kept: [Queue: Int] = [:], makeStep: (Logger) throws -> S
) throws {
  let logger = Logger(stage: name, level: options.logLevel)
  try reportingFailures(name) {
    if let file = options.input {
      return try runOnFile(name, file, options, from: inputs, keeping: capability) {
        try makeStep(logger)
      }
    }
    let spool = try SpoolDirectory(options.spool)
    let bounds = try queueBounds(options.config)
    let signals = try Signals()
    let inboxes = try inputs.map { try Inbox(spool, $0, archive: kept[$0] ?? archive) }
    let outboxes = try outputs.map {
      try Outbox(spool, $0, limits: bounds[$0], producer: name)
    }
    let step = try makeStep(logger)
    let watches = try step.watchedFiles.map { try FileWatch($0) }
    try dropPrivileges(to: options.user, keeping: capability)
    var loop = StageLoop(
      name: name, step: step, inboxes: inboxes, outboxes: outboxes, watches: watches,
      signals: signals, logger: logger, recalls: archive != nil)
    try loop.run(once: options.once)
  }
}

/// `--input FILE [--output FILE]`: one file, no spool.
private func runOnFile<S: Step>(
  _ name: String, _ file: String, _ options: StageOptions, from inputs: [Queue],
  keeping capability: Capability, makeStep: () throws -> S
) throws {
  var step = try makeStep()
  let fileName = file.split(separator: "/").last.map(String.init) ?? file
  try withFile(file) { bytes in
    let descriptor = try openOutput(options.output ?? "-")
    try dropPrivileges(to: options.user, keeping: capability)
    var output = Output(.descriptor(descriptor), stage: name, base: fileName)
    let queue = inputs.first { fileName.hasSuffix(".\($0.fileExtension)") } ?? inputs[0]
    do {
      try step.process(Input(queue: queue, fileName: fileName, bytes: bytes), to: &output)
    } catch let failure as Failure {
      throw failure
    } catch {
      // What was read before the damage is handed on all the same.
      try step.finish(to: &output)
      throw Failure(.data, "unable to read \(file): \(error)")
    }
    try step.finish(to: &output)
  }
}

private func openOutput(_ path: String) throws -> CInt {
  let descriptor = path == "-" ? 1 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
  guard descriptor >= 0 else {
    throw Failure(.cannotCreate, "unable to open \(path): \(String(cString: strerror(errno)))")
  }
  return descriptor
}

/// `[spool]`: `<queue>.files` and `<queue>.bytes`.
public func queueBounds(_ path: String?) throws -> [Queue: Limits] {
  var settings = try Settings(path: path, section: "spool")
  var bounds: [Queue: Limits] = [:]
  for queue in Queue.allCases {
    bounds[queue] = Limits(
      files: try settings.integer(
        "\(queue).files", default: queue.limits.files, in: 1...1_000_000),
      bytes: try settings.integer(
        "\(queue).bytes", default: queue.limits.bytes, in: 1...(1 << 40)))
  }
  try settings.finish()
  return bounds
}
