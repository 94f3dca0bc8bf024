import Addresses
import Firewall
import Tables
import Testing
import Time

/// Verdict files made by somebody who wants the ward to cut itself off.
struct HostileRowTests {
  private static let own = [
    "10.0.0.1", "10.0.0.2", "10.0.0.255", "9.9.9.9", "192.0.2.10", "127.0.0.1", "127.255.255.254",
    "0.0.0.0", "255.255.255.255", "224.0.0.1", "239.255.255.250", "169.254.169.254",
  ]
  private static let own6 = [
    "2001:db8::1", "2001:DB8:0:0:0:0:0:1", "2001:0db8::0001", "2001:db8::2", "::1",
    "0:0:0:0:0:0:0:1", "::", "fe80::1", "FE80::aaaa", "ff02::1", "2001:db8:77::9",
  ]

  private static var notations: [String] {
    own + own6
      + own.flatMap { text -> [String] in
        let bits = IPAddress(text)?.low ?? 0
        let (high, low) = (String(bits >> 16, radix: 16), String(bits & 0xFFFF, radix: 16))
        return [
          "::ffff:\(text)", "::FFFF:\(text)", "::ffff:\(high):\(low)", "0:0:0:0:0:ffff:\(text)",
          "::\(text)", "64:ff9b::\(text)", "2002:\(high):\(low)::1",
        ]
      }
  }

  private func rules() throws -> SpareRules {
    let host = HostAddresses(
      own: [address("10.0.0.2"), address("2001:db8::2")], broadcasts: [address("10.0.0.255")],
      gateways: [address("10.0.0.1"), address("2001:db8::1")], resolvers: [address("9.9.9.9")])
    return SpareRules(
      whitelist: try Whitelist(text: "192.0.2.10\n2001:db8:77::/64\n", file: "w"),
      protected: ProtectedSet(host))
  }

  @Test func `no row blocks a protected address, in whatever notation it names it`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder, rules: rules(), brake: Brake(perMinute: 100_000))
    for text in Self.notations {
      var writer = RowWriter(header: .verdict)
      for row in 1...6 {
        write(
          verdict(from: "0.0.0.0", row: row, confidence: 1, detectors: .portScan), source: text,
          to: &writer)
      }
      var verdicts: [Verdict] = []
      try writer.bytes.withUnsafeBytes { bytes in
        try Table.verdict.read(bytes) { verdicts.append(try Verdict($0)) }
      }
      let actions = Set(verdicts.map { responder.decide($0, segment: text, noon).action })
      #expect(actions.isSubset(of: [.spared, .advised]), "\(text): \(actions)")
    }
    _ = responder.commit(noon)
    #expect(recorder.dropped.isEmpty && recorder.transactions == 0)
  }

  @Test func `no order blocks a protected address or a block around it`() throws {
    let recorder = Recorder()
    var responder = try responder(recorder, rules: rules())
    for text in Self.notations {
      let single = try #require(Prefix(text))
      for length in [single.length, single.length - 3, single.length - 8, 8, 0] {
        let target = try #require(Prefix(single.address, length: max(0, length)))
        let outcome = responder.block(target, seconds: 9, by: "eve", why: "x", noon)
        #expect(outcome.kind == .refused, "\(target)")
      }
    }
    _ = responder.commit(noon)
    #expect(recorder.dropped.isEmpty)
  }

  @Test func `measures beyond all bounds are read as the most they can be`() throws {
    var writer = RowWriter(header: .verdict)
    write(
      verdict(from: "192.0.2.9", verified: .max, folded: .max, foldedSources: .max), to: &writer)
    try writer.bytes.withUnsafeBytes { bytes in
      try Table.verdict.read(bytes) { record in
        let read = try Verdict(record)
        #expect(read.sourceVerified == 2 && read.folded == 1_000_000_000_000_000)
      }
    }
  }

  @Test(arguments: [
    "010.0.0.1", "10.1", "0x0a000001", "167772161", "10.0.0.1%eth0", "[::1]", "10.0.0.1/32", "",
    "-", "10.0.0.1 ", "localhost",
  ])
  func `a notation that is none is no address at all`(_ text: String) {
    var writer = RowWriter(header: .verdict)
    write(verdict(from: "0.0.0.0"), source: text, to: &writer)
    #expect(throws: TableError.self) {
      try writer.bytes.withUnsafeBytes { bytes in
        try Table.verdict.read(bytes) { _ = try Verdict($0) }
      }
    }
  }
}
