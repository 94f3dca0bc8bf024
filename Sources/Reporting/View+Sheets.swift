import Ledger
import Tables
import Time

extension View {
  static func attacks(_ report: Report) -> Sheet {
    var sheet = Sheet(
      caption: "Attacks by type, most packets first",
      heads: [
        "Attack", "ATT&CK", "Flows", "Packets", "Bytes", "Sources", "Targets", "First", "Last",
        "Judge",
      ],
      kinds: [
        "strong", "text", "number", "number", "number", "number", "number", "time", "time", "text",
      ],
      widths: [3, 0, 0, 0, 0, 0, 0, 0, 0, 2], empty: "No attack is on record.")
    sheet.rows = report.attacks.map { kind in
      [
        Wording.attack(kind.attack), kind.technique, Display.count(kind.flows),
        Display.count(kind.packets), Display.bytes(kind.bytes), Display.count(kind.sources),
        Display.count(kind.targets), Display.time(kind.first), Display.time(kind.last),
        Display.text(kind.judges.joined(separator: ", "), limit: 40)
          + " \(Display.share(kind.confidence))",
      ]
    }
    let totals = report.totals
    if totals.unknownRows > 0 {
      sheet.note =
        "Besides, \(Display.count(totals.unknownRows, "row")) (\(Display.count(totals.unknownPackets, "packet")))"
        + " resembled nothing learned. Such rows are kept as evidence and never acted upon alone."
    }
    return sheet
  }

  static func attackers(_ report: Report) -> Sheet {
    var sheet = Sheet(
      caption: "Top attackers, most packets first",
      heads: ["Source", "Attacks", "Flows", "Packets", "Targets", "First", "Last", "Done"],
      kinds: ["mono", "text", "number", "number", "text", "time", "time", "strong"],
      widths: [4, 4, 0, 0, 5, 0, 0, 3], empty: "No attack is on record.")
    sheet.rows = report.attackers.map { party in
      let more = party.peers - party.mainPeers.count
      return [
        Wording.party(party.address), shares(party), Display.count(party.flows),
        Display.count(party.packets),
        party.mainPeers.map { Display.text($0) }.joined(separator: ", ")
          + (more > 0 ? " and \(Display.count(more)) more" : ""),
        Display.time(party.first), Display.time(party.last), Wording.done(party),
      ]
    }
    sheet.note = shown(
      report.attackers.count, report.totals.attackSources, "attacking address",
      "attacking addresses")
    return sheet
  }

  static func targets(_ report: Report) -> Sheet {
    var sheet = Sheet(
      caption: "Addresses under attack, most packets first",
      heads: ["Address", "Attacks", "Flows", "Packets", "Bytes", "From", "First", "Last"],
      kinds: ["mono", "text", "number", "number", "number", "text", "time", "time"],
      widths: [5, 4, 0, 0, 0, 4, 0, 0], empty: "No attacked address is on record.")
    sheet.rows = report.targets.map { party in
      let sources = party.mainPeers.map { Wording.party($0, peers: party.peers) }
      let more = party.peers - sources.count
      let folded = party.mainPeers.contains("0.0.0.0") || party.mainPeers.contains("::")
      return [
        Wording.party(party.address) + mac(party), shares(party), Display.count(party.flows),
        Display.count(party.packets),
        Display.bytes(party.bytes),
        sources.joined(separator: ", ")
          + (more > 0 && !folded ? " and \(Display.count(more)) more" : ""),
        Display.time(party.first), Display.time(party.last),
      ]
    }
    sheet.note = shown(report.targets.count, report.totals.attackTargets, "address", "addresses")
    return sheet
  }

  static func evidence(_ rows: [FiledRow], of total: Int) -> Sheet {
    var sheet = Sheet(
      caption: "Rows that say most, by time",
      heads: [
        "Last packet", "Verdict", "From", "To", "Proto", "Packets", "Judge and reason", "Done",
        "Segment:row",
      ],
      kinds: ["time", "strong", "mono", "mono", "text", "number", "text", "text", "mono"],
      widths: [0, 2, 4, 4, 0, 0, 6, 2, 3], empty: "No row of evidence was kept for this time.")
    sheet.rows = rows.map { filed in
      let (row, identity) = (filed.row, filed.row.identity)
      let application =
        identity.application == "-" ? "" : "/\(Display.text(identity.application, limit: 16))"
      return [
        String(Display.time(identity.last)), verdict(filed),
        Display.endpoint(
          Wording.party("\(identity.source)", peers: row.foldedSources), Int(identity.sourcePort)),
        Display.endpoint("\(identity.destination)", Int(identity.destinationPort)),
        Display.ipProtocol(identity.ipProtocol) + application, Display.count(row.packets),
        "\(Display.text(row.judge, limit: 20)) \(Display.share(row.confidence)): \(Wording.reasons(row))",
        Wording.action(row.action) + (row.backend == "simulate" ? " (simulated)" : ""),
        "\(place(filed.segment)):\(identity.row)",
      ]
    }
    sheet.note =
      shown(rows.count, total, "row kept", "rows kept")
      + " Chosen: rows that led to a block, then those with most packets, three at most of each attack"
      + " and pair of addresses. The attached evidence.csv has the rest."
    return sheet
  }

  private static func verdict(_ filed: FiledRow) -> String {
    let verdict = Wording.attack(filed.row.attack.rawValue)
    return filed.correction.map { "\(verdict)\ncorrected: \(Wording.attack($0))" } ?? verdict
  }

  /// The sensor and sequence of a segment's name; its times stand in the row.
  private static func place(_ segment: String) -> String {
    Display.text(segment.split(separator: "-").suffix(2).joined(separator: "-"), limit: 60)
  }

  static func shown(_ shown: Int, _ total: Int, _ noun: String, _ plural: String) -> String {
    "\(Display.count(shown)) of \(Display.count(total, noun, plural)) shown."
  }

  private static func mac(_ party: Party) -> String {
    party.mac.isEmpty || party.mac == "00:00:00:00:00:00"
      ? "" : "\n\(Display.text(party.mac, limit: 17))"
  }

  private static func shares(_ party: Party) -> String {
    let shares = party.attacks.prefix(3).map {
      "\(Wording.attack($0.attack)) (\(Display.count($0.flows)))"
    }
    let more = party.attacks.count - shares.count
    return shares.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
