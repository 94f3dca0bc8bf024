import Foundation
import Models
import Spool
import Tables
import Testing
import Time

extension ProgramTests {
  /// `classify` with judges that are good, bad, and replaced while it runs.
  @Suite(.enabled(if: House.isBuilt, "needs built programs (WARD_BIN)"), .timeLimit(.minutes(30)))
  struct JudgeTests {
    let scratch: Scratch
    /// Rows of the demonstration, a flood among them.
    let flows: String

    init() throws {
      scratch = try Scratch()
      let packets = try run(
        House.program("capture"), "--input", scratch.demo(), "--output", "\(scratch.path)/c.pcap")
      try #require(packets.status == 0, "\(packets.errors)")
      let rows = try run(House.program("featurize"), "--input", "\(scratch.path)/c.pcap")
      try #require(rows.status == 0, "\(rows.errors)")
      flows = rows.output
    }

    /// What is no file of judges, made of one that is, and why not.
    private static func bad(_ good: [UInt8]) -> [(name: String, bytes: [UInt8])] {
      let line = Array(good.prefix { $0 != 0x0A })
      var flipped = good
      flipped[good.count - 12] ^= 0x10
      var foreign = good
      if let place = Data(good).range(of: Data("\ncolumn packets\n".utf8)) {
        foreign.replaceSubrange(place, with: "\ncolumn no_such\n".utf8)
      }
      let hostile = "\nclass BENIGN\nclass DDOS\ncolumn packets\nmember boosted 1 0 268435455\n\n"
      return [
        ("empty", []), ("another file", Array("hello\n".utf8)), ("its first line", line + [0x0A]),
        ("cut in half", Array(good.prefix(good.count / 2))), ("cut at the end", good.dropLast()),
        ("with more behind it", good + [0]), ("a bit flipped", flipped),
        ("of another version", Array("ward-model 999".utf8) + good.dropFirst(line.count)),
        ("of other columns", foreign), ("hostile", line + Array(hostile.utf8)),
      ]
    }

    private func put(_ name: String, _ bytes: [UInt8]) throws -> String {
      let path = "\(scratch.path)/\(name)"
      try FileManager.default.createDirectory(
        at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(filePath: path))
      return path
    }

    /// Puts a file in the place of another, whole.
    private func replace(_ path: String, _ bytes: [UInt8]) throws {
      let next = try put("next", bytes)
      try #require(rename(next, path) == 0)
    }

    private func classify(_ words: String...) throws -> Child.End {
      try run(
        [
          House.program("classify"), "--input", scratch.put("f.csv", flows), "--spool",
          scratch.spool,
        ]
          + words)
    }

    /// The stage, once it is ready.
    private func stage(_ words: String...) throws -> Child {
      let child = try Child(
        [House.program("classify"), "--spool", scratch.spool, "--log-level", "debug"] + words,
        errors: .joined)
      try child.line(with: "classify: ready", by: .generous)
      return child
    }

    /// Has the stage judge a segment; what it wrote.
    private func judged(_ number: Int, by child: Child) throws -> String {
      let name = SegmentName(
        first: Timestamp(seconds: 1_767_225_600), clock: Timestamp(seconds: 1_767_225_600),
        sensor: "demo", sequence: UInt64(number))
      try scratch.publish(flows, to: .featurized, as: name)
      try child.line(with: "classify: done", by: .generous)
      let file = name.fileName(in: .malicious)
      return scratch.text("spool/malicious/new/\(file)")
    }

    private func notices() -> [String] {
      scratch.names("notices/new").map { scratch.text("spool/notices/new/\($0)") }
    }

    /// The cells that a verdict adds, of every row.
    private static func verdicts(_ text: String) throws -> [[String: String]] {
      var verdicts: [[String: String]] = []
      let names = Table.verdict.columns
      try Array(text.utf8).withUnsafeBytes { bytes in
        try Table.verdict.read(bytes) { record in
          let cells = Table.measureCells.upperBound..<names.count
          verdicts.append(
            Dictionary(uniqueKeysWithValues: cells.map { (names[$0], record.text($0)) }))
        }
      }
      return verdicts
    }

    @Test func `a bad model is refused at the start`() throws {
      let good = try Judges.model().serialized()
      #expect(try classify("--model", put("good", good)).status == 0)
      for (name, bytes) in Self.bad(good) {
        let end = try classify("--model", put("bad", bytes))
        #expect(end.status == 65, "\(name): \(end.errors)")
        #expect(end.errors.contains("unable to use model \(scratch.path)/bad: "), "\(name)")
        #expect(end.output == "", "\(name)")
      }
      #expect(mkfifo("\(scratch.path)/pipe", 0o600) == 0)
      #expect(try classify("--model", "\(scratch.path)/pipe").status == 65)
      #expect(try classify("--model", scratch.path).status == 65)
      #expect(try classify("--model", "\(scratch.path)/none").status == 66)
    }

    @Test func `a bad model that is dropped in is refused, and the last good one stays`() throws {
      let good = try Judges.model().serialized()
      let path = try put("judge.model", good)
      let child = try stage("--model", path)
      let before = try judged(0, by: child)
      #expect(before.contains(",SYN_FLOOD,"))
      let bad = Self.bad(good)
      for (index, (name, bytes)) in bad.enumerated() {
        try replace(path, bytes)
        let line = try child.line(with: "unable to use changed file", by: .generous)
        #expect(line.contains(" error classify: ") && line.contains(path), "\(name)")
        #expect(try judged(index + 1, by: child) == before, "\(name)")
      }
      try replace(path, Judges.model(attack: .udpFlood).serialized())
      try child.line(with: "classify: read again", by: .generous)
      #expect(try judged(100, by: child).contains(",UDP_FLOOD,"))
      #expect(try child.stop(by: .generous).status == 0)
      let notices = notices()
      #expect(notices.count == bad.count)
      #expect(notices.allSatisfy { $0.contains(",classify,refused,\(path),1,0,") })
    }

    @Test func `a baseline makes what is unlike it unknown, and nothing else`() throws {
      let model = try put("model", Judges.model().serialized())
      let before = try classify("--model", model)
      let after = try classify(
        "--model", model, "--baseline", put("site.forest", Judges.baseline(most: 20).serialized()))
      try #require(before.status == 0 && after.status == 0, "\(after.errors)")
      let (old, new) = (try Self.verdicts(before.output), try Self.verdicts(after.output))
      var unknown = 0
      for (old, new) in zip(old, new) {
        let anomaly = try #require(Double(new["anomaly"] ?? ""))
        if old["attack"] == "BENIGN", anomaly >= 0.6 {
          #expect(new["attack"] == "UNKNOWN" && new["label"] == "unknown")
          unknown += 1
        } else {
          #expect(new["attack"] == old["attack"] && new["confidence"] == old["confidence"])
        }
        #expect(old["anomaly"] == "0" && (old["label"] == "malicious") == (anomaly == 0))
      }
      #expect(unknown > 0 && old.count == new.count)
    }

    @Test func `the spool's own baseline is used when it comes, and a broken one refused`() throws {
      let model = try put("model", Judges.model().serialized())
      let child = try stage("--model", model)
      #expect(try !judged(0, by: child).contains(",UNKNOWN,"))
      let path = "\(scratch.spool)/state/baseline.forest"
      let good = try Judges.baseline(most: 20).serialized()
      try replace(path, good)
      try child.line(with: "classify: read again", by: .generous)
      let with = try judged(1, by: child)
      #expect(with.contains(",UNKNOWN,"))
      for (index, (name, bytes)) in Self.bad(good).enumerated() {
        try replace(path, bytes)
        try child.line(with: "unable to use changed file", by: .generous)
        #expect(try judged(index + 2, by: child) == with, "\(name)")
      }
      #expect(try child.stop(by: .generous).status == 0)
      #expect(notices().count == Self.bad(good).count)
      // What nobody named is done without, and told of; what somebody named is not.
      let again = try stage("--model", model)
      #expect(try !judged(90, by: again).contains(",UNKNOWN,"))
      #expect(notices().last?.contains(",refused,\(path),") == true)
      #expect(try again.stop(by: .generous).status == 0)
      #expect(try classify("--model", model, "--baseline", path).status == 65)
      #expect(try classify("--model", model, "--baseline", "\(path).none").status == 66)
      #expect(try classify("--model", model, "--baseline", "none").status == 0)
    }

    @Test func `an attack that the model names has its reasons in the row`() throws {
      let model = try put("model", Judges.model().serialized())
      let few = scratch.put("few.conf", "[classify]\nexplain_rows = 3\n")
      let rows = try Self.verdicts(classify("--model", model, "--config", few).output)
      let named = rows.filter { $0["model_attack"] == "SYN_FLOOD" }
      #expect(
        rows.allSatisfy { ($0["model_reasons"] != "-") == ($0["model_attack"] == "SYN_FLOOD") })
      let reasons = named.compactMap { $0["model_reasons"] }
      let plain = try Regex(#"svc_half_open_1s [0-9.]+ \+[0-9]+\.[0-9]{2}"#)
      #expect(reasons.count > 100)
      #expect(try reasons.prefix(3).allSatisfy { try plain.wholeMatch(in: $0) != nil })
      let last = try #require(reasons.prefix(3).last)
      let repeated = try Regex(#"as row [0-9]+: "#)
      #expect(
        try reasons.dropFirst(3).allSatisfy {
          try repeated.prefixMatch(in: $0) != nil && $0.hasSuffix(": \(last)")
        })
    }

    @Test func `the model is sure where it reaches its own bar and the site's`() throws {
      func judges(sure: [Float], _ words: String...) throws -> Set<String?> {
        let model = try put("model", Judges.model(sure: sure).serialized())
        let end = try run(
          [
            House.program("classify"), "--input", scratch.put("f.csv", flows), "--model", model,
            "--spool", scratch.spool,
          ] + words)
        return Set(
          try Self.verdicts(end.output).filter { $0["model_attack"] == "BENIGN" }
            .map { $0["judge"] })
      }
      // It is 98 % sure.
      #expect(try judges(sure: []).contains("model"))
      #expect(try judges(sure: [0.9, 0.9]).contains("model"))
      #expect(try !judges(sure: [0.999, 0.5]).contains("model"))
      let bar = scratch.put("bar.conf", "[classify]\nconfidence = 0.99\n")
      #expect(try !judges(sure: [0.9, 0.9], "--config", bar).contains("model"))
    }

    @Test func `traffic unlike what was learned is told of once a day`() throws {
      // Learned from: rows of one packet each, to quiet services.
      let reference = Reference(columns: [
        .init(edges: [], shares: [1]), .init(edges: [1.5], shares: [1, 0]),
      ])
      let model = try put("model", Judges.model(reference: reference).serialized())
      let early = scratch.put("early.conf", "[classify]\ndrift_rows = 100\n")
      let child = try stage("--model", model, "--config", early)
      for number in 0..<3 { _ = try judged(number, by: child) }
      let end = try child.stop(by: .generous)
      #expect(end.status == 0)
      let told = notices()
      #expect(told.count == 1)
      #expect(told.first?.contains(",classify,drift,\(model),1,0,") == true)
      #expect(told.first?.contains("packets ") == true)
      let late = scratch.put("late.conf", "[classify]\ndrift_rows = 1000000\n")
      let other = try stage("--model", model, "--config", late)
      _ = try judged(10, by: other)
      #expect(try other.stop(by: .generous).status == 0)
      #expect(notices().count == 1)
    }

    @Test func `explain says who saw what, and which bar decided`() throws {
      let model = try put("model", Judges.model().serialized())
      let baseline = try put("site.forest", Judges.baseline(most: 20).serialized())
      let judged = try classify("--model", model, "--baseline", baseline)
      let texts = try [scratch.put("f.csv", flows), scratch.put("v.csv", judged.output)].map {
        file in
        let end = try run(
          House.program("classify"), "explain", file, "--model", model, "--baseline", baseline)
        #expect(end.status == 0, "\(end.errors)")
        return end.output
      }
      #expect(texts[0] == texts[1])
      let attack = try Regex(
        #"SYN_FLOOD 9[0-9] % by both\n    decided: a detector, and the model says the same"#
          + #" \(98 % >= 50 %\)\n    model SYN_FLOOD 98 %: svc_half_open_1s [0-9]+ \+[0-9.]+\n"#
          + #"    SYN_FLOOD [0-9]+ %: "#)
      #expect(texts[0].firstMatch(of: attack) != nil)
      #expect(
        texts[0].contains(
          "UNKNOWN 0 % by none\n    decided: nobody names an attack, but the site's traffic"))
      #expect(texts[0].contains("    anomaly 0.99 >= 0.60\n"))
      #expect(texts[0].contains("BENIGN 98 % by model\n    decided: the model is sure"))
    }

    @Test func `the configuration that comes with Ward has every key at its default`() throws {
      let printed = try run(House.program("classify"), "thresholds").output
      let file = try String(contentsOfFile: House.script("ward.conf"), encoding: .utf8)
      let section = file.split(separator: "\n").drop { $0 != "[classify]" }.dropFirst()
        .prefix { !$0.hasPrefix("[") }
      let isKey = try Regex("#[a-z_.]+ =.*")
      let keys = try section.filter { try isKey.wholeMatch(in: $0) != nil }
      #expect(Set(keys) == Set(printed.split(separator: "\n").dropFirst()))
    }

    @Test func `model says what a file is`() throws {
      let model = try run(
        House.program("classify"), "model",
        put("m", Judges.model(sure: [0, 0.9]).serialized()))
      #expect(model.status == 0)
      for words in [
        "member: boosted, 2 trees, weight 1.0",
        "classes: 2\n    BENIGN, SYN_FLOOD (sure from 0.90)",
        "columns: 2\n    svc_half_open_1s, packets", "calibrated: no", "made: by hand",
      ] {
        #expect(model.output.contains(words), "\(model.output)")
      }
      let site = try run(
        House.program("classify"), "model", put("b", Judges.baseline(most: 1).serialized()))
      #expect(site.output.contains("isolation forest: 1 trees of 256 rows each"))
      #expect(try run(House.program("classify"), "model", put("x", [1, 2])).status == 65)
    }
  }
}
