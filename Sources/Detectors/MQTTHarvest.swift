import Tables

/// Somebody from outside who asks a broker for everything it gets. MITRE ATT&CK T1048, Exfiltration
/// Over Alternative Protocol.
///
/// A row takes part if it is MQTT with `mqtt_everything` ≥ 1 (a filter `#`, `+/#` or `$SYS/#`) and its
/// source is no private address (RFC 1918, RFC 4193, link local, loopback). That alone is a hint; three
/// such filters in one flow are a finding.
///
/// Innocents: a dashboard, a bridge or a recorder on the same network that subscribes to `#`, as many
/// do: inside it is left alone. One that is honestly outside: the hint never blocks.
///
/// Blind spots: a thief inside; one who asks topic by topic; TLS; networks that use public addresses
/// inside.
struct MQTTHarvest: Detector {
  static let name = "mqtt_harvest"
  let attack = Attack.exfiltration

  /// Filters that ask for everything, in one flow.
  var filters = 3.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    filters = try threshold("mqtt_harvest.filters", filters)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let value = row[.mqttEverything]
    guard row.isTCP, row.hasOneSource, value >= 1, !row.identity.source.isLocal else { return nil }
    return finding(
      value, hint: 1, over: filters,
      because: "\(row.said(.mqttEverything, atLeast: 1)) from outside")
  }
}
