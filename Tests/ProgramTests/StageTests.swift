import Foundation
import Spool
import Tables
import Testing
import Time

extension ProgramTests {
  /// Each program by itself, and the chain.
  @Suite(.enabled(if: House.isBuilt, "needs built programs (WARD_BIN)"), .timeLimit(.minutes(30)))
  struct StageTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: House.stages + ["train", "imitate", "ward"])
    func `a program explains itself`(name: String) throws {
      let end = try run(House.program(name), "--help")
      #expect(end.status == 0)
      #expect(end.output.contains(name))
    }

    @Test func `a stage turns one file into one`() throws {
      let demo = try scratch.demo()
      let packets = try run(House.program("capture"), "--input", demo, "--output", "-")
      #expect(packets.status == 0)
      #expect(packets.output.utf8.count > 100_000)
      var input = demo
      let tables: [(String, Table)] = [
        ("featurize", .flow), ("classify", .verdict), ("mitigate", .action),
      ]
      for (stage, table) in tables {
        let end = try run(House.program(stage), "--input", input, "--output", "-")
        #expect(end.status == 0, "\(end.errors)")
        let lines = end.output.split(separator: "\n")
        #expect(lines.first.map(String.init) == table.columns.joined(separator: ","))
        #expect(lines.count > 1_000)
        input = scratch.put("\(stage).csv", end.output)
      }
    }

    @Test func `featurize writes other rows on request`() throws {
      let demo = try scratch.demo()
      let asked = [
        (["--packets"], Table.packet.columns), (["--prefixes"], Table.flow.columns),
        (["--cic-strict"], CICFlowMeterHeader.v4),
        (["--cic-strict", "v4"], CICFlowMeterHeader.v4),
        (["--cic-strict", "cns2022"], CICFlowMeterHeader.cns2022),
      ]
      for (words, columns) in asked {
        let end = try run([House.program("featurize"), "--input", demo] + words)
        #expect(end.status == 0, "\(end.errors)")
        let lines = end.output.split(separator: "\n")
        #expect(lines.first.map(String.init) == columns.joined(separator: ","))
        #expect(lines.count > 100)
      }
    }

    @Test func `the chain empties its queues, and sets aside what it cannot read`() throws {
      let demo = try scratch.demo()
      let broken = Queue.allCases.enumerated().map { ($1, Self.name(of: $0 + 1)) }
      for (queue, name) in broken {
        try scratch.publish("nothing of ours,\n\u{0}", to: queue, as: name)
      }
      let capture = try run(
        House.program("capture"), "--spool", scratch.spool, "--read", demo, "--sensor", "demo")
      #expect(capture.status == 0, "\(capture.errors)")
      for stage in House.stages.dropFirst() {
        let backend = stage == "mitigate" ? ["--backend", "simulate"] : []
        let end = try run(
          [House.program(stage), "--spool", scratch.spool, "--once"] + backend)
        #expect(end.status == 0, "\(end.errors)")
      }
      for state in ["tmp", "new", "cur"] {
        #expect(scratch.all(state).filter { !$0.hasSuffix("/lock") } == [])
      }
      for (queue, name) in broken {
        let file = name.fileName(in: queue)
        #expect(scratch.names("quarantine/\(queue)") == [file, "\(file).reason"])
        #expect(!scratch.text("spool/quarantine/\(queue)/\(file).reason").isEmpty)
      }
      let summary = try run(House.program("report"), "summary", "--spool", scratch.spool)
      #expect(summary.status == 0)
      #expect(summary.output.contains("SYN_FLOOD") && summary.output.contains("PORT_SCAN"))
    }

    @Test func `exit codes say what was wrong`() throws {
      let garbage = scratch.put("garbage", "nothing of ours\n")
      let nowhere = "\(scratch.path)/nowhere"
      let unknownKey = scratch.put("unknown.conf", "[classify]\nconfidense = 1\n")
      let brokenList = scratch.put("list.txt", "10.0.0.1\nnot an address\n")
      let asked: [(CInt, [String])] = [
        (64, ["featurize", "--nonsense"]),
        (64, ["featurize", "--packets", "--once", "--spool", scratch.spool]),
        (64, ["featurize", "--prefixes", "--once", "--spool", scratch.spool]),
        (64, ["featurize", "--prefixes", "--packets", "--input", garbage]),
        (64, ["featurize", "--cic-strict", "--once", "--spool", scratch.spool]),
        (64, ["featurize", "--cic-strict", "--packets", "--input", garbage]),
        (64, ["featurize", "--cic-strict", "v5", "--input", garbage]),
        (64, ["classify", "--output", "-"]),
        (64, ["mitigate", "--input", garbage, "--backend", "nftables"]),
        (64, ["report", "make", "--format", "pdf", "--output", "-"]),
        (64, ["ward", "nonsense"]),
        (65, ["capture", "--input", garbage]),
        (65, ["featurize", "--input", garbage]),
        (65, ["classify", "--input", garbage]),
        (65, ["mitigate", "--input", garbage]),
        (66, ["capture", "--input", nowhere]),
        (66, ["featurize", "--input", nowhere]),
        (66, ["classify", "--input", nowhere]),
        (66, ["mitigate", "list", "--spool", nowhere]),
        (66, ["report", "summary", "--spool", nowhere]),
        (73, ["featurize", "--input", garbage, "--output", "\(nowhere)/file"]),
        (78, ["classify", "--once", "--spool", scratch.spool, "--config", unknownKey]),
        (78, ["featurize", "--once", "--spool", scratch.spool, "--config", nowhere]),
        (78, ["mitigate", "--once", "--spool", scratch.spool, "--whitelist", brokenList]),
      ]
      for (status, words) in asked {
        let end = try run([House.program(words[0])] + words.dropFirst())
        #expect(end.status == status, "\(words): \(end.errors)")
        #expect(!end.errors.isEmpty)
      }
    }

    @Test func `without the right to hear the network, capture says so`() throws {
      chmod(scratch.path, 0o777)
      let end = try run(
        House.unprivileged + [
          House.program("capture"), "--interface", "lo", "--spool", scratch.spool,
        ])
      #expect(end.status == 77)
      #expect(end.errors.contains("CAP_NET_RAW"))
    }

    @Test func `a second one on the same queue is told to try again`() throws {
      let first = try Child([House.program("classify"), "--spool", scratch.spool], errors: .joined)
      try first.line(with: "classify: ready", by: .generous)
      let second = try run(House.program("classify"), "--spool", scratch.spool, "--once")
      #expect(second.status == 75)
      #expect(try first.stop(by: .generous).status == 0)
    }

    private static func name(of number: Int) -> SegmentName {
      let time = Timestamp(seconds: 1_746_493_740)
      return SegmentName(
        first: time, clock: time, sensor: "broken", sequence: UInt64(number))
    }
  }
}
