import ArgumentParser
import FoundationEssentials
import Glibc
import Logging
import Spool
import Stage
import Time

/// A spool of its own and a stage upon it, from `malicious` to `mitigated` and `notices`.
final class Bench {
  let path: String
  let spool: SpoolDirectory

  /// - Parameter kibibytes: the size of a disk of its own for the spool; nil for none.
  init(disk kibibytes: Int? = nil) throws {
    var template = Array("/tmp/ward-stage.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SpoolError("make", "/tmp/ward-stage", errno: errno)
    }
    path = String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
    if let kibibytes {
      mkdir("\(path)/spool", 0o700)
      try mountSmallDisk("\(path)/spool", kibibytes: kibibytes)
    }
    spool = try SpoolDirectory("\(path)/spool")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names in a folder of the spool, in order; none if there is no such folder.
  func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/spool/\(folder)")) ?? [])
      .sorted()
  }

  func text(_ file: String) -> String {
    String(
      decoding: FileManager.default.contents(atPath: "\(path)/\(file)") ?? Data(), as: UTF8.self)
  }

  func put(_ file: String, _ text: String) {
    _ = FileManager.default.createFile(atPath: "\(path)/\(file)", contents: Data(text.utf8))
  }

  /// Puts a file in the place of another, whole.
  func replace(_ file: String, _ text: String) {
    put("\(file)~", text)
    rename("\(path)/\(file)~", "\(path)/\(file)")
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
    to outputs: [Queue] = [.mitigated, .notices], archive: Int? = nil,
    makeStep: () -> Scripted = { Scripted() }
  ) -> Child {
    Child(errors: "\(path)/log") {
      try run(arguments, from: inputs, to: outputs, archive: archive, makeStep: makeStep)
    }
  }

  /// Runs the stage in this process.
  func run(
    _ arguments: [String], from inputs: [Queue], to outputs: [Queue], archive: Int?,
    makeStep: () -> Scripted
  ) throws {
    let options = try StageOptions.parse(["--spool", "\(path)/spool"] + arguments)
    try runStage("test", options, from: inputs, to: outputs, archive: archive) { _ in makeStep() }
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
