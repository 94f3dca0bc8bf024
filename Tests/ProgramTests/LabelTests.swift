import Foundation
import Spool
import Tables
import Testing

extension ProgramTests {
  /// `ward label`, over a spool through which the demonstration has passed.
  @Suite(.enabled(if: House.isBuilt, "needs built programs (WARD_BIN)"), .timeLimit(.minutes(30)))
  struct LabelTests {
    let scratch: Scratch

    init() throws {
      scratch = try Scratch()
      let demo = try scratch.demo()
      try stage("capture", "--read", demo, "--sensor", "demo")
      try stage("featurize", "--once")
      try stage("classify", "--once", "--model", "none")
      try stage("mitigate", "--once", "--backend", "simulate")
    }

    @discardableResult
    private func stage(_ name: String, _ words: String...) throws -> Child.End {
      let end = try run([House.program(name), "--spool", scratch.spool] + words)
      try #require(end.status == 0, "\(end.errors)")
      return end
    }

    private func label(_ words: String...) throws -> Child.End {
      try run([House.program("ward"), "label", "--spool", scratch.spool] + words)
    }

    /// The first segment that waits before `report` with an attack in it, and the row's number.
    private func attack() throws -> (segment: String, row: String, line: [Substring]) {
      for file in scratch.names("mitigated/new") {
        for line in lines("mitigated/new/\(file)") where line.contains("malicious") {
          return (String(file.dropLast(4)), String(line[0]), line)
        }
      }
      throw NothingThere()
    }

    private func lines(_ file: String) -> [[Substring]] {
      scratch.text("spool/\(file)").split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",") }
    }

    @Test func `a word is kept with the whole row, told to the ledger, and outlives the segment`()
      throws
    {
      let (segment, row, line) = try attack()
      let said = try label(segment, row, "benign", "--why", "our own\nscanner", "--by", "ann")
      #expect(said.status == 0, "\(said.errors)")
      #expect(said.output.contains(" row \(row): was ") && said.output.contains(", is BENIGN"))
      let kept = lines("archive/corrections/\(segment).csv")
      let flow = Table.measureCells.upperBound
      #expect(kept.count == 1 && kept.first?.prefix(flow) == line.prefix(flow))
      #expect(
        kept.first?[flow...].dropLast().map(String.init)
          == [String(line[flow + 1]), String(line[flow + 3]), "BENIGN", "ann", "our own scanner"])
      try stage("report", "--once")
      #expect(scratch.names("archive/mitigated").contains("\(segment).csv"))
      try FileManager.default.removeItem(atPath: "\(scratch.spool)/archive/mitigated")
      #expect(try label(segment, row, "BRUTE_FORCE").status == 0)
      let again = lines("archive/corrections/\(segment).csv")
      #expect(again.count == 1 && again[0].prefix(flow) == line.prefix(flow))
      #expect(again[0][flow + 2] == "BRUTE_FORCE")
      try stage("report", "--once")
      let csv = try run(
        House.program("report"), "make", "--spool", scratch.spool, "--format", "csv", "--output",
        "-", "--from", "first", "--to", "last"
      ).output.split(separator: "\n")
      let corrected = csv.filter { $0.contains(",BRUTE_FORCE,") }
      #expect(corrected.count == 1 && corrected[0].hasPrefix("\(segment),\(row),"))
    }

    @Test func `what was said can be listed and taken back`() throws {
      let (segment, row, _) = try attack()
      #expect(try label("--list").output == "")
      #expect(try label("\(segment).csv", row, "BENIGN", "--by", "ann").status == 0)
      let listed = try label("--list").output
      #expect(listed.hasPrefix("\(segment) row \(row): ") && listed.contains("is BENIGN, says ann"))
      #expect(try label("--list", segment).output == listed)
      #expect(try label(segment, row, "--remove").status == 0)
      #expect(try label("--list").output == "")
      #expect(scratch.names("archive/corrections").filter { $0 != ".lock" } == [])
      #expect(try label(segment, row, "--remove").status == 66)
    }

    @Test func `exit codes say what was wrong`() throws {
      let (segment, row, _) = try attack()
      let other = segment.replacing("-demo-", with: "-elsewhere-")
      let asked: [(CInt, [String])] = [
        (64, []), (64, [segment]), (64, [segment, row]), (64, [segment, "0", "BENIGN"]),
        (64, [segment, "x", "BENIGN"]), (64, [segment, row, "NO_SUCH_THING"]),
        (64, [segment, row, "UNKNOWN"]), (64, [segment, row, "BENIGN", "--remove"]),
        (64, ["--list", segment, row]), (64, ["../../etc/passwd", row, "BENIGN"]),
        (64, ["../\(segment)", row, "BENIGN"]), (64, ["\(segment)/../x", row, "BENIGN"]),
        (64, ["\(segment).pcap", row, "BENIGN"]), (66, [other, row, "BENIGN"]),
        (66, [segment, "999999", "BENIGN"]), (66, ["--list", "--spool", "\(scratch.path)/none"]),
      ]
      for (status, words) in asked {
        let end = try run([House.program("ward"), "label", "--spool", scratch.spool] + words)
        #expect(end.status == status, "\(words): \(end.errors)")
        #expect(!end.errors.isEmpty)
      }
      #expect(scratch.names("archive/corrections").filter { $0 != ".lock" } == [])
    }

    @Test func `a broken file of corrections is left as it is`() throws {
      let (segment, row, _) = try attack()
      #expect(try label(segment, row, "BENIGN").status == 0)
      let file = "spool/archive/corrections/\(segment).csv"
      let broken = scratch.text(file).dropLast(20)
      _ = scratch.put(file, String(broken))
      let end = try label(segment, row, "SYN_FLOOD")
      #expect(end.status == 65 && end.errors.contains("the corrections of \(segment)"))
      #expect(scratch.text(file) == broken)
    }

    @Test(.enabled(if: House.isRoot, "needs root, to become nobody"))
    func `without the right to write there, nothing is said`() throws {
      let (segment, row, _) = try attack()
      #expect(try label(segment, row, "BENIGN").status == 0)
      chmod(scratch.path, 0o755)
      for path in try FileManager.default.subpathsOfDirectory(atPath: scratch.path) {
        chmod("\(scratch.path)/\(path)", 0o755)
      }
      let end = try run(
        House.unprivileged + [
          House.program("classify"), "label", "--spool", scratch.spool, segment, row, "SYN_FLOOD",
        ])
      #expect(end.status == 77 || !House.unprivileged.contains("--reuid"), "\(end.errors)")
    }
  }
}

private struct NothingThere: Error {}
