import ArgumentParser
import Glibc
import Logging
import Spool
import Stage
import TestSupport
import Time

/// A spool of its own and a stage upon it, from `malicious` to `mitigated` and `notices`.
final class Bench {
  private let folder: TemporaryFolder
  let spool: SpoolDirectory
  var path: String { folder.path }

  /// - Parameter kibibytes: the size of a disk of its own for the spool; nil for none.
  init(disk kibibytes: Int? = nil) throws {
    folder = try TemporaryFolder()
    if let kibibytes {
      mkdir("\(folder.path)/spool", 0o700)
      try mountSmallDisk("\(folder.path)/spool", kibibytes: kibibytes)
    }
    spool = try SpoolDirectory("\(folder.path)/spool")
  }

  /// The names in a folder of the spool, in order; none if there is no such folder.
  func names(_ below: String) -> [String] { folder.names("spool/\(below)") }

  func text(_ file: String) -> String { folder.text(file) ?? "" }
  func put(_ file: String, _ text: String) { folder.put(file, text) }

  /// Puts a file in the place of another, whole.
  func replace(_ file: String, _ text: String) {
    put("\(file)~", text)
    folder.move("\(file)~", to: file)
  }

  /// What the stage said.
  var log: String { text("log") }

  /// Hands segments to the stage.
  func feed(_ texts: String..., to queue: Queue = .malicious, from first: Int = 1) throws {
    let outbox = try Outbox(spool, queue, producer: "feeder")
    for (number, text) in texts.enumerated() {
      try outbox.begin(segment(first + number).description)
      try Array(text.utf8).withUnsafeBytes { try outbox.write($0) }
      try outbox.publish()
    }
  }

  /// Starts the stage in a process of its own.
  func start(
    _ arguments: String..., from inputs: [Queue] = [.malicious],
    to outputs: [Queue] = [.mitigated, .notices], archive: Int? = nil, kept: [Queue: Int] = [:],
    makeStep: () -> Scripted = { Scripted() }
  ) -> Fork {
    Fork(errors: "\(path)/log") {
      try run(
        arguments, from: inputs, to: outputs, archive: archive, kept: kept, makeStep: makeStep)
    }
  }

  /// Runs the stage in this process.
  func run(
    _ arguments: [String], from inputs: [Queue], to outputs: [Queue], archive: Int?,
    kept: [Queue: Int] = [:], makeStep: () -> Scripted
  ) throws {
    let options = try StageOptions.parse(["--spool", "\(path)/spool"] + arguments)
    try runStage(
      "test", options, from: inputs, to: outputs, archive: archive, kept: kept
    ) { _ in makeStep() }
  }

  /// The next `count` files of a queue, name and text, as they come.
  func take(_ count: Int, from queue: Queue) throws -> [(name: String, text: String)] {
    let inbox = try Inbox(spool, queue)
    return try (0..<count).map { _ in try inbox.take() }
  }
}

/// Nothing came within three minutes.
struct NothingCame: Error {}

extension Inbox {
  /// Waits for the next file, three minutes at most, and finishes it.
  func take() throws -> (name: String, text: String) {
    while true {
      if let claim = try claim() {
        let text = try claim.withBytes { String(decoding: $0, as: UTF8.self) }
        let name = claim.fileName
        try claim.finish()
        return (name, text)
      }
      var entry = pollfd(fd: pollDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, 180_000) == 1 else { throw NothingCame() }
    }
  }
}

/// The name of the `number`-th segment.
func segment(_ number: Int) -> SegmentName {
  let time = Timestamp(seconds: 1_746_493_740 + Int64(number))
  return SegmentName(
    first: time, clock: time.advanced(by: 500_000), sensor: "room12", sequence: UInt64(number))
}

/// A step made of closures; by default it hands on what it gets.
struct Scripted: Step {
  var watchedFiles: [String] = []
  var process: (Input, inout Output) throws -> Void = { input, output in
    try output.write(input.bytes, to: .mitigated)
  }
  var recall: (Input) throws -> Void = { _ in }
  var finish: (inout Output) throws -> Void = { _ in }
  var account: Logger.Metadata = [:]
  var fileChanged: (String, inout Output) throws -> Void = { _, _ in }
  var wake: (Timestamp, inout Output) throws -> Timestamp? = { _, _ in nil }

  func process(_ input: Input, to output: inout Output) throws { try process(input, &output) }
  func recall(_ input: Input) throws { try recall(input) }
  func finish(to output: inout Output) throws { try finish(&output) }
  func fileChanged(_ path: String, to output: inout Output) throws {
    try fileChanged(path, &output)
  }
  func wake(now: Timestamp, to output: inout Output) throws -> Timestamp? { try wake(now, &output) }
}

extension Output {
  mutating func write(_ text: String, to queue: Queue = .mitigated) throws {
    try Array(text.utf8).withUnsafeBytes { try write($0, to: queue) }
  }
}

extension Input {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What is wrong with an input.
struct Broken: Error, CustomStringConvertible { var description = "row 3: cut short" }
