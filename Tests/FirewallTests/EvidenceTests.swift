import Firewall
import Tables
import Testing

struct EvidenceTests {
  private func tally(_ rows: [Verdict], bar: Bar = Bar()) -> Tally {
    var evidence = Evidence(bar: bar)
    return rows.reduce(into: Tally()) { $0 = evidence.add($1, byModel: $1.spokenByModel) }
  }

  @Test func `one row never passes, whatever judges it`() {
    let one = tally([verdict(from: "192.0.2.9", byModel: true, detectors: .portScan)])
    #expect(!one.passes(Bar()))
    #expect(one.described(by: Bar()) == "1 of 2 flows in 10 s by model and detectors")
  }

  @Test func `three flows of one judge pass, two do not`() {
    let rows = (1...3).map { verdict(from: "192.0.2.9", row: $0) }
    #expect(!tally(Array(rows.prefix(2))).passes(Bar()))
    #expect(tally(rows).passes(Bar()))
  }

  @Test func `two flows pass when both judges named an attack`() {
    let rows = [
      verdict(from: "192.0.2.9", row: 1, byModel: true),
      verdict(from: "192.0.2.9", row: 2, byModel: false, detectors: .portScan),
    ]
    #expect(tally(rows).passes(Bar()))
  }

  @Test func `a flow that is seen again counts once`() {
    let rows = (1...9).map {
      verdict(from: "192.0.2.9", row: $0, port: 7, at: Double($0) / 4, byModel: true)
    }
    #expect(tally(rows).rows == 1)
  }

  @Test func `a flow that the detectors name again a second later counts again`() {
    let rows = (0...8).map {
      verdict(
        from: "192.0.2.9", row: $0 + 1, port: 7, at: Double($0) / 4, byModel: false,
        detectors: .udpFlood)
    }
    #expect(tally(rows).rows == 3)
  }

  @Test func `what is older than the window does not count`() {
    let rows = [0, 4, 11].enumerated().map {
      verdict(from: "192.0.2.9", row: $0 + 1, at: $1)
    }
    #expect(tally(rows).rows == 2)
  }

  @Test func `a late row counts only with its own time`() {
    let rows = [100, 101, 0, 102].enumerated().map {
      verdict(from: "192.0.2.9", row: $0 + 1, at: $1)
    }
    #expect(tally(Array(rows.prefix(3))).rows == 1)
    #expect(tally(rows).rows == 3)
  }

  @Test func `a folded row counts once and shows what it stands for`() {
    let two = tally([
      verdict(from: "192.0.2.9", row: 1, folded: 57), verdict(from: "192.0.2.9", row: 2),
    ])
    #expect(two.rows == 2 && two.folded == 58)
    #expect(two.described(by: Bar()) == "2 of 3 flows (58 folded) in 10 s by detectors")
  }

  @Test func `rows that prove their source are counted apart`() {
    #expect(
      tally([
        verdict(from: "192.0.2.9", row: 1, verified: 1),
        verdict(from: "192.0.2.9", row: 2, verified: 0),
      ]).verifiedRows == 1)
  }

  @Test func `the table is bounded, and the source not heard of for longest goes first`() {
    var evidence = Evidence(capacity: 100)
    for index in 0..<200 {
      for row in 1...2 {
        _ = evidence.add(verdict(from: "10.1.0.\(index)", row: row), byModel: true)
      }
      _ = evidence.add(verdict(from: "10.1.0.0", row: 3), byModel: true)
    }
    #expect(evidence.evicted == 100)
    let kept = evidence.add(verdict(from: "10.1.0.199", row: 3), byModel: true)
    let gone = evidence.add(verdict(from: "10.1.0.50", row: 3), byModel: true)
    #expect(kept.rows == 3 && gone.rows == 1)
  }

  @Test func `what is forgotten begins anew`() {
    var evidence = Evidence()
    for row in 1...2 { _ = evidence.add(verdict(from: "192.0.2.9", row: row), byModel: true) }
    evidence.forget(address("192.0.2.9"))
    #expect(evidence.add(verdict(from: "192.0.2.9", row: 3), byModel: true).rows == 1)
  }

  @Test func `times at the ends of the calendar do not trap`() {
    let rows = [
      verdict(from: "192.0.2.9", row: 1, at: -9.2e12),
      verdict(from: "192.0.2.9", row: 2, at: 9.2e12),
    ]
    #expect(tally(rows).rows == 1)
  }
}
