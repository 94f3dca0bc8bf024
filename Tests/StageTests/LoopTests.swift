import Glibc
import Logging
import Spool
import Stage
import TestSupport
import Testing
import Time

struct LoopTests {
  @Test func `once empties the queue in order, hands on and exits`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.feed("one", "two", "three")
      #expect(bench.start("--once").wait() == 0)
      #expect(bench.names("malicious/new").isEmpty && bench.names("malicious/cur").isEmpty)
      let out = try bench.take(3, from: .mitigated)
      #expect(out.map(\.text) == ["one", "two", "three"])
      #expect(out.map(\.name) == (1...3).map { segment($0).fileName(in: .mitigated) })
      #expect(bench.log.contains(" info test: ready\n"))
      #expect(bench.log.hasSuffix(" info test: stopped\n"))
    }
  }

  @Test func `it sleeps until a file comes, and stops when told to`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      let stage = bench.start()
      let results = try Inbox(bench.spool, .mitigated)
      for number in 1...3 {
        try bench.feed("text \(number)", from: number)
        #expect(try results.take().text == "text \(number)")
      }
      #expect(stage.stop() == 0)
    }
  }

  @Test func `an unreadable input is set aside with the reason, nothing of it is handed on`() async
  {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.feed("good", "bad", "fine")
      let stage = bench.start("--once") {
        Scripted(process: { input, output in
          try output.write(input.bytes, to: .mitigated)
          if input.text == "bad" { throw Broken() }
        })
      }
      #expect(stage.wait() == 0)
      #expect(try bench.take(2, from: .mitigated).map(\.text) == ["good", "fine"])
      let file = segment(2).fileName(in: .malicious)
      #expect(bench.text("spool/quarantine/malicious/\(file)") == "bad")
      #expect(bench.text("spool/quarantine/malicious/\(file).reason") == "row 3: cut short\n")
      #expect(
        bench.log.contains(
          " warning test: set aside file=\(file) queue=malicious reason=\"row 3: cut short\"\n"))
      #expect(bench.names("mitigated/tmp").isEmpty)
    }
  }

  @Test func `what is not a file is set aside`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.feed("good")
      mkfifo("\(bench.path)/spool/malicious/new/a.csv", 0o600)
      #expect(bench.start("--once").wait() == 0)
      #expect(bench.names("quarantine/malicious") == ["a.csv", "a.csv.reason"])
      #expect(try bench.take(1, from: .mitigated).map(\.text) == ["good"])
    }
  }

  @Test func `the earlier queue is emptied first`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.feed("row", "row")
      try bench.feed("order", "order", to: .orders, from: 7)
      #expect(bench.start("--once", from: [.orders, .malicious]).wait() == 0)
      let log = bench.start("--once", "--log-level", "debug")
      #expect(log.wait() == 0)
      #expect(bench.names("mitigated/new").count == 4)
    }
  }

  @Test func `a second stage on the same queue is told to try again`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      let inbox = try Inbox(bench.spool, .malicious)
      #expect(withExtendedLifetime(inbox) { bench.start("--once").wait() } == 75)
      #expect(
        bench.log.hasPrefix("test: fatal: unable to lock \(bench.path)/spool/malicious/lock: "))
    }
  }

  @Test(arguments: [78, 70, 77] as [Int32])
  func `a failure ends the stage with its status, the input goes back`(code: Int32) async {
    await #expect(processExitsWith: .success) { [code] in
      let status = Stage.ExitStatus(rawValue: code) ?? .io
      let bench = try Bench()
      try bench.feed("one")
      let stage = bench.start {
        Scripted(process: { _, output in
          try output.write("half")
          throw Failure(status, "unable to go on: no reason")
        })
      }
      #expect(stage.wait() == code)
      #expect(bench.log.hasSuffix("test: fatal: unable to go on: no reason\n"))
      #expect(bench.names("malicious/new").count == 1)
      #expect(bench.names("mitigated/new").isEmpty && bench.names("mitigated/tmp").isEmpty)
    }
  }

  @Test func `writing to a queue that is not the stage's own is our bug`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.feed("one")
      let stage = bench.start(to: [.mitigated]) {
        Scripted(process: { _, output in try output.write("x", to: .benign) })
      }
      #expect(stage.wait() == 70)
      #expect(bench.names("malicious/new").count == 1)
    }
  }

  @Test func `a notice is named for who speaks`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.feed("one")
      let stage = bench.start("--once") {
        Scripted(process: { _, output in try output.write("loss", to: .notices) })
      }
      #expect(stage.wait() == 0)
      let name = try #require(SegmentName(try bench.take(1, from: .notices)[0].name))
      #expect(name.sensor == "room12.test")
      #expect(bench.names("mitigated/new").isEmpty)
    }
  }

  @Test(arguments: [true, false])
  func `a stop is no end: nothing more is handed on`(once: Bool) async {
    await #expect(processExitsWith: .success) { [once] in
      let bench = try Bench()
      try bench.feed("one", "two")
      func step() -> Scripted {
        Scripted(finish: { try $0.write("held") }, account: ["rows": "2"])
      }
      let stage = once ? bench.start("--once", makeStep: step) : bench.start(makeStep: step)
      let results = try Inbox(bench.spool, .mitigated)
      _ = try results.take()
      _ = try results.take()
      #expect((once ? stage.wait() : stage.stop()) == 0)
      #expect(bench.names("mitigated/new").isEmpty && bench.names("mitigated/tmp").isEmpty)
      #expect(bench.log.hasSuffix(" info test: stopped rows=2\n"))
    }
  }

  @Test func `SIGUSR1 lets it empty the queue first`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.feed("one", "two", "three")
      let stage = bench.start {
        Scripted(process: { input, output in
          if input.text == "one" { kill(getpid(), SIGUSR1) }
          try output.write(input.bytes, to: .mitigated)
        })
      }
      #expect(stage.wait() == 0)
      #expect(bench.names("malicious/new").isEmpty)
      #expect(bench.names("mitigated/new").count == 3)
    }
  }
}
