import Tables
import Testing

struct ColumnTests {
  @Test func `a measure's index is its place among all`() {
    for (place, measure) in Measure.allCases.enumerated() {
      #expect(measure.index == place)
      #expect(Measure(name: measure.rawValue) == measure)
    }
    #expect(Measure.count == Measure.allCases.count)
    #expect(Measure.count <= 256)
    #expect(Measure(name: "no such column") == nil)
  }

  @Test func `context columns are those of targets, services, sources, pairs and connections`() {
    let families = ["dst_", "svc_", "src_", "pair_", "ct_"]
    let ofTheFlow: Set<Measure> = [.dstPortClass, .srcPortClass, .dstPortExploit, .srcVerified]
    for measure in Measure.allCases {
      let named = families.contains { measure.rawValue.hasPrefix($0) }
      #expect(measure.isContext == (named && !ofTheFlow.contains(measure)))
    }
  }

  @Test(arguments: [Table.flow, .verdict, .action, .notice, .order, .correction])
  func `no table names a column twice, and no name needs quotes`(table: Table) {
    #expect(Set(table.columns).count == table.columns.count)
    for name in table.columns {
      #expect(!name.isEmpty)
      #expect(written { $0.cell(name) } == "\(name)\n")
    }
  }

  @Test func `every table's header is what its version says`() {
    let identity = [
      "start", "last", "src_ip", "src_port", "dst_ip", "dst_port", "protocol", "src_mac",
      "dst_mac", "application", "community_id", "state", "sensor",
    ]
    let measures = Measure.allCases.map(\.rawValue)
    let verdict = [
      "label", "attack", "confidence", "judge", "model_attack", "model_confidence",
      "detector_attack", "detector_reason", "model_reasons", "anomaly",
    ]
    let action = ["action", "action_reason", "spared_by", "expires", "backend"]
    #expect(Table.flow.columns == ["ward_flow_3"] + identity + measures)
    #expect(Table.verdict.columns == ["ward_verdict_3"] + identity + measures + verdict)
    #expect(Table.action.columns == ["ward_action_3"] + identity + measures + verdict + action)
    #expect(
      Table.notice.columns
        == ["ward_notice_1", "time", "stage", "kind", "subject", "count", "bytes", "text"])
    #expect(
      Table.order.columns == ["ward_order_1", "time", "verb", "address", "seconds", "by", "why"])
    let correction = ["attack", "judge", "label", "by", "why", "time"]
    #expect(Table.correction.columns == ["ward_correction_1"] + identity + measures + correction)
    #expect(Table.identityCount == 14)
    #expect(Table.measureCells == 14..<(14 + Measure.count))
  }

  @Test(arguments: [Table.flow, .verdict, .action, .notice, .order, .correction])
  func `a file of nothing but its header is a table`(table: Table) throws {
    let header = RowWriter(header: table).bytes
    #expect(
      try rows(header).map { $0.map { String(decoding: $0, as: UTF8.self) } } == [table.columns])
    try header.read { bytes in
      try table.read(bytes) { _ in Issue.record("there is no row") }
    }
  }

  @Test func `attacks have names of their own and a technique, the harmless have none`() {
    #expect(Set(Attack.allCases.map(\.rawValue)).count == Attack.allCases.count)
    for attack in Attack.allCases {
      #expect(attack.isAttack == (attack != .benign && attack != .unknown))
      #expect(attack.isAttack == attack.technique.hasPrefix("T1"))
    }
  }

  @Test(
    arguments: [
      (0, PortClass.none), (1, .wellKnown), (1_023, .wellKnown), (1_024, .registered),
      (32_767, .registered), (32_768, .ephemeral), (65_535, .ephemeral),
    ] as [(UInt16, PortClass)])
  func `a port falls into its class`(port: UInt16, expected: PortClass) {
    #expect(PortClass(port) == expected)
  }
}
