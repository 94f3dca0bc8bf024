import Addresses
import Detectors
import Tables
import Time

/// A row by hand: what is not said is 0, and the windows are those of a quiet network.
func row(
  _ ipProtocol: UInt8 = 6, from source: String = "10.9.0.7", at sourcePort: UInt16 = 40_000,
  to destination: String = "10.9.0.1", port: UInt16 = 80, application: String = "-",
  with measures: [Measure: Double] = [:]
) -> FlowEvidence {
  let unspecified = IPAddress.unspecified(.v4)
  let identity = FlowIdentity(
    row: 1, start: Timestamp(seconds: 1_746_532_800), last: Timestamp(seconds: 1_746_532_800),
    source: IPAddress(source) ?? unspecified, sourcePort: sourcePort,
    destination: IPAddress(destination) ?? unspecified, destinationPort: port,
    ipProtocol: ipProtocol, application: application, state: .open, sensor: "test")
  var row = FlowEvidence(identity, [Double](repeating: 0, count: Measure.count))
  let quiet: [Measure: Double] = [
    .fwdPackets: 1, .folded: 1, .foldedSources: 1, .dstFlows1s: 1, .svcFlows1s: 1, .srcFlows1s: 1,
    .dstPackets1s: 1, .svcPackets1s: 1, .pairPackets1s: 1, .dstSources1s: 1, .svcSources1s: 1,
    .srcFlows60s: 1, .srcHosts60s: 1, .srcPorts60s: 1, .pairFlows60s: 1, .pairPorts60s: 1,
    .dstCompletedShare1s: 1,
  ]
  for (measure, value) in quiet { row[measure] = value }
  for (measure, value) in measures { row[measure] = value }
  row[.packets] = row[.fwdPackets] + row[.bwdPackets]
  return row
}

/// A lone SYN.
let lostSYN: [Measure: Double] = [.syn: 1, .synCount: 1]

/// A request that was answered.
let talk: [Measure: Double] = [
  .syn: 1, .ack: 1, .handshakeComplete: 1, .fwdPackets: 5, .bwdPackets: 5, .fwdDataPackets: 1,
  .bwdDataPackets: 1, .fwdPayload: 200, .bwdPayload: 1200, .fwdLengthMean: 40,
]

extension [Measure: Double] {
  static func + (left: Self, right: Self) -> Self { left.merging(right) { $1 } }
}

extension FlowEvidence {
  /// All that the detectors call it at their defaults.
  var names: Set<Attack> { Set(DetectorSet().judge(self).all.map(\.attack)) }
  /// What the surest calls it; benign for none.
  var name: Attack { DetectorSet().judge(self).strongest?.attack ?? .benign }
}
