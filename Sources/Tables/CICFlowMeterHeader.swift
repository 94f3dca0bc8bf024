/// The headers of the files that CICFlowMeter writes. They cross no queue: their first column is the
/// tool's own and carries no version.
public enum CICFlowMeterHeader {
  /// CICFlowMeter 4: 84 columns.
  public static let v4 = identity + measures + ["Label"]

  /// The 2022 release of CIC-IDS-2017: 91 columns.
  public static let cns2022 =
    ["id"] + identity
    + measures.inserting(["Fwd RST Flags", "Bwd RST Flags"], after: "Bwd URG Flags")
    + ["ICMP Code", "ICMP Type", "Total TCP Flow Time", "Label", "Attempted Category"]

  private static let identity = [
    "Flow ID", "Src IP", "Src Port", "Dst IP", "Dst Port", "Protocol", "Timestamp",
  ]

  private static let measures = Measure.allCases
    .drop { $0 != .flowDuration }
    .prefix(through: .idleMin)
    .map(\.rawValue)
}

extension [String] {
  fileprivate func inserting(_ names: [String], after name: String) -> [String] {
    flatMap { $0 == name ? [$0] + names : [$0] }
  }
}

extension ArraySlice<Measure> {
  fileprivate func prefix(through last: Measure) -> ArraySlice<Measure> {
    prefix { $0 != last } + [last]
  }
}
