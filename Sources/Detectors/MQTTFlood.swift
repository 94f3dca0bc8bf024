import Tables

/// More connections or messages than an MQTT broker should get from one client. MITRE ATT&CK
/// T1499.002, Service Exhaustion Flood.
///
/// A row takes part if it is one source's established TCP flow to a broker (port 1883, 8883, or
/// MQTT seen in it), and one of these holds:
///
/// * connections: `pair_flows_60s` ≥ 100, or ≥ 40 while `src_flows_1s` ≥ 15, to at most two ports;
/// * messages: `pair_packets_1s` ≥ 300, of less than 700 B on average, and the flow itself sends 20
///   a second or more;
/// * publishes: ≥ 250 a second over the flow's life, and as many;
/// * held open: `pair_open_flows` ≥ 50 (SlowITe; Vaccari, Aiello and Cambiaso, 2020);
/// * many: `svc_flows_1s` ≥ 50 from 10 sources or more, `svc_flows_60s` ≥ 200.
///
/// Innocents: monitors that publish some ten times a second, waveforms (118/s were seen); devices that
/// all reconnect when the broker restarts (one flow each, a gateway's dozens); firmware over MQTT
/// (full segments).
///
/// Blind spots: few large messages, a flood in bytes; many clients at 249/s each; a bridge between
/// brokers that is honestly this busy: raise `mqtt_flood.packets` and `mqtt_flood.publishes` there.
struct MQTTFlood: Detector {
  static let name = "mqtt_flood"
  let attack = Attack.mqttFlood

  /// Connections of one pair. 1/min.
  var connections = 100.0
  /// Packets of one pair. 1/s.
  var packets = 300.0
  /// Connections of one pair that are enough at `pace`. 1/min.
  var burst = 40.0
  /// New flows of the source. 1/s.
  var pace = 15.0
  /// Messages published in one flow. 1/s.
  var publishes = 250.0
  /// Open connections of one pair.
  var held = 50.0
  /// New flows to the broker, of many. 1/s.
  var many = 50.0
  private let sources = 10.0
  private let large = 700.0
  private let share = 20.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    connections = try threshold("mqtt_flood.connections", connections)
    burst = try threshold("mqtt_flood.burst", burst)
    pace = try threshold("mqtt_flood.pace", pace)
    publishes = try threshold("mqtt_flood.publishes", publishes)
    held = try threshold("mqtt_flood.open_flows", held)
    many = try threshold("mqtt_flood.service_flows", many)
    packets = try threshold("mqtt_flood.packets", packets)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let port = row.identity.destinationPort
    guard row.isTCP, row.hasOneSource, port == 1883 || port == 8883 || isMQTT(row),
      row.isEstablished || row.isConversation
    else { return nil }
    return strongest([
      connections(row), messages(row), publishes(row), held(row), many(row),
    ])
  }

  private func isMQTT(_ row: FlowEvidence) -> Bool { row.identity.application == "mqtt" }

  private func connections(_ row: FlowEvidence) -> Finding? {
    let bar = row[.srcFlows1s] >= pace ? burst : connections
    guard row[.pairFlows60s] >= bar, row[.pairPorts60s] < 2.5 else { return nil }
    return finding(
      row[.pairFlows60s], over: bar, because: row.said(.pairFlows60s, atLeast: bar))
  }

  private func publishes(_ row: FlowEvidence) -> Finding? {
    let rate = row[.mqttPublishes] / max(1, row[.flowDuration] / 1e6)
    guard rate >= publishes else { return nil }
    return finding(
      rate, over: publishes, because: "published/s \(short(rate)) >= \(short(publishes))")
  }

  private func held(_ row: FlowEvidence) -> Finding? {
    guard row[.pairOpenFlows] >= held else { return nil }
    return finding(
      row[.pairOpenFlows], over: held, because: row.said(.pairOpenFlows, atLeast: held))
  }

  private func many(_ row: FlowEvidence) -> Finding? {
    guard row[.svcFlows1s] >= many, row[.svcSources1s] >= sources,
      row[.svcFlows60s] >= 4 * many
    else { return nil }
    return finding(
      row[.svcFlows1s], over: many,
      because: "\(row.said(.svcFlows1s, atLeast: many)) of \(short(row[.svcSources1s])) sources")
  }

  private func messages(_ row: FlowEvidence) -> Finding? {
    guard row[.pairPackets1s] >= packets, row[.fwdLengthMean] < large, row[.fwdPayload] > 0,
      row[.fwdPacketsPerSecond] >= share
    else { return nil }
    return finding(
      row[.pairPackets1s], over: packets,
      because: "\(row.said(.pairPackets1s, atLeast: packets)), mean "
        + "\(short(row[.fwdLengthMean])) B")
  }
}
