import Foundation
import Testing

private let canRun =
  House.isRoot && House.isBuilt
  && House.has(
    "ip", "tc", "nft", "ethtool", "tcpdump", "mosquitto", "dnsmasq", "dropbear", "storescp", "hydra",
    "hping3", "nmap", "lsns")

extension ProgramTests {
  /// The ward that `scripts/room` makes in network namespaces.
  @Suite(
    .enabled(if: canRun, "needs root, built programs (WARD_BIN) and scripts/bootstrap --tests"),
    .timeLimit(.minutes(20)))
  struct RoomTests {
    private let room = House.script("room")
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `it comes up, is looked about in, and goes`() throws {
      let name = ["--name", "test\(getpid())"]
      let up = try run([room, "up", "--seed", "5"] + name, seconds: 60)
      #expect(up.status == 0, "\(up.errors)")
      let broker = try #require(up.output.firstMatch(of: #/broker +([0-9.]+)/#)).1
      #expect(try run([room, "up"] + name).status == 75, "one is enough")
      let inside = try spaces(of: keeper(name[1]))
      #expect(inside.count >= 15)
      let ping = ["exec"] + name + ["ecg1", "ping", "-c", "1", "-W", "5", String(broker)]
      #expect(try run([room] + ping).status == 0)
      let out = try run([room, "exec"] + name + ["ward", "ping", "-c", "1", "-W", "1", "9.9.9.9"])
      #expect(out.status == 1, "nothing leaves the room: \(out.output)")
      let play = try run(
        [room, "run", "syn-flood", "--calm", "1", "--seconds", "1"] + name, seconds: 60)
      #expect(play.status == 0, "\(play.errors)")
      #expect(try run([room, "down"] + name, seconds: 60).status == 0)
      #expect(try run([room, "status"] + name).status == 75)
      #expect(try spaces().isDisjoint(with: inside))
    }

    @Test func `killed half-way, it leaves nothing`() throws {
      let child = try Child([room, "run", "syn-flood", "--calm", "60"], errors: .joined)
      try child.line(with: "A ward of", by: .in(60))
      let family = try descendants(of: child.id)
      let inside = try Set(family.flatMap { try spaces(of: $0) })
      #expect(family.count >= 10 && inside.count >= 10, "\(family)")
      kill(child.id, SIGKILL)
      for process in family {
        let words = ["timeout", "10", "tail", "--pid=\(process)", "-s", "0.05", "-f", "/dev/null"]
        #expect(try run(words).status == 0, "\(process) lives on")
      }
      #expect(try spaces().isDisjoint(with: inside))
    }

    @Test func `ground truth and wire agree in every scenario`() throws {
      let end = try run(
        [
          room, "run", "all", "--seed", "2", "--seconds", "2", "--calm", "3", "--gap", "0.5",
          "--output", scratch.path,
        ], seconds: 1_000)
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
        ], seconds: 300)
      #expect(trained.status == 0, "\(trained.errors)")
      let model = try String(contentsOfFile: "\(scratch.path)/model", encoding: .utf8)
      for label in ["BENIGN", "SYN_FLOOD", "PORT_SCAN", "BRUTE_FORCE", "SQL_INJECTION", "ARP_SPOOF"] {
        #expect(model.contains(label), "\(label)")
      }
      #expect(!model.contains("EXFILTRATION"))
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
