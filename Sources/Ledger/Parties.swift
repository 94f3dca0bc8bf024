import GRDB
public import Time

/// One address on one side of the attacks in a slice.
public struct Party: Codable, Sendable {
  /// How often it was on that side of one kind of attack.
  public struct Share: Codable, Sendable {
    /// The attack's name.
    public var attack: String
    /// Rows that name it.
    public var rows: Int
    /// Flows.
    public var flows: Int
    /// Packets.
    public var packets: Int
  }

  /// The address; `0.0.0.0` or `::` where a row folds many sources.
  public var address: String
  /// Its link-layer address in the newest row, zero if unknown; only asked for targets.
  public var mac: String
  /// The attacks, most packets first.
  public var attacks: [Share]
  /// Attack flows.
  public var flows: Int
  /// Their packets.
  public var packets: Int
  /// Their bytes.
  public var bytes: Int
  /// Addresses on the other side, estimated where rows fold several.
  public var peers: Int
  /// Up to three of them, most packets first, with the port where there is only one.
  public var mainPeers: [String]
  /// The first packet of its first flow.
  public var first: Timestamp
  /// The last packet of its last row.
  public var last: Timestamp
  /// What was done about it: blocked if it was, else what was done about its newest row.
  public var action: String
  /// What carried that out; `simulate` if nothing did.
  public var backend: String
  /// The highest confidence of a row.
  public var confidence: Double
}

extension Survey {
  /// The initiators of attacks, most packets first, `limit` at most.
  public func attackers(limit: Int) throws -> [Party] {
    try parties("source", "destination", limit)
  }

  /// The responders of attacks, most packets first, `limit` at most.
  public func targets(limit: Int) throws -> [Party] {
    try parties("destination", "source", limit)
  }

  private func parties(_ side: String, _ other: String, _ limit: Int) throws -> [Party] {
    let peers =
      side == "destination"
      ? "max(count(DISTINCT source_key), max(folded_sources))"
      : "count(DISTINCT destination_key)"
    var parties = try all(
      """
      SELECT \(side), sum(flows), sum(packets), sum(bytes), \(peers), min(start), max(confidence),
        max(last) FROM kept WHERE kind = 2 GROUP BY \(side)_key
      ORDER BY sum(packets) DESC, \(side)_key LIMIT ?
      """, [limit]
    ) { row in
      Party(
        address: row[0], mac: "", attacks: [], flows: row[1], packets: row[2], bytes: row[3],
        peers: row[4], mainPeers: [], first: Timestamp(microseconds: row[5]),
        last: Timestamp(microseconds: row[7]), action: "none", backend: "-",
        confidence: row[6])
    }
    for index in parties.indices { try complete(&parties[index], side, other) }
    return parties
  }

  private func complete(_ party: inout Party, _ side: String, _ other: String) throws {
    party.attacks = try all(
      """
      SELECT attack, count(*), sum(flows), sum(packets) FROM kept WHERE kind = 2 AND \(side) = ?
      GROUP BY attack ORDER BY sum(packets) DESC, attack
      """, [party.address]
    ) { Party.Share(attack: $0[0], rows: $0[1], flows: $0[2], packets: $0[3]) }
    party.mainPeers = try all(
      """
      SELECT \(other), min(destination_port), max(destination_port) FROM kept
      WHERE kind = 2 AND \(side) = ? GROUP BY \(other)_key ORDER BY sum(packets) DESC, \(other)_key
      LIMIT 3
      """, [party.address]
    ) { row in
      let port: Int = row[1]
      let address: String = row[0]
      guard side == "source", port > 0, port == row[2] else { return address }
      return address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
    let newest = try all(
      """
      SELECT action, destination_mac, backend FROM kept WHERE kind = 2 AND \(side) = ?
      ORDER BY action <> 'blocked', action <> 'already_blocked', last DESC, id DESC LIMIT 1
      """, [party.address]
    ) { (action: $0[0] as String, mac: $0[1] as String, backend: $0[2] as String) }
    party.action = newest.first?.action ?? "none"
    party.backend = newest.first?.backend ?? "-"
    party.mac = side == "destination" ? newest.first?.mac ?? "" : ""
  }
}
