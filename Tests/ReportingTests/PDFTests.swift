import Glibc
import Ledger
import Reporting
import Tables
import Testing
import Time

/// The launcher of the source tree these tests are in, or `$WARD_TYPST`.
private let launcher: String = {
  if let named = getenv("WARD_TYPST") { return String(cString: named) }
  return #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/scripts/typst"
}()

/// The output of a command; nil if it failed.
private func output(_ command: String) -> String? {
  guard let pipe = popen(command + " 2>/dev/null", "r") else { return nil }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, pipe)
    guard count > 0 else { break }
    bytes.append(contentsOf: buffer.prefix(count))
  }
  return pclose(pipe) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
}

/// Whether the launcher finds a Typst, and poppler's tools are there.
private let canTypeset: Bool = {
  let probe = """
    folder=$(mktemp -d) && echo x > $folder/a.typ \
    && sed -i '1i #set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))' $folder/a.typ \
    && '\(launcher)' $folder/a.typ $folder/a.pdf $folder; status=$?; rm -rf $folder; exit $status
    """
  return output(probe) != nil && output("command -v pdfinfo pdftotext pdfdetach") != nil
}()

@Suite(.enabled(if: canTypeset, "no Typst or no poppler-utils"))
struct PDFTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func make(_ name: String) throws -> String {
    let path = "\(scratch.folder)/\(name)"
    try scratch.report { report, survey in
      try Typesetter(launcher: launcher).typeset(Document(report, survey), to: path)
    }
    return path
  }

  @Test func `it is a tagged PDF 1.7, PDF/A-3b, with its data inside`() throws {
    try scratch.file([TestRow(), TestRow(second: 5, source: "2001:db8::66", attack: .portScan)])
    let path = try make("a.pdf")
    let info = try #require(output("pdfinfo \(path)"))
    #expect(info.contains("PDF version:     1.7") && info.contains("Tagged:          yes"))
    #expect(info.contains("19:30:00 2026"))
    let metadata = try #require(output("pdfinfo -meta \(path)"))
    #expect(metadata.contains("<pdfaid:part>3</pdfaid:part>"))
    #expect(metadata.contains("<pdfaid:conformance>B</pdfaid:conformance>"))
    let attached = try #require(output("pdfdetach -list \(path)"))
    #expect(attached.contains("report.json") && attached.contains("evidence.csv"))
    let text = try #require(output("pdftotext -layout \(path) -"))
    #expect(text.contains("192.0.2.66") && text.contains("2001:db8::66"))
    #expect(text.contains("SYN flood") && text.contains("simulated") && text.contains("Page 1 of"))
  }

  @Test func `the same ledger and the same now give the same bytes`() throws {
    try scratch.file([TestRow()])
    let (first, second) = (try make("a.pdf"), try make("b.pdf"))
    #expect(output("cmp \(first) \(second)") != nil)
  }

  @Test func `hostile text is shown and harms nothing`() throws {
    try scratch.file([TestRow(application: hostile, reason: hostile)])
    let path = try make("a.pdf")
    let text = try #require(output("pdftotext \(path) - | tr -d '\\n ' | sed 's/\u{200B}//g'"))
    #expect(text.contains("<script>alert(1)</script>#eval(\"x\")"))
    #expect(text.contains("<U+202E>"))
  }

  @Test func `an empty range makes a report that says so`() throws {
    let path = try make("a.pdf")
    let text = try #require(output("pdftotext \(path) - | tr '\\n' ' '"))
    #expect(text.contains("The ledger holds nothing for this time"))
  }

  @Test func `a launcher without Typst is told from one that refuses`() throws {
    try scratch.file([TestRow()])
    try scratch.report { report, survey in
      let document = try Document(report, survey)
      #expect(throws: TypesettingError.self) {
        try Typesetter(launcher: "/bin/false").typeset(document, to: "\(scratch.folder)/a.pdf")
      }
      #expect(access("\(scratch.folder)/a.pdf", F_OK) != 0)
    }
  }
}
