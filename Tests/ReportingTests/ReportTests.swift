import FoundationEssentials
import Ledger
import Reporting
import Tables
import Testing
import Time

private let rows = [
  TestRow(packets: 500), TestRow(second: 5, port: 2, packets: 70, action: "already_blocked"),
  TestRow(second: 9, source: "2001:db8::66", packets: 3, attack: .portScan, action: "advised"),
  TestRow(second: 11, source: "10.0.0.9", packets: 2, attack: .unknown, action: "none"),
]

private func csv(_ survey: Survey) throws -> [[String]] {
  var text: [UInt8] = []
  try EvidenceCSV.write(survey) { text.append(contentsOf: $0) }
  var records: [[String]] = []
  try text.withUnsafeBytes { bytes in
    try CSVReader.read(bytes) { record in
      records.append((0..<record.count).map { record.text($0) })
    }
  }
  return records
}

@Test func `the sums of the CSV are the totals of the JSON`() throws {
  let scratch = try Scratch()
  try scratch.file(rows)
  try scratch.report { report, survey in
    let json = try JSONDecoder().decode(Report.self, from: Data(report.json()))
    let table = try csv(survey)
    let header = table[0]
    func column(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
    let attacks = try table.dropFirst().filter { row in
      Attack(rawValue: row[try column("attack")])?.isAttack ?? false
    }
    func sum(_ name: String) throws -> Int {
      let index = try column(name)
      return attacks.reduce(0) { $0 + (Int($1[index]) ?? 0) }
    }
    #expect(attacks.count == json.totals.attackRows && json.totals.attackRows == 3)
    let (packets, bytes, flows) = (
      try sum("added_packets"), try sum("added_bytes"), try sum("added_flows")
    )
    #expect(packets == json.totals.attackPackets && packets == 573)
    #expect(bytes == json.totals.attackBytes && flows == json.totals.attackFlows)
    #expect(json.attacks.reduce(0) { $0 + $1.packets } == packets)
    #expect(json.attackers.reduce(0) { $0 + $1.packets } == packets)
    #expect(json.timeline.reduce(0) { $0 + $1.attackPackets } == packets)
    #expect(table.count - 1 == json.evidenceRows)
  }
}

@Test func `the summary says what was found, and that blocks were simulated`() throws {
  let scratch = try Scratch()
  try scratch.file(rows)
  let text = try scratch.report { report, _ in Summary.paragraphs(report).joined(separator: "\n") }
  #expect(text.contains("3 attack flows with 573 packets") && text.contains("from 2 addresses"))
  #expect(text.contains("SYN flood (2 flows, 570 packets) and Port scan (1 flow, 3 packets)"))
  #expect(
    text.contains("Blocks of 1 address were simulated") && text.contains("no packet was stopped"))
  #expect(text.contains("No block of this time was in force"))
}

@Test func `an empty range is told as such`() throws {
  let scratch = try Scratch()
  try scratch.report { report, survey in
    #expect(report.isQuiet && report.totals.segments == 0)
    let text = Summary.paragraphs(report).joined()
    #expect(text.contains("nothing can be said about whether attacks took place"))
    let (lines, files) = (try csv(survey).count, try Document(report, survey).files.count)
    #expect(lines == 1 && files == 7)
  }
}

@Test func `a spreadsheet takes no cell for a formula`() throws {
  let scratch = try Scratch()
  try scratch.file([TestRow(application: "=cmd|'/c calc'!A0", reason: "@SUM(1)")])
  let cells = try scratch.report { _, survey in try csv(survey)[1] }
  #expect(cells.contains("'=cmd|'/c calc'!A0") && cells.contains("'@SUM(1)"))
}

@Test func `reasons stand in the CSV, and on the page as far as there is room`() throws {
  let scratch = try Scratch()
  let long = "svc_half_open_1s 4812 +2.31; " + String(repeating: "x", count: 200)
  try scratch.file([TestRow(judge: "both", modelReasons: long, anomaly: 0.625)])
  try scratch.report { report, survey in
    let table = try csv(survey)
    let cells = Dictionary(uniqueKeysWithValues: zip(table[0], table[1]))
    #expect(cells["model_reasons"] == long && cells["anomaly"] == "0.625")
    #expect(cells["corrected"] == "-")
    let view = try #require(Document(report, survey).files.first { $0.name == "view.json" })
    let text = String(decoding: view.bytes, as: UTF8.self)
    #expect(text.contains("half-open 0.99; model: svc_half_open_1s 4812 +2.31; xxx"))
    #expect(!text.contains(String(repeating: "x", count: 100)))
  }
}

@Test func `what is on the pages is plain text, what is attached is the truth`() throws {
  let scratch = try Scratch()
  try scratch.file([TestRow(application: hostile, reason: hostile)])
  try scratch.report { report, survey in
    let document = try Document(report, survey)
    let view = try #require(document.files.first { $0.name == "view.json" })
    #expect(view.bytes.allSatisfy { $0 >= 0x20 || $0 == 0x0A } && view.bytes.count < 40_000)
    #expect(!String(decoding: view.bytes, as: UTF8.self).contains("\u{202E}"))
    let main = try #require(document.files.first { $0.name == "main.typ" })
    #expect(!String(decoding: main.bytes, as: UTF8.self).contains("alert(1)"))
    let cells = try csv(survey)[1]
    #expect(cells.contains(hostile.replacing("\0", with: "\u{FFFD}")))
  }
}

@Test func `the terminal gets no control characters`() throws {
  let scratch = try Scratch()
  try scratch.file([TestRow(application: "\u{1B}[31m", reason: "\u{1B}]0;x\u{7}")] + rows)
  let text = try scratch.report { report, _ in TerminalSummary.text(report) }
  #expect(text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
  #expect(text.contains("SYN_FLOOD") && text.contains("192.0.2.66") && text.contains("simulated"))
}
