import Addresses
import FoundationEssentials
import GRDB
import Tables
import Time

/// An address as the database's key for it.
struct Blob: DatabaseValueConvertible {
  let key: [UInt8]

  init(_ address: IPAddress) { key = address.key }

  var databaseValue: DatabaseValue { Data(key).databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? { nil }
}

extension EvidenceRow {
  private static let columns = [
    "segment", "row", "start", "last", "source", "source_key", "source_port", "source_mac",
    "destination", "destination_key", "destination_port", "destination_mac", "protocol",
    "application", "community_id", "state", "sensor", "packets", "bytes", "folded",
    "folded_sources", "kind", "label", "attack", "confidence", "judge", "model_attack",
    "model_confidence", "detector_attack", "detector_reason", "model_reasons", "anomaly",
    "action", "action_reason", "spared_by", "expires", "backend",
  ]

  static let insertion =
    "INSERT INTO flows (\(columns.joined(separator: ", ")))"
    + " VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"

  func arguments(segment: Int64) -> StatementArguments {
    [
      segment, identity.row, identity.start.microseconds, identity.last.microseconds,
      "\(identity.source)", Blob(identity.source), Int(identity.sourcePort),
      "\(identity.sourceMAC)", "\(identity.destination)", Blob(identity.destination),
      Int(identity.destinationPort), "\(identity.destinationMAC)", Int(identity.ipProtocol),
      identity.application, identity.communityID, identity.state.rawValue, identity.sensor,
      packets, bytes, folded, foldedSources, kind.rawValue, label, attack.rawValue, confidence,
      judge, modelAttack, modelConfidence, detectorAttack, detectorReason, modelReasons, anomaly,
      action, actionReason, sparedBy, expires?.microseconds, backend,
    ]
  }

  /// A row of `flows`; nil if another program put values there that no row has.
  init?(_ row: Row) {
    guard let source = IPAddress(row["source"] as String),
      let destination = IPAddress(row["destination"] as String),
      let state = FlowState(rawValue: row["state"]), let attack = Attack(rawValue: row["attack"])
    else { return nil }
    self.init(
      identity: FlowIdentity(
        row: row["row"], start: Timestamp(microseconds: row["start"]),
        last: Timestamp(microseconds: row["last"]), source: source,
        sourcePort: UInt16(clamping: row["source_port"] as Int), destination: destination,
        destinationPort: UInt16(clamping: row["destination_port"] as Int),
        ipProtocol: UInt8(clamping: row["protocol"] as Int),
        sourceMAC: MACAddress(row["source_mac"] as String) ?? .none,
        destinationMAC: MACAddress(row["destination_mac"] as String) ?? .none,
        application: row["application"], communityID: row["community_id"], state: state,
        sensor: row["sensor"]))
    (packets, bytes) = (row["packets"], row["bytes"])
    (folded, foldedSources) = (row["folded"], row["folded_sources"])
    (label, self.attack, confidence) = (row["label"], attack, row["confidence"])
    (judge, modelAttack) = (row["judge"], row["model_attack"])
    modelConfidence = row["model_confidence"]
    (detectorAttack, detectorReason) = (row["detector_attack"], row["detector_reason"])
    (modelReasons, anomaly) = (row["model_reasons"], row["anomaly"])
    (action, actionReason, sparedBy) = (row["action"], row["action_reason"], row["spared_by"])
    expires = (row["expires"] as Int64?).map { Timestamp(microseconds: $0) }
    backend = row["backend"]
  }
}
