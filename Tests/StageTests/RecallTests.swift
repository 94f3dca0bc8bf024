import Glibc
import Spool
import Stage
import Testing
import Time
import TestSupport

/// A stage that holds something from segment to segment, killed and started again.
struct RecallTests {
  @Test func `what is kept is seen again in the order of numbers, from the last end on`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.capture(1...8)
      #expect(bench.hold() == 0)
      #expect(bench.held() == Ward.rows)
      #expect(bench.names("archive/captured").count == 8)
      #expect(!bench.log.contains("read kept segments again"))
      try bench.capture(9...9)
      #expect(bench.hold() == 0)
      #expect(bench.held()[9] == "efghi")
      // 4.end, 5, 6, 7 and 8: a byte each.
      #expect(
        bench.log.contains(" info test: read kept segments again bytes=5 milliseconds=")
          && bench.log.contains(" segments=5\n"))
    }
  }

  @Test(.enabled(if: Fork.canBeTraced, "tracing is forbidden here"))
  func `killed at any system call, it hands on what it would have undisturbed`() async {
    await #expect(processExitsWith: .success) {
      var call = 1
      while true {
        let bench = try Bench()
        try bench.capture(1...8)
        let isKilled = Fork.killed(atSystemCall: call) { try bench.holdHere() }
        let before = bench.held()
        #expect(bench.hold() == 0)
        let after = bench.held()
        #expect(after == Ward.rows, "killed at \(call)")
        #expect(before.allSatisfy { after[$0.key] == $0.value }, "killed at \(call)")
        if !isKilled { break }
        call += 1
      }
      #expect(call > 100)
    }
  }

  @Test(.enabled(if: Fork.canBeTraced, "tracing is forbidden here"))
  func `a life killed at any system call of its start leaves the next one what it needs`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.capture(1...7)
      #expect(bench.hold() == 0)
      var call = 1
      while Fork.killed(atSystemCall: call, { try bench.holdHere() }) {
        if call % 2 == 0 { #expect(bench.hold() == 0) }
        call += 1
      }
      #expect(call > 40)
      try bench.capture(8...8)
      #expect(bench.hold() == 0)
      #expect(bench.held() == Ward.rows)
    }
  }

  @Test func `kept segments that cannot be read are left out, and said`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.capture(1...8)
      #expect(bench.hold() == 0)
      for number in [6, 7] {
        let path = "\(bench.path)/spool/archive/captured/\(Ward.segment(number).file)"
        unlink(path)
        if number == 6 { symlink("\(bench.path)/spool", path) } else { mkdir(path, 0o700) }
      }
      try bench.capture(9...9)
      #expect(bench.hold() == 0)
      #expect(bench.held()[9] == "ehi")
      #expect(bench.log.contains(" warning test: unable to read kept segments again last="))
      #expect(bench.log.contains(" segments=2\n"))
    }
  }

  @Test func `what is kept for people is not seen again, what is not worth it not kept`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      func life() -> CInt {
        bench.start("--once", from: [.malicious, .benign], kept: [.malicious: 1 << 20]) {
          Scripted(
            process: { input, output in output.inputIsWorthKeeping = input.text != "dull" },
            recall: { _ in throw Broken() })
        }.wait()
      }
      try bench.feed("one", "dull", "three")
      try bench.feed("four", to: .benign)
      #expect(life() == 0 && life() == 0)
      #expect(!bench.log.contains("kept segments"))
      let kept = [1, 3].map { segment($0).fileName(in: .malicious) }
      #expect(bench.names("archive/malicious") == kept)
      #expect(bench.names("archive/benign") == [] && bench.names("benign/new") == [])
    }
  }

  @Test func `told to stop while it reads again, it stops`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.capture(1...8)
      #expect(bench.hold() == 0)
      bench.put("log", "")
      for _ in 1...5 {  // a stop is no death
        var seen = 0
        let stage = bench.start(from: [.captured], to: [.mitigated], archive: 1 << 20) {
          Scripted(recall: { _ in
            seen += 1
            kill(getpid(), seen == 1 ? SIGTERM : SIGKILL)
          })
        }
        #expect(stage.wait() == 0)
      }
      #expect(!bench.log.contains("test: ready") && bench.log.contains("test: stopped"))
    }
  }

  @Test func `kept segments that kill three lives are given up by the fourth`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.capture(1...8)
      #expect(bench.hold() == 0)
      try bench.capture(9...9)
      func start() -> Fork {
        bench.start("--once", from: [.captured], to: [.mitigated], archive: 1 << 20) {
          Scripted(recall: { _ in kill(getpid(), SIGKILL) })
        }
      }
      for _ in 1...3 { #expect(start().wait() == -SIGKILL) }
      #expect(start().wait() == 0)
      #expect(bench.log.contains(" error test: what was open is given up: "))
      #expect(bench.held()[9] == "i")
      #expect(bench.names("quarantine/captured").isEmpty)
    }
  }
}

/// What `Bench` captures: a letter a segment, an end at the fourth, and a clock that is set back by an
/// hour at the seventh.
private enum Ward {
  /// What a step that holds all letters since the last end hands on for each segment.
  static let rows = [
    1: "a", 2: "ab", 3: "abc", 4: "abcd", 5: "e", 6: "ef", 7: "efg", 8: "efgh",
  ]

  static func letter(_ number: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "a") + UInt8(number - 1)))
  }

  static func segment(_ number: Int) -> (name: SegmentName, file: String) {
    let time = Timestamp(seconds: 1_746_493_740 + Int64(number) - (number >= 7 ? 3_600 : 0))
    let name = SegmentName(
      first: time, clock: time, sensor: "room12", sequence: UInt64(number), isEnd: number == 4)
    return (name, name.fileName(in: .captured))
  }
}

extension Bench {
  fileprivate func capture(_ numbers: ClosedRange<Int>) throws {
    let outbox = try Outbox(spool, .captured, producer: "capture")
    for number in numbers {
      try outbox.begin("\(Ward.segment(number).name)")
      try Array(Ward.letter(number).utf8).withUnsafeBytes { try outbox.write($0) }
      try outbox.publish()
    }
  }

  /// The life of a stage that holds letters, until its queue is empty; its exit status.
  fileprivate func hold() -> CInt { Fork(errors: "\(path)/log") { try holdHere() }.wait() }

  /// The same in this process.
  fileprivate func holdHere() throws {
    var letters = ""
    try run(["--once"], from: [.captured], to: [.mitigated], archive: 1 << 20) {
      Scripted(
        process: { input, output in
          letters += input.text
          try output.write(letters)
          if input.name?.isEnd == true { letters = "" }
        },
        recall: { input in
          letters = input.name?.isEnd == true ? "" : letters + input.text
        })
    }
  }

  /// What was handed on, by number.
  fileprivate func held() -> [Int: String] {
    var rows: [Int: String] = [:]
    for file in names("mitigated/new") {
      guard let number = SegmentName(file)?.sequence else { continue }
      rows[Int(number)] = text("spool/mitigated/new/\(file)")
    }
    return rows
  }
}
