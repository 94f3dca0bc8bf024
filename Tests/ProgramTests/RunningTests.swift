import Foundation
import Spool
import Testing

extension ProgramTests {
  /// Stages as they run under the supervisor: what they may still do, and how they end.
  @Suite(.enabled(if: House.isBuilt, "needs built programs (WARD_BIN)"), .timeLimit(.minutes(30)))
  struct RunningTests {
    /// CAP_NET_ADMIN is number 12.
    private static let netAdmin: UInt64 = 1 << 12

    @Test(.enabled(if: Network.isAllowed, "needs root, ip, nft"), arguments: House.stages)
    func `a stage at work holds no more than it needs, and ends when told`(stage: String) throws {
      let network = try Network()
      let scratch = try Scratch()
      let more = [
        "capture": ["--interface", Network.interface], "mitigate": ["--backend", "nftables"],
      ]
      let child = try Child(
        network.inWard(House.program(stage), "--spool", scratch.spool) + more[stage, default: []],
        errors: .joined)
      try child.line(with: "\(stage): ready", by: .generous)
      let expected = stage == "mitigate" ? Self.netAdmin : 0
      for field in ["CapEff", "CapPrm", "CapBnd"] {
        #expect(try Self.capabilities(field, of: child.pid) == expected, "\(field)")
      }
      #expect(try Self.capabilities("CapInh", of: child.pid) == 0)
      #expect(try Self.capabilities("CapAmb", of: child.pid) == 0)
      #expect(try Self.capabilities("NoNewPrivs", of: child.pid) == 1)
      #expect(try child.stop(by: .generous).status == 0)
      #expect(scratch.all("tmp") == [] && scratch.all("cur") == [])
    }

    @Test(.enabled(if: Network.isAllowed, "needs root, ip, nft"), arguments: [SIGTERM, SIGKILL])
    func `told to stop, capture marks the end; killed, it does not`(signal: CInt) throws {
      let network = try Network()
      let scratch = try Scratch()
      let child = try Child(
        network.inWard(
          House.program("capture"), "--spool", scratch.spool, "--interface", Network.interface),
        errors: .joined)
      try child.line(with: "capture: ready", by: .generous)
      child.signal(signal)
      #expect(try child.end(by: .generous).status == (signal == SIGTERM ? 0 : -SIGKILL))
      let ends = scratch.names("captured/new").filter { SegmentName($0)?.isEnd ?? false }
      #expect(ends.count == (signal == SIGTERM ? 1 : 0))
      #expect(ends.last == scratch.names("captured/new").last || signal == SIGKILL)
    }

    @Test func `stopped, the pipeline empties its queues and ends its flows`() throws {
      let scratch = try Scratch()
      let demo = try scratch.demo()
      #expect(try Pipeline(reading: demo, in: scratch).stop() == 0)
      #expect(scratch.all("new") == [] && scratch.all("cur") == [] && scratch.all("tmp") == [])
      let captured = scratch.names("archive/captured")
      #expect(captured.count == 111 && captured.last?.hasSuffix(".end.pcap") == true)
    }

    @Test func `told again while it stops, the supervisor stops as it would have`() throws {
      let scratch = try Scratch()
      let demo = try scratch.demo()
      #expect(try Pipeline(reading: demo, in: scratch).stopTwice() == 0)
      #expect(scratch.all("new") == [] && scratch.all("cur") == [] && scratch.all("tmp") == [])
    }

    @Test func `a stage that is told to empty its queue before it can hear it does so`() throws {
      let scratch = try Scratch()
      for folder in ["log", "run"] {
        try FileManager.default.createDirectory(
          atPath: "\(scratch.spool)/\(folder)", withIntermediateDirectories: true)
      }
      // Dies of SIGUSR1, as any program does that has not yet asked for it.
      let stage = scratch.put(
        "stage", "[ \"$*\" = --once ] && exec echo emptied\nkill -USR1 $PPID; exec sleep 600\n")
      let keeper = try Child([
        House.script("supervise"), "keep", scratch.spool, "featurize", "sh", stage,
      ])
      #expect(try keeper.end(by: .generous).status == 0)
      #expect(scratch.text("spool/log/featurize.log") == "emptied\n")
    }

    @Test(arguments: [
      ("featurize", "captured", ["featurized"]),
      ("classify", "featurized", ["malicious", "benign"]),
      ("mitigate", "malicious", ["mitigated"]),
    ])
    func `told to stop in the midst of work, a stage leaves nothing half done`(
      stage: String, from source: String, to targets: [String]
    ) throws {
      let scratch = try Scratch()
      try fill(scratch, before: stage)
      let segments = Set(scratch.names("\(source)/new").map(Self.base))
      let child = try Child(command(stage, scratch) + ["--log-level", "debug"], errors: .joined)
      try child.line(with: "\(stage): done ", by: .generous)
      #expect(try child.stop(by: .generous).status == 0)
      #expect(scratch.all("tmp") == [] && scratch.all("cur") == [])
      let left = Set(scratch.names("\(source)/new").map(Self.base))
      let made = targets.flatMap { scratch.names("\($0)/new").map(Self.base) }
      let done = Set(made).intersection(segments)
      #expect(!done.isEmpty)
      #expect(left.union(done) == segments && left.isDisjoint(with: done))
      #expect(try run(command(stage, scratch) + ["--once"]).status == 0)
      #expect(scratch.names("\(source)/new") == [])
    }

    @Test func `told to stop in the midst of work, report files each row once`() throws {
      let scratch = try Scratch()
      try fill(scratch, before: "report")
      let other = try Scratch()
      try run("cp", "-r", scratch.spool, other.spool)
      let child = try Child(command("report", scratch) + ["--log-level", "debug"], errors: .joined)
      try child.line(with: "report: done ", by: .generous)
      #expect(try child.stop(by: .generous).status == 0)
      #expect(scratch.all("cur") == [])
      let evidence = try [scratch, other].map { scratch in
        #expect(try run(command("report", scratch) + ["--once"]).status == 0)
        return try run(
          House.program("report"), "make", "--spool", scratch.spool, "--format", "csv", "--output",
          "-", "--from", "first", "--to", "last"
        ).output
      }
      #expect(evidence[0] == evidence[1] && evidence[0].contains("SYN_FLOOD"))
    }

    private func command(_ stage: String, _ scratch: Scratch) -> [String] {
      [House.program(stage), "--spool", scratch.spool]
        + (stage == "mitigate" ? ["--backend", "simulate"] : [])
    }

    /// Has the demonstration wait before `stage`.
    private func fill(_ scratch: Scratch, before stage: String) throws {
      let words = [House.program("capture"), "--spool", scratch.spool, "--sensor", "demo"]
      var ends = [try run(words + ["--read", scratch.demo()])]
      for earlier in House.stages.dropFirst() {
        if earlier == stage { break }
        ends.append(try run(command(earlier, scratch) + ["--once"]))
      }
      try #require(ends.allSatisfy { $0.status == 0 })
    }

    private static func base(_ name: String) -> String {
      String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
    }

    private static func capabilities(_ field: String, of pid: pid_t) throws -> UInt64? {
      let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
      let line = text.split(separator: "\n").first { $0.hasPrefix("\(field):") }
      let value = try #require(line).split(separator: "\t").last
      return value.flatMap { UInt64($0, radix: 16) }
    }
  }
}
