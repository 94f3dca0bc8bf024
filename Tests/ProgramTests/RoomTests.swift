import Foundation
import Testing

/// Whether a room can be made here, and has all programs that its scenarios play with.
private let canRun: Bool = {
  let question = """
    import sys; sys.path.insert(0, sys.argv[1]); from roomlib import attacks, take
    sys.exit(bool(take.missing(attacks.SCENARIOS.values())))
    """
  let words = ["/usr/bin/python3", "-B", "-c", question, "\(House.root)/scripts"]
  return House.isBuilt && House.has("lsns", "ps") && Network.isAllowed
    && (try? run(words).status) == 0
}()

extension ProgramTests {
  /// The ward that `scripts/room` makes in network namespaces.
  @Suite(
    .enabled(if: canRun, "needs root, built programs (WARD_BIN) and scripts/bootstrap --tests"),
    .timeLimit(.minutes(60)))
  struct RoomTests {
    private let room = House.script("room")
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `it comes up, is looked about in, and goes`() throws {
      let name = ["--name", "test\(getpid())"]
      let up = try run([room, "up", "--seed", "5"] + name)
      #expect(up.status == 0, "\(up.errors)")
      let broker = try #require(up.output.firstMatch(of: #/broker +([0-9.]+)/#)).1
      #expect(try run([room, "up"] + name).status == 75, "one is enough")
      let inside = try spaces(of: keeper(name[1]))
      #expect(inside.count >= 15)
      let ping = ["exec"] + name + ["ecg1", "ping", "-c", "1", "-w", "60", String(broker)]
      #expect(try run([room] + ping).status == 0)
      let out = try run([room, "exec"] + name + ["ward", "ping", "-c", "1", "-W", "1", "9.9.9.9"])
      #expect(out.status == 1, "nothing leaves the room: \(out.output)")
      let play = try run(
        [room, "run", "syn-flood", "--calm", "1", "--seconds", "1"] + name)
      #expect(play.status == 0, "\(play.errors)")
      #expect(try run([room, "down"] + name).status == 0)
      #expect(try run([room, "status"] + name).status == 75)
      try expectGone(inside)
    }

    @Test func `killed half-way, it leaves nothing`() throws {
      let child = try Child([room, "run", "syn-flood", "--calm", "60"], errors: .joined)
      try child.line(with: "A ward of", by: .generous)
      let family = try descendants(of: child.pid)
      let inside = try Set(family.flatMap { try spaces(of: $0) })
      #expect(family.count >= 10 && inside.count >= 10, "\(family)")
      kill(child.pid, SIGKILL)
      for process in family {
        let words = ["timeout", "180", "tail", "--pid=\(process)", "-s", "0.05", "-f", "/dev/null"]
        #expect(try run(words).status == 0, "\(process) lives on")
      }
      try expectGone(inside)
    }

    @Test func `ground truth and wire agree in every scenario`() throws {
      let end = try run(
        [
          room, "run", "all", "--seed", "2", "--seconds", "2", "--calm", "3", "--gap", "0.5",
          "--output", scratch.path,
        ], by: .now + .seconds(3_000))
      #expect(end.status == 0, "\(end.errors)")
      let truth = try String(contentsOfFile: "\(scratch.path)/truth.csv", encoding: .utf8)
      for scenario in try run(room, "list").output.split(separator: "\n") {
        let name = try #require(scenario.split(separator: " ").first)
        #expect(truth.contains(",\(name)\n"), "\(name)")
      }
      try learn()
    }

    /// A model can be trained on what was heard.
    private func learn() throws {
      let rows = "\(scratch.path)/rows.csv"
      let featurized = try run(
        House.program("featurize"), "--input", "\(scratch.path)/capture.pcap", "--output", rows)
      #expect(featurized.status == 0, "\(featurized.errors)")
      let trained = try run(
        [
          House.program("train"), "--rows", rows, "--truth", "\(scratch.path)/truth.csv",
          "--without", "EXFILTRATION", "--rounds", "2", "--output", "\(scratch.path)/model",
        ])
      #expect(trained.status == 0, "\(trained.errors)")
      let model = try String(contentsOfFile: "\(scratch.path)/model", encoding: .utf8)
      for label in [
        "BENIGN", "SYN_FLOOD", "PORT_SCAN", "BRUTE_FORCE", "SQL_INJECTION", "ARP_SPOOF",
      ] {
        #expect(model.contains(label), "\(label)")
      }
      #expect(!model.contains("EXFILTRATION"))
    }

    /// Looks until the namespaces are gone: for a while others may have got their numbers.
    private func expectGone(_ inside: Set<Substring>) throws {
      let deadline = Deadline.generous
      while try !spaces().isDisjoint(with: inside) {
        try #require(Deadline.now < deadline, "namespaces are left")
      }
    }

    private func keeper(_ name: String) throws -> pid_t {
      let text = try String(contentsOfFile: "/run/ward-room/\(name)", encoding: .utf8)
      let number = try #require(text.firstMatch(of: #/"first": ([0-9]+)/#)).1
      return try #require(pid_t(number))
    }

    /// A process and all that come from it.
    private func descendants(of parent: pid_t) throws -> Set<pid_t> {
      let pairs = try run("ps", "-e", "-o", "pid=,ppid=").output.split(separator: "\n").map {
        $0.split(separator: " ").compactMap { pid_t($0) }
      }
      var found: Set<pid_t> = [parent]
      while let more = pairs.first(where: { found.contains($0[1]) && !found.contains($0[0]) }) {
        found.insert(more[0])
      }
      return found.subtracting([parent])
    }

    /// The network namespaces of this machine, or those that a process and its descendants are in.
    private func spaces(of process: pid_t? = nil) throws -> Set<Substring> {
      let listing = try run("lsns", "-t", "net", "-n", "-r", "-o", "NS,PID").output
      let lines = listing.split(separator: "\n").map { $0.split(separator: " ") }
      guard let process else { return Set(lines.map { $0[0] }) }
      let family = try descendants(of: process).union([process]).map { "\($0)" }
      return Set(lines.filter { family.contains(String($0[1])) }.map { $0[0] })
    }
  }
}
