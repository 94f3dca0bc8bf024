import Tables

/// More connections or messages than an MQTT broker should get from one client. MITRE ATT&CK
/// T1499.002, Service Exhaustion Flood.
///
/// A row takes part if it is one source's established TCP flow to a broker (port 1883, 8883, or
/// MQTT seen in it), and one of these holds:
///
/// * connections: `pair_flows_60s` ≥ 100, to at most two ports;
/// * messages: `pair_packets_1s` ≥ 300, of less than 700 B on average, and the flow itself sends 20
///   a second or more.
///
/// Innocents: monitors that publish some ten times a second; devices that all reconnect when the
/// broker restarts (one flow each, a gateway's dozens); firmware over MQTT (full segments).
///
/// Blind spots: few large messages, a flood in bytes; many clients at 299/s each; a bridge between
/// brokers that is honestly this busy: raise `mqtt_flood.packets` there.
struct MQTTFlood: Detector {
  static let name = "mqtt_flood"
  let attack = Attack.mqttFlood

  /// Connections of one pair. 1/min.
  var connections = 100.0
  /// Packets of one pair. 1/s.
  var packets = 300.0
  private let large = 700.0
  private let share = 20.0

  init(_ threshold: (String, Double) throws -> Double) rethrows {
    connections = try threshold("mqtt_flood.connections", connections)
    packets = try threshold("mqtt_flood.packets", packets)
  }

  func judge(_ row: FlowEvidence) -> Finding? {
    let port = row.identity.destinationPort
    guard row.isTCP, row.hasOneSource, port == 1883 || port == 8883 || isMQTT(row),
      row.isEstablished || row.isConversation
    else { return nil }
    return strongest([connections(row), messages(row)])
  }

  private func isMQTT(_ row: FlowEvidence) -> Bool { row.identity.application == "mqtt" }

  private func connections(_ row: FlowEvidence) -> Finding? {
    guard row[.pairFlows60s] >= connections, row[.pairPorts60s] < 2.5 else { return nil }
    return finding(
      row[.pairFlows60s], over: connections,
      because: row.said(.pairFlows60s, atLeast: connections))
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
