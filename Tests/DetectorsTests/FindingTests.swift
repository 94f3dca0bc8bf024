import Detectors
import Tables
import Testing

struct FindingTests {
  @Test func `confidence grows from the floor to the ceiling`() {
    #expect(Finding.confidence(50, over: 50) == 0.5)
    #expect(abs(Finding.confidence(100, over: 50) - 0.745) < 1e-9)
    #expect(abs(Finding.confidence(500, over: 50) - 0.941) < 1e-9)
    #expect(Finding.confidence(.greatestFiniteMagnitude, over: 50) == 0.99)
    #expect(Finding.confidence(1, over: 1, floor: 0.8) == 0.8)
  }

  @Test func `a hint stays below a finding, and becomes one at the bar`() {
    #expect(Finding.confidence(20, hint: 20, over: 100) == 0.3)
    #expect(Finding.confidence(99, hint: 20, over: 100) < 0.49)
    #expect(Finding.confidence(100, hint: 20, over: 100) == 0.5)
    #expect(Finding.confidence(100, hint: 200, over: 100) == 0.5)
  }

  @Test func `what the flow's own bytes say goes before what a window says`() {
    let both = row(
      with: talk + [.sqlInjections: 1, .pairFlows60s: 9000, .srcFlows1s: 900])
    #expect(both.names == [.sqlInjection, .httpFlood])
    #expect(both.name == .sqlInjection)
  }

  @Test func `confidence never leaves its range`() {
    let odd = [0, -1, .nan, .infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    for value in odd {
      for bar in odd {
        #expect((0.5...0.99).contains(Finding.confidence(value, over: bar)))
        #expect((0.3...0.99).contains(Finding.confidence(value, hint: 0, over: bar)))
        #expect((0.3...0.99).contains(Finding.confidence(value, hint: bar, over: bar)))
      }
    }
  }

  @Test(arguments: [0, 1, 1e9, 1.8e19, .greatestFiniteMagnitude, .infinity, .nan])
  func `no row makes a detector stumble`(value: Double) {
    let detectors = DetectorSet()
    for ipProtocol: UInt8 in [0, 1, 6, 17, 58, 255] {
      for port: UInt16 in [0, 22, 53, 80, 1883, 65_535] {
        var row = row(ipProtocol, at: port, port: port)
        for measure in Measure.allCases { row[measure] = value }
        for cleared in [nil, Measure.bwdPackets, .handshakeComplete, .syn, .foldedSources] {
          var row = row
          if let cleared { row[cleared] = 0 }
          for finding in detectors.judge(row).all {
            #expect((0.3...0.99).contains(finding.confidence))
            #expect(finding.reason.utf8.count < 200)
          }
        }
      }
    }
  }

  @Test func `every threshold is asked for once, below its detector's name`() {
    var keys: [String] = []
    _ = DetectorSet { key, fallback in
      keys.append(key)
      #expect(fallback > 0)
      return fallback
    }
    #expect(Set(keys).count == keys.count)
    let names = Set(DetectorSet().detectors.map { type(of: $0).name })
    #expect(names.count == DetectorSet().detectors.count)
    #expect(keys.allSatisfy { names.contains(String($0.prefix { $0 != "." })) })
  }

  @Test func `what the configuration refuses is passed on`() {
    struct Refused: Error {}
    #expect(throws: Refused.self) { try DetectorSet { _, _ in throw Refused() } }
  }

  @Test func `a quiet row of any protocol is left alone`() {
    for ipProtocol in UInt8.min...UInt8.max { #expect(row(ipProtocol).names.isEmpty) }
  }
}
