/// The kinds of file that cross the spool. The first column's name carries the version: a change to
/// a table's columns is a new number there, and an old reader refuses the new file.
public enum Table: Sendable {
  /// `featurized/`: a row a flow.
  case flow
  /// `malicious/` and `benign/`: the flow's row and what it was called.
  case verdict
  /// `mitigated/`: the verdict's row and what was done.
  case action
  /// `notices/`: what a stage tells people that is not a row: losses, quarantines, refusals.
  case notice
  /// `orders/`: what people tell `mitigate`: block, unblock.
  case order
  /// `archive/corrections/`: rows that a person named, copied whole, and the name. It crosses no queue.
  case correction
  /// A row a packet, for people and other tools: `featurize --packets`. It crosses no queue.
  case packet

  /// The column names, in order.
  public var columns: [String] {
    switch self {
    case .flow: Self.flowColumns
    case .verdict: Self.verdictColumns
    case .action: Self.actionColumns
    case .notice: Self.noticeColumns
    case .order: Self.orderColumns
    case .correction: Self.correctionColumns
    case .packet: Self.packetColumns
    }
  }

  /// How many cells of identity stand before the measures.
  public static let identityCount = identityColumns.count
  /// The cells of the measures in every row that is a flow's.
  public static let measureCells = identityCount..<(identityCount + Measure.count)

  private static let identityColumns = [
    "start", "last", "src_ip", "src_port", "dst_ip", "dst_port", "protocol", "src_mac", "dst_mac",
    "application", "community_id", "state", "sensor",
  ].withVersion("ward_flow_3")

  private static let flowColumns = identityColumns + Measure.allCases.map(\.rawValue)

  private static let verdictColumns =
    Array(flowColumns.dropFirst()).withVersion("ward_verdict_3") + [
      "label", "attack", "confidence", "judge", "model_attack", "model_confidence",
      "detector_attack", "detector_reason", "model_reasons", "anomaly",
    ]

  private static let actionColumns =
    Array(verdictColumns.dropFirst()).withVersion("ward_action_3") + [
      "action", "action_reason", "spared_by", "expires", "backend",
    ]

  private static let noticeColumns = ["time", "stage", "kind", "subject", "count", "bytes", "text"]
    .withVersion("ward_notice_1")

  private static let orderColumns = ["time", "verb", "address", "seconds", "by", "why"]
    .withVersion("ward_order_1")

  private static let correctionColumns =
    Array(flowColumns.dropFirst()).withVersion("ward_correction_1") + [
      "attack", "judge", "label", "by", "why", "time",
    ]

  private static let packetColumns = [
    "time", "src_ip", "dst_ip", "src_port", "dst_port", "protocol", "fin", "syn", "rst", "psh",
    "ack", "urg", "ecn", "tos", "inter_arrival_ms", "packets", "bytes",
  ].withVersion("ward_packet_1")
}

extension [String] {
  /// The row number's column, named for the table and its version, before the others.
  fileprivate func withVersion(_ name: String) -> [String] { [name] + self }
}
