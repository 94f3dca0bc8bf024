import Ledger
import Time

extension View {
  static func blocks(_ report: Report) -> Sheet {
    var sheet = Sheet(
      caption: "Blocks, in the order they were made",
      heads: ["Blocked", "For", "Why", "When", "Until", "Now", "Backend"],
      kinds: ["mono", "text", "text", "time", "time", "strong", "text"],
      widths: [4, 3, 6, 0, 0, 3, 2], empty: "No block is on record.")
    let blocks = report.actions.filter { $0.action == "blocked" }
    sheet.rows = blocks.map { block in
      [
        Wording.party(block.source), block.attacks.map(Wording.attack).joined(separator: ", "),
        Display.text(block.reason), Display.time(block.first),
        block.expires.map(Display.time) ?? "lifted by hand",
        standing(block, report.generated),
        block.isInForce ? Display.text(block.backend, limit: 20) : "simulated",
      ]
    }
    sheet.note = note(report)
    return sheet
  }

  static func decisions(_ report: Report) -> Sheet {
    var sheet = Sheet(
      caption: "Evidence that did not lead to a block, and why",
      heads: ["Decision", "Source", "For", "Why", "Rule", "First", "Last", "Rows"],
      kinds: ["strong", "mono", "text", "text", "text", "time", "time", "number"],
      widths: [3, 4, 3, 6, 3, 0, 0, 0], empty: "None is on record.")
    sheet.rows = report.actions.filter { $0.action != "blocked" }.map { decision in
      [
        Wording.action(decision.action), Wording.party(decision.source),
        decision.attacks.map(Wording.attack).joined(separator: ", "), Display.text(decision.reason),
        Display.text(decision.sparedBy, limit: 60), Display.time(decision.first),
        Display.time(decision.last), Display.count(decision.rows),
      ]
    }
    if report.actionTotal > report.actions.count { sheet.note = note(report) }
    return sheet
  }

  private static func standing(_ block: ActionTaken, _ now: Timestamp) -> String {
    guard block.isInForce else { return "never in force" }
    return block.expires.map { $0 > now } ?? true ? "in force" : "ended"
  }

  private static func note(_ report: Report) -> String {
    shown(report.actions.count, report.actionTotal, "block and decision", "blocks and decisions")
      + " A block lifted by hand before its time is told under What the stages reported."
  }

  static let coverageNote =
    "A time without a record is a time in which an attack would not have been seen. Sensors hand on"
    + " an empty segment every few seconds when the network is quiet, so a gap of more than a minute"
    + " means that a sensor, or the box, was not at work. Packets that were lost under load are told"
    + " below by the stage that lost them."

  static func coverage(_ report: Report) -> Sheet {
    var sheet = Sheet(
      caption: "What each sensor covers",
      heads: ["Sensor", "First packet", "Complete up to", "Segments", "Gaps", "Time in gaps"],
      kinds: ["strong", "text", "text", "number", "number", "text"], widths: [3, 3, 3, 1, 1, 2],
      empty: "No sensor reported in this time: all of it is without a record.")
    sheet.rows = report.coverage.map { sensor in
      let blind = sensor.gaps.reduce(Int64(0)) { $0 + $1.to.microseconds(since: $1.from) }
      return [
        Display.text(sensor.sensor), Display.time(sensor.first), Display.time(sensor.clock),
        Display.count(sensor.segments), Display.count(sensor.gaps.count),
        sensor.gaps.isEmpty ? "none" : Display.duration(blind),
      ]
    }
    return sheet
  }

  static func gaps(_ report: Report) -> Sheet {
    var sheet = Sheet(
      caption: "Times without a record", heads: ["Sensor", "From", "To", "For"],
      kinds: ["strong", "text", "text", "text"], widths: [2, 3, 3, 2], empty: "")
    let gaps = report.coverage.flatMap { sensor in sensor.gaps.map { (sensor.sensor, $0) } }
    sheet.rows = gaps.prefix(40).map { sensor, gap in
      [
        Display.text(sensor), Display.time(gap.from), Display.time(gap.to),
        Display.duration(gap.to.microseconds(since: gap.from)),
      ]
    }
    if sheet.rows.count < gaps.count {
      sheet.note = shown(sheet.rows.count, gaps.count, "gap", "gaps")
    }
    return sheet
  }

  static func notices(_ report: Report) -> Sheet {
    var sheet = Sheet(
      caption: "Notices by stage and kind",
      heads: ["Stage", "Kind", "Notices", "Count", "Bytes", "First", "Last", "The newest"],
      kinds: ["strong", "text", "number", "number", "number", "time", "time", "text"],
      widths: [2, 3, 0, 0, 0, 0, 0, 6], empty: "No notice is on record.")
    sheet.rows = report.notices.map { notice in
      let subject = notice.subject == "-" ? "" : "\(Display.text(notice.subject, limit: 60)): "
      return [
        Display.text(notice.stage, limit: 30), Display.text(notice.kind, limit: 40),
        Display.count(notice.notices), Display.count(notice.count), Display.bytes(notice.bytes),
        Display.time(notice.first), Display.time(notice.last), subject + Display.text(notice.text),
      ]
    }
    return sheet
  }

  static let method = [
    "A row is a flow as seen so far; an open flow has several. Each row counts what it adds to"
      + " the flow's row before it, so no packet is counted twice, and every table here adds up. Rows"
      + " that fold many small flows count the flows they fold. A row belongs to the time of its last"
      + " packet. Benign flows are kept as sums and count their packets when they end.",
    "An attack's name is the model's or a detector's judgement with the confidence given, not a"
      + " certainty; source addresses can be forged. What caused an incident, whom it harmed and"
      + " whether it must be notified is for a person to judge.",
  ]

  static let files = [
    File(
      name: "report.json", type: "application/json", relation: "data",
      description: "This report as data"),
    File(
      name: "evidence.csv", type: "text/csv", relation: "data",
      description: "The rows of evidence"),
  ]

  static func attached(_ report: Report, _ rows: Int) -> Sheet {
    Sheet(
      caption: "Files in this PDF", heads: ["File", "Holds"], kinds: ["mono", "text"],
      widths: [1, 5],
      rows: [
        ["report.json", "All numbers of this report (\(report.format))."],
        [
          "evidence.csv",
          "\(Display.count(rows)) of \(Display.count(report.evidenceRows, "row kept", "rows kept")), by time;"
            + " report make --format csv writes all. The sums of its added_ columns over attack rows are the totals.",
        ],
      ], empty: "")
  }
}
