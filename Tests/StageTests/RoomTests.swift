import Glibc
import Spool
import Stage
import Testing
import TestSupport

struct RoomTests {
  @Test func `a full queue makes the stage wait until a file is claimed`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("conf", "[spool]\nmitigated.files = 1\n")
      try bench.feed("1", "2", "3", "4", "5")
      let results = try Inbox(bench.spool, .mitigated)
      let stage = bench.start("--config", "\(bench.path)/conf")
      for number in 1...5 {
        #expect(try results.take().text == "\(number)")
        #expect(bench.names("mitigated/new").count <= 1)
      }
      #expect(stage.stop() == 0)
    }
  }

  @Test func `once does not wait for room`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("conf", "[spool]\nmitigated.files = 2\n")
      try bench.feed("1", "2", "3")
      #expect(bench.start("--once", "--config", "\(bench.path)/conf").wait() == 75)
      #expect(bench.log.hasSuffix("test: fatal: unable to hand on: mitigated is full\n"))
      #expect(bench.names("mitigated/new").count == 2)
      #expect(bench.names("malicious/new") == [segment(3).fileName(in: .malicious)])
    }
  }

  @Test func `while it waits for room it still hears of files and signals`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      bench.put("conf", "[spool]\nmitigated.files = 1\n")
      bench.put("whitelist", "")
      try bench.feed("1", "2")
      _ = try Inbox(bench.spool, .mitigated)
      let first = segment(1).fileName(in: .mitigated)
      let result = try FileWatch("\(bench.path)/spool/mitigated/new/\(first)")
      let stage = bench.start("--config", "\(bench.path)/conf") {
        Scripted(
          watchedFiles: ["\(bench.path)/whitelist"],
          fileChanged: { _, output in try output.write("heard", to: .notices) })
      }
      let notices = try Inbox(bench.spool, .notices)
      var entry = pollfd(fd: result.pollDescriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&entry, 1, 180_000) == 1)
      bench.replace("whitelist", "192.0.2.1")
      #expect(try notices.take().text == "heard")
      #expect(stage.stop() == 0)
      #expect(bench.names("malicious/new").count == 1)
    }
  }

  @Test(
    .enabled(if: Privileges.areAll, "needs root with all capabilities"), arguments: [true, false])
  func `on a full disk it tries again later, the input back and nothing half`(
    readable: Bool
  ) async {
    await #expect(processExitsWith: .success) { [readable] in
      let bench = try Bench(disk: 64)
      try bench.feed(String(repeating: "x", count: 24 << 10))
      let stage = bench.start("--once") {
        Scripted(process: { input, output in
          if readable {
            for _ in 1...3 { try output.write(input.bytes, to: .mitigated) }
          } else {
            let filler = open("\(bench.path)/spool/filler", O_WRONLY | O_CREAT, 0o600)
            while write(filler, input.bytes.baseAddress, 4_096) > 0 {}
            throw Broken()
          }
        })
      }
      #expect(stage.wait() == 75)
      #expect(bench.log.contains("No space left on device"))
      #expect(bench.names("malicious/new").count == 1)
      #expect(bench.names("malicious/cur").isEmpty)
      #expect(bench.names("mitigated/new").isEmpty && bench.names("mitigated/tmp").isEmpty)
      umount2("\(bench.path)/spool", CInt(MNT_DETACH))
    }
  }
}

/// A tmpfs that only this process and its children see.
func mountSmallDisk(_ path: String, kibibytes: Int) throws {
  typealias Unshare = @convention(c) (CInt) -> CInt
  guard symbol("unshare", as: Unshare.self)(0x20000 /* CLONE_NEWNS */) == 0,
    mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0,
    mount("ward", path, "tmpfs", 0, "size=\(kibibytes)k") == 0
  else { throw SpoolError("mount", path, errno: errno) }
}
