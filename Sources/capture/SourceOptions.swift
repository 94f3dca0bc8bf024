import ArgumentParser

/// Where packets come from and how they are cut; what is nil is the configuration's to say.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Listen here; any is every interface (default: where the default route leads).",
      valueName: "name"))
  var interface: String?

  @Option(help: ArgumentHelp("Read a pcap or pcapng file; - is standard input.", valueName: "file"))
  var read: String?

  @Option(help: "How quickly to read: fast or recorded (default: fast).")
  var pace: Pace?

  @Option(help: ArgumentHelp("Only packets that match, see pcap-filter(7).", valueName: "bpf"))
  var filter: String?

  @Option(help: ArgumentHelp("Keep so much of a packet (default: 512).", valueName: "bytes"))
  var snaplen: Int?

  @Flag(inversion: .prefixedNo, help: "Hear what is meant for others too (default: yes).")
  var promiscuous: Bool?

  @Option(help: "Which way packets go: in, out or both (default: both).")
  var direction: Direction?

  @Option(help: ArgumentHelp("The kernel's buffer (default: 16).", valueName: "MiB"))
  var buffer: Int?

  @Option(
    help: ArgumentHelp("The kernel hands on at least so often (default: 20).", valueName: "ms"))
  var blockTimeout: Int?

  @Option(help: ArgumentHelp("A segment's length in time (default: 250).", valueName: "ms"))
  var segmentMs: Int?

  @Option(help: ArgumentHelp("The most packets in one (default: 50000).", valueName: "count"))
  var segmentPackets: Int?

  @Option(help: ArgumentHelp("The most bytes in one (default: 16777216).", valueName: "bytes"))
  var segmentBytes: Int?

  @Option(
    help: ArgumentHelp(
      "On a quiet wire, hand on an empty segment so often (default: 2).", valueName: "seconds"))
  var heartbeat: Int?

  @Option(help: ArgumentHelp("This box's name in rows (default: the host's).", valueName: "name"))
  var sensor: String?
}

/// How quickly a file is read.
enum Pace: String, ExpressibleByArgument, CaseIterable {
  /// As quickly as the next stage takes it.
  case fast
  /// With the pauses that were recorded.
  case recorded
}

/// Which way packets go, seen from this host.
enum Direction: String, ExpressibleByArgument, CaseIterable {
  case `in`
  case out
  case both
}
