import Glibc
import Spool
import Testing
import TestSupport

/// `kill -9` before every system call of a stage's life: nothing is lost, nothing is half.
@Suite(.enabled(if: Fork.canBeTraced, "tracing is forbidden here"))
struct KillTests {
  @Test(arguments: [nil, 1 << 20])
  func `killed at any system call, all is done once the stage comes back`(archive: Int?) async {
    await #expect(processExitsWith: .success) { [archive] in
      var call = 1
      while true {
        let line = try Line()
        try line.produce([1, 2, 3])
        let path = line.scratch.path
        let isKilled = Fork.killed(atSystemCall: call) { try Line.work(path, archive: archive) }
        line.expectNoLoss()
        try Line.work(path, archive: archive)
        line.expectDone()
        let kept = line.scratch.names("archive/captured").count
        #expect(kept == (archive == nil ? 0 : 3))
        if !isKilled { break }
        call += 1
      }
      #expect(call > 60)
    }
  }

  @Test func `a producer killed at any system call leaves whole files only`() async {
    await #expect(processExitsWith: .success) {
      let line = try Line()
      let path = line.scratch.path
      var call = 1
      while Fork.killed(atSystemCall: call, { try Line(path).produce([call]) }) {
        line.expectNoLoss()
        call += 1
      }
      #expect(call > 20)
      try Line.work(path)
      line.expectDone()
    }
  }

  @Test func `two hundred random deaths lose nothing`() async {
    await #expect(processExitsWith: .success) {
      let line = try Line()
      let path = line.scratch.path
      var random = Seeded(state: 200)
      var deaths = 0
      for round in 1...200 {
        let call = Int(random.next() % 150) + 1
        let isKilled = Fork.killed(atSystemCall: call) {
          try Line(path).produce([2 * round, 2 * round + 1])
          try Line.work(path)
        }
        if isKilled { deaths += 1 }
        line.expectNoLoss()
      }
      #expect(deaths > 100)
      try Line.work(path)
      line.expectDone()
      #expect(line.seen.count > 200)
    }
  }

  @Test func `who reads new sees whole files only`() async {
    await #expect(processExitsWith: .success) {
      let line = try Line()
      let path = line.scratch.path
      let writer = Fork {
        for round in 1...40 { try Line(path).produce(Array(1...(round % 9 + 1))) }
      }
      repeat { line.expectNoLoss() } while writer.isRunning
      #expect(line.seen.count == 9)
    }
  }
}

/// Two queues and a stage between them that hands on every file as it is.
private final class Line {
  let scratch: Scratch
  /// Every segment that was ever published.
  var seen: Set<String> = []

  init() throws { scratch = try Scratch() }

  /// The same spool, from another process that will not clean it up.
  init(_ path: String) throws { scratch = try Scratch(borrowing: path) }

  /// Publishes segments whose every byte follows from their number and place.
  func produce(_ numbers: [Int]) throws {
    let outbox = try scratch.outbox(.captured)
    for number in numbers {
      try outbox.begin("\(segment(number))")
      let bytes = Self.content(segment(number).description)
      try bytes[..<2_000].withUnsafeBytes { try outbox.write($0) }
      try bytes[2_000...].withUnsafeBytes { try outbox.write($0) }
      try outbox.publish()
    }
  }

  /// A stage's life, until its queue is empty.
  static func work(_ path: String, archive: Int? = nil) throws {
    let spool = try SpoolDirectory(path)
    let inbox = try Inbox(spool, .captured, archive: archive)
    let outbox = try Outbox(spool, .featurized, producer: "test")
    while let claim = try inbox.claim() {
      try claim.withBytes { bytes in
        try outbox.begin(base(claim.fileName))
        try outbox.write(UnsafeRawBufferPointer(rebasing: bytes[..<1_000]))
        try outbox.write(UnsafeRawBufferPointer(rebasing: bytes[1_000...]))
      }
      try outbox.publish()
      try claim.finish()
    }
  }

  /// Whatever was once published is whole, and still waits, is claimed, or was handed on.
  func expectNoLoss() {
    var found: Set<String> = []
    for folder in ["captured/new", "captured/cur", "featurized/new", "quarantine/captured"] {
      for name in scratch.names(folder) where !name.hasSuffix(".reason") {
        let base = Self.base(name)
        if let bytes = scratch.bytes("\(folder)/\(name)") { #expect(bytes == Self.content(base)) }
        found.insert(base)
      }
    }
    #expect(found.isSuperset(of: seen))
    seen = found
  }

  /// Everything was handed on, but for what killed the stage too often; nothing lies about.
  func expectDone() {
    expectNoLoss()
    for folder in ["captured/new", "captured/cur", "featurized/tmp"] {
      #expect(scratch.names(folder).isEmpty)
    }
    let quarantined = scratch.names("quarantine/captured").filter { $0.hasSuffix(".pcap") }
    for name in quarantined {
      #expect(scratch.text("quarantine/captured/\(name).reason")?.contains("died 3 times") == true)
    }
    let done = scratch.names("featurized/new") + quarantined
    #expect(Set(done.map(Self.base)) == seen)
  }

  private static func base(_ fileName: String) -> String {
    fileName.lastIndex(of: ".").map { String(fileName[..<$0]) } ?? fileName
  }

  private static func content(_ base: String) -> [UInt8] {
    let text = Array(base.utf8)
    return (0..<5_000).map { text[$0 % text.count] ^ UInt8(truncatingIfNeeded: $0 >> 8) }
  }
}
