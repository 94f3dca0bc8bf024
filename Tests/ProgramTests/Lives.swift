import Foundation
import Spool
import Testing
import TestSupport

/// One spool, the segments that go through it, and `featurize`, which lives more than once.
final class Lives {
  let scratch: Scratch
  /// The segments' files, in the order in which they were captured.
  let segments: [String]
  /// What was handed on: the last version of each name.
  private(set) var rows: [String: String] = [:]
  /// Names that were handed on again with other content than before.
  private(set) var changed: [String] = []
  private let store: String
  private let options: [String]

  /// - Parameter segments: where they lie; a copy is worked on.
  init(of segments: String, options: [String] = []) throws {
    scratch = try Scratch()
    store = segments
    self.options = options
    _ = try Outbox(SpoolDirectory(scratch.spool), .captured, producer: "test")
    self.segments = try FileManager.default.contentsOfDirectory(atPath: segments).sorted()
  }

  /// A copy of another spool, its rows and what is still to be done.
  init(from other: Lives) throws {
    scratch = try Scratch()
    try FileManager.default.copyItem(atPath: other.scratch.spool, toPath: scratch.spool)
    (store, segments, options, rows) = (other.store, other.segments, other.options, other.rows)
  }

  /// The demonstration's capture, cut into segments of half a second: their folder.
  static func demonstration(in scratch: Scratch) throws -> String {
    let end = try run(
      House.program("capture"), "--spool", scratch.spool, "--read", scratch.demo(), "--sensor",
      "demo", "--segment-ms", "500")
    try #require(end.status == 0, "\(end.errors)")
    return "\(scratch.spool)/captured/new"
  }

  /// The same through one life that nothing disturbs.
  static func undisturbed(_ segments: String, options: [String] = []) throws -> [String: String] {
    let lives = try Lives(of: segments, options: options)
    try lives.hand(lives.segments[...])
    try lives.emptyQueue()
    return lives.rows
  }

  /// The command that starts `featurize`.
  var words: [String] { [House.program("featurize"), "--spool", scratch.spool] + options }

  /// Puts segments into the queue, as `capture` does.
  func hand(_ files: ArraySlice<String>) throws {
    let captured = "\(scratch.spool)/captured"
    for file in files {
      try FileManager.default.copyItem(
        atPath: "\(store)/\(file)", toPath: "\(captured)/tmp/\(file)")
      try #require(rename("\(captured)/tmp/\(file)", "\(captured)/new/\(file)") == 0)
    }
  }

  /// A life until nothing waits, or until the kernel has stopped it so many times: before and after
  /// each system call.
  ///
  /// - Returns: its exit status, or minus the signal that ended it.
  func live(killedAtStop limit: Int) -> CInt {
    var arguments = (words + ["--once"]).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    return Fork.run(killedAtStop: limit) {
      if let program = arguments[0] { execv(program, &arguments) }
      _exit(127)
    }
  }

  /// A life until nothing waits.
  func emptyQueue() throws {
    let end = try run(words + ["--once"])
    try #require(end.status == 0, "\(end.errors)")
    try collect()
  }

  /// Takes what was handed on, as `classify` does.
  @discardableResult
  func collect() throws -> Int {
    let inbox = try Inbox(SpoolDirectory(scratch.spool), .featurized)
    return try collect(from: inbox)
  }

  /// Takes what waits, but no more once so many names came that were not known; their number.
  @discardableResult
  func collect(from inbox: Inbox, atMost limit: Int = .max) throws -> Int {
    var new = 0
    while new < limit, let claim = try inbox.claim() {
      let name = claim.fileName
      let text = try claim.withBytes { String(decoding: $0, as: UTF8.self) }
      if let known = rows.updateValue(text, forKey: name) {
        if known != text { changed.append(name) }
      } else {
        new += 1
      }
      try claim.finish()
    }
    return new
  }

  /// Everything was dealt with, and no name had two contents.
  func expectDone() {
    #expect(rows.count == segments.count)
    #expect(changed == [])
    #expect(scratch.names("captured/new") + scratch.names("captured/cur") == [])
    #expect(scratch.names("quarantine/captured") == [])
  }
}
