import Glibc
import Spool
import Testing
import TestSupport

struct CorrectionTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func filed(_ number: Int) throws -> String? {
    try scratch.spool.withFiled(segment(number)) { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `a segment is found while it waits, while it is filed and while it is kept`() throws {
    try scratch.outbox(.benign).hand("\(segment(1))", "one")
    try scratch.outbox(.mitigated).hand("\(segment(2))", "two")
    #expect(try filed(1) == "one" && filed(2) == "two")
    let inbox = try Inbox(scratch.spool, .benign, archive: 1_000)
    let claim = try inbox.next()
    #expect(try filed(1) == "one")
    try claim.finish()
    #expect(scratch.names("archive/benign") == [segment(1).fileName(in: .benign)])
    #expect(try filed(1) == "one")
    #expect(try filed(3) == nil)
  }

  @Test func `what is not worth keeping is not kept`() throws {
    let outbox = try scratch.outbox(.benign)
    for number in 1...2 { try outbox.hand("\(segment(number))", "x") }
    let inbox = try Inbox(scratch.spool, .benign, archive: 1_000)
    _ = try claimAll(inbox) { claim in
      let isFirst = claim.fileName == segment(1).fileName(in: .benign)
      try claim.finish(worthKeeping: !isFirst)
    }
    #expect(scratch.names("archive/benign") == [segment(2).fileName(in: .benign)])
    #expect(try filed(1) == nil)
  }

  @Test func `a link in place of a segment leads nowhere`() throws {
    _ = try scratch.outbox(.benign)
    scratch.put("secret", "secret")
    symlink("\(scratch.path)/secret", "\(scratch.path)/benign/new/\(segment(1)).csv")
    #expect(throws: SpoolError.self) { try filed(1) }
  }

  @Test func `corrections are read as they were written, and listed by segment`() throws {
    for (number, text) in [(2, "two"), (1, "one"), (2, "two, again")] {
      let files = try CorrectionFiles(changing: scratch.spool)
      try Array(text.utf8).withUnsafeBytes { try files.write($0, segment(number)) }
    }
    scratch.put("archive/corrections/notes.txt")
    let files = try CorrectionFiles(reading: scratch.spool)
    #expect(try files.segments() == [segment(1), segment(2)])
    let text = try files.read(segment(2)) { String(decoding: $0, as: UTF8.self) }
    #expect(text == "two, again")
    try CorrectionFiles(changing: scratch.spool).remove(segment(2))
    #expect(try files.segments() == [segment(1)])
    #expect(try files.read(segment(2)) { $0.count } == nil)
  }

  @Test(.enabled(if: Fork.canBeTraced, "tracing is forbidden here"))
  func `killed at any system call, a correction is the old one or the new one`() async {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      func write(_ text: String) throws {
        let files = try CorrectionFiles(changing: scratch.spool)
        try Array(text.utf8).withUnsafeBytes { try files.write($0, segment(1)) }
      }
      var call = 1
      var seen: Set<String> = []
      while true {
        try write("old")
        let isKilled = Fork.killed(atSystemCall: call) { try write("new, and longer") }
        let text = try CorrectionFiles(reading: scratch.spool).read(segment(1)) {
          String(decoding: $0, as: UTF8.self)
        }
        seen.insert(text ?? "none")
        if !isKilled { break }
        call += 1
      }
      #expect(seen == ["old", "new, and longer"] && call > 8)
    }
  }

  @Test func `two who correct at once wait for one another`() async {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      func add(_ letter: String) throws {
        let files = try CorrectionFiles(changing: scratch.spool)
        let text = try files.read(segment(1)) { String(decoding: $0, as: UTF8.self) } ?? ""
        try Array((text + letter).utf8).withUnsafeBytes { try files.write($0, segment(1)) }
      }
      let forks = (0..<8).map { _ in
        Fork(errors: "\(scratch.path)/log") { for _ in 1...20 { try add("x") } }
      }
      for fork in forks { #expect(fork.wait() == 0) }
      let size = try CorrectionFiles(reading: scratch.spool).read(segment(1)) { $0.count }
      #expect(size == 160)
    }
  }
}
