import Glibc
import Spool
import Stage
import TestSupport
import Testing
import Time

struct EventTests {
  @Test func `wake is called at start, and at the moment it asked for`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      let notices = try Inbox(bench.spool, .notices)
      let stage = bench.start {
        var wanted: [Timestamp] = []
        return Scripted(wake: { now, output in
          try output.write(wanted.allSatisfy { $0 <= now } ? "due" : "early", to: .notices)
          guard wanted.count < 3 else { return nil }
          wanted.append(now.advanced(by: 20_000))
          return wanted.last
        })
      }
      for _ in 1...4 { #expect(try notices.take().text == "due") }
      #expect(stage.stop() == 0)
      #expect(bench.names("notices/new").isEmpty)
    }
  }

  @Test func `wake is called after every input`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      try bench.feed("1", "2")
      let stage = bench.start("--once") {
        Scripted(wake: { _, output in
          try output.write("woken", to: .notices)
          return nil
        })
      }
      #expect(stage.wait() == 0)
      #expect(bench.names("notices/new").count == 3)
    }
  }

  @Test func `an error outside an input is our bug, and nothing half is handed on`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      let stage = bench.start {
        Scripted(wake: { _, output in
          try output.write("half")
          throw Broken()
        })
      }
      #expect(stage.wait() == 70)
      #expect(bench.log.hasSuffix("test: fatal: unable to go on: row 3: cut short\n"))
      #expect(bench.names("mitigated/new").isEmpty && bench.names("mitigated/tmp").isEmpty)
    }
  }

  @Test func `a watched file that was replaced, written or asked for by SIGHUP is told`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("whitelist", "old")
      let notices = try Inbox(bench.spool, .notices)
      let stage = bench.start {
        Scripted(
          watchedFiles: ["\(bench.path)/whitelist"],
          fileChanged: { path, output in try output.write(bench.text("whitelist"), to: .notices) },
          wake: { _, output in
            try output.write("ready", to: .notices)
            return nil
          })
      }
      #expect(try notices.take().text == "ready")
      bench.replace("whitelist", "replaced")
      #expect(try notices.take().text == "replaced")
      bench.put("whitelist", "written")
      #expect(try notices.take().text == "written")
      kill(stage.process, SIGHUP)
      #expect(try notices.take().text == "written")
      #expect(stage.stop() == 0)
    }
  }

  @Test func `a changed file that cannot be used is logged, and nothing half is handed on`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("whitelist", "old")
      let results = try Inbox(bench.spool, .mitigated)
      let stage = bench.start {
        var isReady = false
        return Scripted(
          watchedFiles: ["\(bench.path)/whitelist"],
          fileChanged: { _, output in
            try output.write("half", to: .notices)
            throw Broken()
          },
          wake: { _, output in
            if !isReady { try output.write("ready") }
            isReady = true
            return nil
          })
      }
      #expect(try results.take().text == "ready")
      bench.replace("whitelist", "nonsense")
      // It may have looked at the file just before, and claims the first: it looks again before the second.
      for number in 1...2 {
        try bench.feed("still here", from: number)
        #expect(try results.take().text == "still here")
      }
      #expect(stage.stop() == 0)
      #expect(
        bench.log.contains(" error test: unable to use changed file cause=\"row 3: cut short\""))
      #expect(bench.names("notices/new").isEmpty && bench.names("notices/tmp").isEmpty)
    }
  }
}
