import Foundation
import Testing

/// Whether a room can be made here, and has all programs that its scenarios play with.
private let canRun: Bool = {
  let question = """
    import sys; sys.path.insert(0, sys.argv[1]); from roomlib import attacks, take
    sys.exit(bool(take.missing(attacks.SCENARIOS.values())))
    """
  let words = ["/usr/bin/python3", "-B", "-c", question, "\(House.root)/scripts"]
  return House.isBuilt && House.has("lsns", "ps", "nsenter") && Network.isAllowed
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
      let up = try run([room, "up", "--seed", "2"] + name)
      #expect(up.status == 0, "\(up.errors)")
      let broker = try #require(up.output.firstMatch(of: #/broker +([0-9.]+)/#)).1
      #expect(try run([room, "up"] + name).status == 75, "one is enough")
      let inside = try spaces(of: [keeper(name[1])])
      #expect(inside.count >= 15)
      let ping = ["exec"] + name + ["ecg1", "ping", "-c", "1", "-w", "60", String(broker)]
      #expect(try run([room] + ping).status == 0)
      let out = try run([room, "exec"] + name + ["ward", "ping", "-c", "1", "-W", "1", "9.9.9.9"])
      #expect(out.status == 1, "nothing leaves the room: \(out.output)")
      try expectAgreement(of: ["syn-flood"], into: "\(scratch.path)/flood", options: name)
      #expect(try run([room, "down"] + name).status == 0)
      #expect(try run([room, "status"] + name).status == 75)
      try expectGone(inside)
    }

    @Test func `killed half-way, it leaves nothing`() throws {
      let child = try Child([room, "run", "syn-flood", "--calm", "60"], errors: .joined)
      try child.line(with: "A ward of", by: .generous)
      let deadline = Deadline.generous
      var family = try descendants(of: child.pid)
      while family.count < 10 {  // its servers begin one after the other
        try #require(Deadline.now < deadline, "\(family)")
        family = try descendants(of: child.pid)
      }
      let inside = try spaces(of: family)
      #expect(inside.count >= 15)
      kill(child.pid, SIGKILL)
      for process in family {
        let words = ["timeout", "180", "tail", "--pid=\(process)", "-s", "0.05", "-f", "/dev/null"]
        #expect(try run(words).status == 0, "\(process) lives on")
      }
      try expectGone(inside)
    }

    @Test func `the same seed has the same do the same to the same`() throws {
      let scenarios = ["syn-flood", "scan-connect", "sweep-port", "arp-hand", "sql-script"]
      let deeds = try ["1", "2"].map { take in
        let folder = "\(scratch.path)/\(take)"
        try expectAgreement(of: scenarios, into: folder)
        return try text("\(folder)/truth.csv").split(separator: "\n").map {
          $0.split(separator: ",").dropFirst(2).joined(separator: ",")
        }
      }
      #expect(Set(deeds[0]) == Set(deeds[1]))
      #expect(deeds[0].count > scenarios.count)
    }

    @Test func `the demonstration shows calm, an attack, the block and calm again`() throws {
      let end = try run(House.script("demo"), "--bin", House.programs, "--spool", scratch.spool)
      #expect(end.status == 0, "\(end.errors)")
      let moments = [
        "  calm ", "  attack ", "  block  ", "were dropped", "  calm ", "The report: ",
      ]
      var rest = end.output[...]
      for moment in moments {
        rest = try rest[
          #require(rest.range(of: moment), "\(moment) in \(end.output)").upperBound...]
      }
      #expect(end.output.contains("SYN_FLOOD"))
    }

    @Test func `ground truth and wire agree in every scenario`() throws {
      let scenarios = try run(room, "list").output.split(separator: "\n").map {
        $0.split(separator: " ").prefix(2).map(String.init)
      }
      var takes: [String] = []
      for first in stride(from: 0, to: scenarios.count, by: 12) {
        let names = scenarios[first..<min(first + 12, scenarios.count)].map { $0[0] }
        takes.append("\(scratch.path)/\(first)")
        try expectAgreement(of: names, into: takes[takes.count - 1])
        let truth = try text("\(takes[takes.count - 1])/truth.csv")
        for name in names { #expect(truth.contains(",\(name)\n"), "\(name)") }
      }
      try learn(from: takes, Set(scenarios.map { $0[1] }))
      try score(takes)
    }

    /// What the programs make of the takes is held against their truth.
    private func score(_ takes: [String]) throws {
      let list = takes.map { "\($0)/capture.pcap,\($0)/truth.csv,room\n" }.joined()
      _ = scratch.put("captures.list", list)
      let end = try run(room, "score", scratch.path, "--bin", House.programs)
      #expect(end.status == 0, "\(end.errors)")
      #expect(end.output.contains(#/syn-flood-fast +SYN_FLOOD +.* named +SYN_FLOOD /#))
      #expect(end.output.contains(#/beacon-raw +COMMAND_AND_CONTROL +.* (named|misnamed|missed) /#))
    }

    /// Plays scenarios until truth and wire agree. Attacks last for seconds, and on a busy machine one may
    /// come too late for that: what was not heard is played again by itself, and longer.
    private func expectAgreement(
      of scenarios: [String], into folder: String, options: [String] = []
    ) throws {
      var (names, words) = (scenarios, "")
      for seconds in [2, 4, 6, 8] {
        let pace = ["--seconds", "\(seconds)", "--calm", "3", "--gap", "0.5"]
        let output = ["--output", seconds == 2 ? folder : "\(folder).\(seconds)"]
        let end = try run(
          [room, "run", "--seed", "2"] + pace + output + options + names,
          by: .now + .seconds(600))
        if end.status == 0 { return }
        words = end.errors
        let disagreements = words.split(separator: "\n").filter { $0.hasPrefix("room: ") }
        let unheard = names.filter { name in
          disagreements.contains { $0.hasSuffix(" scenario='\(name)')") }
        }
        let areAll = disagreements.allSatisfy { $0.contains(" scenario='") }
        if areAll && !unheard.isEmpty && !words.contains("FAILED") { names = unheard }
      }
      Issue.record("\(words)")
    }

    /// A model of these classes, but for one, can be trained on what was heard.
    private func learn(from takes: [String], _ labels: Set<String>) throws {
      let unwanted = "ARP_SPOOF"
      for take in takes {
        let end = try run(
          House.program("featurize"), "--input", "\(take)/capture.pcap", "--output",
          "\(take)/rows.csv")
        #expect(end.status == 0, "\(end.errors)")
      }
      let list = scratch.put(
        "captures.list", takes.map { "\($0)/rows.csv,\($0)/truth.csv,room\n" }.joined())
      let end = try run(
        House.program("train"), "--manifest", list, "--without", unwanted, "--rounds", "2",
        "--output", "\(scratch.path)/model")
      #expect(end.status == 0, "\(end.errors)")
      let model = try text("\(scratch.path)/model")
      for label in labels.union(["BENIGN"]) {
        #expect(model.contains("class \(label)\n") == (label != unwanted), "\(label)")
      }
    }

    /// A file, though part of it may be no text.
    private func text(_ file: String) throws -> String {
      try String(decoding: Data(contentsOf: URL(filePath: file)), as: UTF8.self)
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

    /// The network namespaces of this machine that processes are in.
    private func spaces() throws -> Set<Substring> {
      try Set(run("lsns", "-t", "net", "-n", "-r", "-o", "NS").output.split(separator: "\n"))
    }

    /// Those that a room has names for, seen from the first of these processes that lives within it.
    private func spaces(of processes: some Sequence<pid_t>) throws -> Set<Substring> {
      let look = """
        for process; do
          [ "$(readlink /proc/$process/ns/mnt)" = "$(readlink /proc/self/ns/mnt)" ] || break
        done
        exec nsenter --mount=/proc/$process/ns/mnt sh -c "stat -c %i /run/netns/*"
        """
      return try Set(
        run(["sh", "-c", look, "sh"] + processes.map { "\($0)" }).output.split(separator: "\n"))
    }
  }
}
