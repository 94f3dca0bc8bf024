import Foundation
import Testing

private let canRun =
  Network.isAllowed && House.isBuilt && House.has("hping3", "nmap", "python3", "tail", "setpriv")

extension ProgramTests {
  /// The whole of Ward on a network that the kernel makes: real packets, real blocks.
  @Suite(
    .enabled(
      if: canRun, "needs root, ip, nft, hping3, nmap, python3 and built programs (WARD_BIN)"),
    .timeLimit(.minutes(30)))
  struct EndToEndTests {
    let network: Network
    let scratch: Scratch
    let flooder: Network.Host
    let scanner: Network.Host
    let spared: Network.Host
    let client: Network.Host

    init() throws {
      network = try Network()
      scratch = try Scratch()
      flooder = try network.addHost(2)
      scanner = try network.addHost(3)
      spared = try network.addHost(4)
      client = try network.addHost(5)
    }

    @Test func `attackers are blocked, the whitelisted are spared, clients are served`() throws {
      let server = try WebServer(on: network, in: scratch)
      let monitor = try network.monitor()
      let pipeline = try Pipeline(
        on: network, in: scratch, whitelist: "# Ours\n\(spared.address)  # our own scanner\n")
      let browser = try Browser(on: network, at: client)

      try flood(from: flooder, packets: 3_000)
      try monitor.line(
        with: "add element inet ward blocked4", "{ \(flooder.address) ", by: .generous)
      try expectDropped(flooder)

      try scan(from: spared)
      try pipeline.says(
        " PORT_SCAN ", " \(spared.address):", "action=spared", by: .generous)

      let scan = try Child(scanning(from: scanner))
      try monitor.line(
        with: "add element inet ward blocked4", "{ \(scanner.address) ", by: .generous)
      _ = consume scan
      try expectDropped(scanner)

      let pages = try browser.stop()
      #expect(pages.count >= 3 && pages.allSatisfy { $0 == "ok" }, "\(pages)")
      #expect(try Set(network.blocked().keys) == [flooder.address, scanner.address])
      #expect(try pipeline.stop() == 0)
      #expect(try Set(network.blocked().keys) == [flooder.address, scanner.address])
      try expectDropped(flooder)
      withExtendedLifetime(server) {}

      try drain()
      try expectLedger()
      try expectReport()
    }

    private func flood(from host: Network.Host, packets: Int) throws {
      try run(
        network.at(
          host, "hping3", "-q", "-S", "-p", "80", "-i", "u200", "-c", "\(packets)", Network.ward))
    }

    private func scanning(from host: Network.Host) -> [String] {
      network.at(host, "nmap", "-sS", "-n", "-Pn", "-p", "1-1000", Network.ward)
    }

    private func scan(from host: Network.Host) throws {
      let end = try run(scanning(from: host))
      #expect(end.output.contains("80/tcp open"), "a spared scanner sees what is there")
    }

    /// Further packets of `host` are counted by the kernel and go unanswered.
    private func expectDropped(_ host: Network.Host) throws {
      let before = try #require(try network.blocked()[host.address])
      let end = try run(
        network.at(
          host, "hping3", "-q", "-S", "-p", "80", "-i", "u1000", "-c", "50", Network.ward))
      #expect(end.errors.contains(" 100% packet loss"), "\(end.errors)")
      #expect(try #require(try network.blocked()[host.address]) >= before + 50)
    }

    /// What lay between the stages when they were stopped goes its way.
    private func drain() throws {
      let list = "\(scratch.path)/whitelist.txt"
      for stage in House.stages.dropFirst() {
        let more = stage == "mitigate" ? ["--backend", "nftables", "--whitelist", list] : []
        let words = [House.program(stage), "--spool", scratch.spool, "--once"] + more
        let end = try run(network.inWard() + words)
        #expect(end.status == 0, "\(end.errors)")
      }
      #expect(scratch.all("new") == [] && scratch.all("cur") == [])
      for queue in ["captured", "featurized", "malicious", "mitigated"] {
        #expect(scratch.names("quarantine/\(queue)") == [])
      }
    }

    private func expectLedger() throws {
      let summary = try report("summary")
      for host in [flooder, scanner, spared] { #expect(summary.contains("\(host.address) ")) }
      #expect(summary.contains("SYN_FLOOD") && summary.contains("PORT_SCAN"))
      let rows = try report(
        "make", "--format", "csv", "--output", "-", "--from", "first", "--to", "last", "--src",
        spared.address
      ).split(separator: "\n").dropFirst()
      let acted = rows.filter { $0.contains(",PORT_SCAN,") }
      #expect(acted.count >= 3)
      #expect(acted.contains { $0.contains(",spared,") })
      for row in acted where row.contains(",spared,") {
        #expect(row.contains("whitelist.txt:2 \(spared.address)  # our own scanner"))
      }
      #expect(!rows.contains { $0.contains(",blocked,") || $0.contains(",already_blocked,") })
      guard House.has("sqlite3") else { return }
      let blocked = try run(
        "sqlite3", "\(scratch.spool)/state/ledger.sqlite",
        "SELECT DISTINCT source FROM flows WHERE action = 'blocked' ORDER BY source")
      #expect(blocked.output == "\(flooder.address)\n\(scanner.address)\n")
    }

    /// The PDF names the attackers, where there is what makes and reads one.
    private func expectReport() throws {
      let file = "\(scratch.path)/report.pdf"
      let end = try run(
        House.program("report"), "make", "--spool", scratch.spool, "--from", "first", "--to",
        "last", "--output", file, "--typst", House.script("typst"))
      #expect(end.status == 0 || end.errors.contains("no Typst"), "\(end.errors)")
      guard end.status == 0, House.has("pdftotext") else {
        Issue.record("the PDF was not looked at: no Typst or no pdftotext", severity: .warning)
        return
      }
      let text = try run("pdftotext", "-layout", file, "-").output
      #expect(text.contains(flooder.address) && text.contains(scanner.address))
      #expect(text.contains("SYN flood") || text.contains("SYN_FLOOD"))
    }

    private func report(_ words: String...) throws -> String {
      let end = try run([House.program("report")] + words + ["--spool", scratch.spool])
      #expect(end.status == 0, "\(end.errors)")
      return end.output
    }
  }
}
