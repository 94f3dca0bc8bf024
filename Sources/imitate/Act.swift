/// A habit of honest machines, or an attack. To add one: a file with an extension of `Act`, and
/// its name in the cast below.
struct Act: Sendable {
  /// What `--attack` calls it.
  let name: String
  /// Plays it in a stretch of time, µs since 1970.
  let play: @Sendable (inout Scene, Range<Int64>) -> Void

  init(_ name: String, _ play: @escaping @Sendable (inout Scene, Range<Int64>) -> Void) {
    self.name = name
    self.play = play
  }

  /// Everything honest, played all the time.
  static let benign: [Act] = [
    .ecgMonitors, .pumps, .ventilators, .imaging, .browsing, .nameAndTime, .leases, .announcements,
    .linkChatter, .cloud, .healthChecks, .telephony, .gateways, .polling, .pings, .printing, .video,
    .administration, .fileCopies, .updates, .misconfigured,
  ]

  /// Every attack, played one after another.
  static let attacks: [Act] =
    synFloods + udpFloods + icmpFloods + ackFloods + ddos + portScans + exploitProbes
    + amplifications + httpFloods + bruteForces + sqlInjections + arpSpoofs + mqttFloods
}
