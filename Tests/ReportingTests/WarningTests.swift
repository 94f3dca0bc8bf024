import Addresses
import Ledger
import Reporting
import Tables
import Testing
import Time

private func row(_ port: UInt16 = 1, second: Int64 = 0, action: String = "none") -> EvidenceRow {
  var row = EvidenceRow(
    identity: FlowIdentity(
      row: 1, start: time(0), last: time(second), source: IPAddress(v4: 0xC000_0242),
      sourcePort: port, destination: IPAddress(v6: 1, 2), destinationPort: 80, ipProtocol: 6,
      state: .open, sensor: "room12"))
  row.attack = .portScan
  row.confidence = 0.875
  row.judge = "detector"
  row.detectorReason = "ports \"214\"\nforged line"
  row.action = action
  return row
}

@Test func `a warning is one line whatever the row holds`() {
  var blocked = row(action: "blocked")
  blocked.expires = time(600)
  blocked.backend = "simulate"
  #expect(
    WarningLine.text(blocked, count: 3) == """
      2026-03-02T12:00:00.000000Z PORT_SCAN 0.88 192.0.2.66:1 -> [::1:0:0:0:2]:80 tcp \
      judge=detector action=blocked until=2026-03-02T12:10:00.000000Z simulated count=3 \
      reason="ports \\"214\\"<U+000A>forged line"

      """)
}

@Test func `a flow's rows are told at 1, 10, 100`() {
  var limiter = WarningLimiter()
  let told = (0..<150).compactMap { limiter.admit(row(second: Int64($0))) }
  #expect(told == [1, 10, 100])
}

@Test func `a pair's flows are told up to 20, then at 100, 1000`() {
  var limiter = WarningLimiter()
  let told = (1...1_500).compactMap { limiter.admit(row(UInt16($0))) }
  #expect(told == Array(1...20) + [100, 1_000])
}

@Test func `another action is always told`() {
  var limiter = WarningLimiter()
  for port in 1...50 { _ = limiter.admit(row(UInt16(port), action: "counted")) }
  #expect(limiter.admit(row(51, action: "blocked")) == 51)
  #expect(limiter.admit(row(52, action: "blocked")) == nil)
}

@Test func `after ten quiet minutes counting begins again`() {
  var limiter = WarningLimiter()
  for port in 1...50 { _ = limiter.admit(row(UInt16(port))) }
  #expect(limiter.admit(row(51, second: 601)) == 1)
}

@Test func `the reason is that of whoever decided`() {
  func reason(
    _ judge: String, attack: Attack = .portScan, detector: String = "-", model: String = "-",
    anomaly: Double = 0
  ) -> String? {
    var row = row()
    (row.judge, row.attack, row.anomaly) = (judge, attack, anomaly)
    (row.detectorReason, row.modelReasons) = (detector, model)
    let line = WarningLine.text(row, count: 1)
    return line.split(separator: "\"").dropFirst().first.map(String.init)
  }
  #expect(reason("detectors", detector: "ports 214", model: "syn 9 +2.31") == "ports 214")
  #expect(reason("both", detector: "ports 214", model: "syn 9 +2.31") == "ports 214")
  #expect(reason("model", detector: "ports 214", model: "syn 9 +2.31") == "syn 9 +2.31")
  #expect(reason("model", model: "syn 9 +2.31") == "syn 9 +2.31")
  #expect(reason("none", attack: .unknown, anomaly: 0.714) == "anomaly 0.71")
  #expect(reason("none", attack: .unknown) == "-")
}
