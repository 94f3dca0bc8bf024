public import Logging
public import Spool
public import Time

/// What a stage does with one input: the one function it supplies.
///
/// A step is told the time and never reads a clock, is handed bytes and never opens the spool, so
/// a test calls it as the stage does.
public protocol Step {
  /// Turns one whole input into output.
  ///
  /// - Throws: anything, when the input is unreadable: it goes whole to quarantine with the error's
  ///   text as the reason, and nothing of the output is published. ``Failure`` ends the stage.
  mutating func process(_ input: Input, to output: inout Output) throws

  /// At start: sees again a segment that an earlier life dealt with and the archive kept, to hold
  /// what that life held. The segments come in the order in which they were dealt with, from each
  /// sensor's last end on. What it throws is logged, and the segment left out.
  mutating func recall(_ input: Input) throws

  /// The one file of `--input` ended: hands on what is still held. A stage on a spool is never told
  /// of its end: it may be killed at any instant, and SIGTERM is no other death.
  mutating func finish(to output: inout Output) throws

  /// What it has done so far, for the log.
  var account: Logger.Metadata { get }

  /// Files outside the spool whose change the step wants to be told of.
  var watchedFiles: [String] { get }

  /// One of ``watchedFiles`` was written or replaced, or SIGHUP came. What it throws is logged, and
  /// the stage goes on with what it had.
  mutating func fileChanged(_ path: String, to output: inout Output) throws

  /// Called at start, after every input, after a changed file that it refused, and at the moment the
  /// last call returned.
  ///
  /// - Parameter now: the wall clock.
  /// - Returns: the next moment to be called at, or nil.
  mutating func wake(now: Timestamp, to output: inout Output) throws -> Timestamp?
}

extension Step {
  /// Held nothing.
  public mutating func recall(_ input: Input) throws {}
  /// Holds nothing.
  public mutating func finish(to output: inout Output) throws {}
  /// Has nothing to tell.
  public var account: Logger.Metadata { [:] }
  /// None.
  public var watchedFiles: [String] { [] }
  /// Does nothing.
  public mutating func fileChanged(_ path: String, to output: inout Output) throws {}
  /// Wants no moment.
  public mutating func wake(now: Timestamp, to output: inout Output) throws -> Timestamp? { nil }
}

/// One file from a queue.
public struct Input {
  /// The queue it came from.
  public let queue: Queue
  /// Its name without extension.
  public let base: String
  /// The name's parts; nil if it is not a segment's.
  public let name: SegmentName?
  /// The whole file; valid while the step works on it.
  public let bytes: UnsafeRawBufferPointer

  /// An input from its parts.
  public init(queue: Queue, fileName: String, bytes: UnsafeRawBufferPointer) {
    self.queue = queue
    let suffix = ".\(queue.fileExtension)"
    base = fileName.hasSuffix(suffix) ? String(fileName.dropLast(suffix.utf8.count)) : fileName
    name = SegmentName(fileName)
    self.bytes = bytes
  }
}

/// Where a step writes: one draft a queue, begun at the first write, published together, in the
/// order they were begun, when the step returns.
public struct Output {
  enum Sink {
    case queues([Outbox])
    /// `--output`: everything but notices, one after the other.
    case descriptor(CInt)
    /// A test's eyes.
    case closure((UnsafeRawBufferPointer, Queue) throws -> Void)
  }

  /// Whether the input is worth a place in the archive, where its queue has one. It is, unless the
  /// step says otherwise.
  public var inputIsWorthKeeping = true
  private let sink: Sink
  private let stage: String
  private let base: String
  private var begun: [Outbox] = []

  init(_ sink: Sink, stage: String, base: String) {
    self.sink = sink
    self.stage = stage
    self.base = base
  }

  /// Whether there is no spool, but one input and one output (`--input`): what
  /// ``Step/finish(to:)`` writes continues what ``Step/process(_:to:)`` wrote.
  public var isOneFile: Bool {
    if case .descriptor = sink { return true }
    return false
  }

  /// An output that hands every write to `body`; for tests.
  public init(_ body: @escaping (UnsafeRawBufferPointer, Queue) throws -> Void) {
    self.init(.closure(body), stage: "test", base: "test")
  }

  /// Appends to the draft for `queue`.
  ///
  /// - Throws: `SpoolError` if the disk refuses; ``Failure`` (software) for a queue the stage did
  ///   not name as its own.
  public mutating func write(_ bytes: UnsafeRawBufferPointer, to queue: Queue) throws {
    switch sink {
    case .queues(let outboxes):
      guard let outbox = outboxes.first(where: { $0.queue == queue }) else {
        throw Failure(.software, "\(stage) does not write to \(queue)")
      }
      if !outbox.isWriting {
        try outbox.begin(name(in: queue))
        begun.append(outbox)
      }
      try outbox.write(bytes)
    case .descriptor(let descriptor):
      guard queue != .notices else { return }
      try writeAll(bytes, to: descriptor)
    case .closure(let body):
      try body(bytes, queue)
    }
  }

  func publish() throws {
    for outbox in begun { try outbox.publish() }
  }

  func abandon() {
    for outbox in begun { outbox.abandon() }
  }

  /// A segment keeps its name through all queues; in `notices`, where many speak of it, the speaker
  /// is named too.
  private func name(in queue: Queue) -> String {
    guard queue == .notices else { return base }
    guard var name = SegmentName(base) else { return "\(base).\(stage)" }
    name.sensor += ".\(stage)"
    return name.description
  }
}
