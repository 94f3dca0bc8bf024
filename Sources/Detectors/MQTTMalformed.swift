import Tables

/// MQTT that the standard forbids, sent to break a broker. MITRE ATT&CK T1499.004, Application or
/// System Exploitation.
///
/// A row takes part if it is TCP and `mqtt_malformed` ≥ 1: `featurize` read something in this very flow
/// that MQTT 3.1.1 and 5 forbid. One is worth a confidence of 0.80.
///
/// Innocents: a reader that lost its place among lost segments (counting goes on at the next segment
/// that begins like a packet, so such a flow has few among many good packets: at least 1 in 8 of its
/// packets must be bad).
///
/// Blind spots: well-formed packets with malformed contents; well-formed packets that exploit a broker; TLS. Whatever else is sent to port 1883, a
/// port scanner's greeting or HTTP, is called malformed: for the broker it is.
struct MQTTMalformed: Detector {
  static let name = "mqtt_malformed"
  let attack = Attack.mqttMalformed

  /// Packets that the standard forbids.
  var packets = 1.0
  /// The least of the flow's MQTT packets that are bad. Share.
  var part = 0.125

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    packets = try threshold("mqtt_malformed.packets", packets)
    part = try threshold("mqtt_malformed.share", part)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let bad = row[.mqttMalformed]
    let good = row[.mqttConnects] + row[.mqttPublishes] + row[.mqttSubscribes]
    guard row.isTCP, bad >= packets, bad > 0, bad >= part * (bad + good) else { return nil }
    return finding(
      bad, over: packets, floor: 0.80, isDirect: true,
      because: "\(row.said(.mqttMalformed, atLeast: packets)) beside \(short(good)) good ones")
  }
}
