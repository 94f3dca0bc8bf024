/// Which CICFlowMeter the strict meter stands for.
public enum CICVariant: String, CaseIterable, Sendable {
  /// CICFlowMeter 4 as published (`ahlashkari/CICFlowMeter` at 98a5eba), bug for bug: 84 columns.
  case v4
  /// The corrected tool that made the 2022 release of CIC-IDS-2017 (Liu, Engelen et al., CNS 2022),
  /// with the bugs that it kept, as that release is published: 91 columns.
  case cns2022

  var rules: CICRules { self == .v4 ? .v4 : .cns2022 }
}

/// All in which the variants differ. What is not named here they do alike.
struct CICRules {
  /// A FIN of the responder or any RST ends the flow at once, and what follows is a new flow. Else a
  /// flow that FIN or RST has closed takes in stragglers until a SYN.
  let endsAtOnce: Bool
  /// The opening packet is counted before the flow knows its ends: as forward, even where it goes
  /// backward in a flow that goes on after a time-out.
  let opensForward: Bool
  /// A flow that goes on after a time-out keeps its direction whatever its protocol; else only TCP does.
  let keepsDirection: Bool
  /// The opening packet's payload enters the statistics of both directions twice.
  let countsOpeningTwice: Bool
  /// PSH and URG are counted by direction in the opening packet alone.
  let countsOpeningFlagsOnly: Bool
  /// Bulk transfers of both directions are one, the backward one.
  let mixesBulks: Bool
  /// Every packet begins a subflow. Else a gap of more than a second does, and the first is not counted.
  let countsPacketsAsSubflows: Bool
  /// Down/Up Ratio is rounded down.
  let roundsRatio: Bool
  /// ICMP is known as such. Else it has protocol 0, or is the TCP or UDP that an error quotes.
  let knowsICMP: Bool
  /// What is not written.
  let omits: Omission
  /// How numbers are written.
  let form: NumberForm

  /// The rows that a variant leaves out.
  enum Omission {
    /// Flows of one packet.
    case singlePackets
    /// Flows with a column that is no number: of one packet, or of no duration. The tool wrote them,
    /// the release's preparation dropped them.
    case undefined
  }

  static let v4 = CICRules(
    endsAtOnce: true, opensForward: true, keepsDirection: true, countsOpeningTwice: true,
    countsOpeningFlagsOnly: true, mixesBulks: true, countsPacketsAsSubflows: false,
    roundsRatio: true, knowsICMP: false, omits: .singlePackets, form: .java)

  static let cns2022 = CICRules(
    endsAtOnce: false, opensForward: false, keepsDirection: false, countsOpeningTwice: false,
    countsOpeningFlagsOnly: false, mixesBulks: false, countsPacketsAsSubflows: true,
    roundsRatio: false, knowsICMP: true, omits: .undefined, form: .release)

  /// A flow that lasted longer than this is ended by its next packet. µs.
  static let flowTimeout: Int64 = 120_000_000
  /// A longer silence than this is idle time. µs.
  static let activityTimeout: Int64 = 5_000_000
  /// A longer gap than this parts subflows and bulks. µs.
  static let longestGap: Int64 = 1_000_000
}
