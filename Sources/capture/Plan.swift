import Glibc
import Spool
import Stage

/// What to do, from the options and, where they are silent, the configuration's section [capture],
/// whose keys are the options' names with `_` for `-`.
struct Plan {
  /// The file to read; nil to listen.
  let file: String?
  let pace: Pace
  /// The interface to listen to; nil for the default route's.
  let interface: String?
  /// pcap-filter(7); empty for all packets.
  let filter: String
  /// The most bytes kept of a packet.
  let snapLength: Int
  let promiscuous: Bool
  let direction: Direction
  /// The kernel's buffer in MiB.
  let buffer: Int
  /// Milliseconds within which the kernel hands on what it has.
  let blockTimeout: Int
  let rules: SegmentBuilder.Rules
  /// Seconds between empty segments on a quiet wire.
  let heartbeat: Int
  let sensor: String

  init(_ options: SourceOptions, config: String?) throws {
    var keys = Keys(settings: try Settings(path: config, section: "capture"))
    file = options.read
    pace = try keys.choice("pace", options.pace, default: .fast)
    interface = try keys.text("interface", options.interface)
    filter = try keys.text("filter", options.filter) ?? ""
    snapLength = try keys.integer("snaplen", options.snaplen, default: 512, in: 64...262_144)
    let configured = try keys.settings.flag("promiscuous", default: true)
    promiscuous = options.promiscuous ?? configured
    direction = try keys.choice("direction", options.direction, default: .both)
    buffer = try keys.integer("buffer", options.buffer, default: 16, in: 1...1_024)
    blockTimeout = try keys.integer(
      "block_timeout", options.blockTimeout, default: 20, in: 1...1_000)
    rules = SegmentBuilder.Rules(
      cell: Int64(
        try keys.integer("segment_ms", options.segmentMs, default: 250, in: 10...3_600_000))
        * 1_000,
      packets: try keys.integer(
        "segment_packets", options.segmentPackets, default: 50_000, in: 1...10_000_000),
      bytes: try keys.integer(
        "segment_bytes", options.segmentBytes, default: 16 << 20, in: 1_024...(1 << 30)))
    heartbeat = try keys.integer("heartbeat", options.heartbeat, default: 2, in: 1...3_600)
    sensor = SegmentName.clean(sensor: try keys.text("sensor", options.sensor) ?? hostName())
    try keys.settings.finish()
  }
}

/// The configuration's keys, each overruled by an option of its name.
private struct Keys {
  var settings: Settings

  mutating func text(_ key: String, _ option: String?) throws -> String? {
    let configured = try settings.string(key, default: "")
    return option ?? (configured.isEmpty ? nil : configured)
  }

  mutating func integer(
    _ key: String, _ option: Int?, default fallback: Int, in range: ClosedRange<Int>
  ) throws -> Int {
    let configured = try settings.integer(key, default: fallback, in: range)
    guard let option else { return configured }
    guard range.contains(option) else {
      throw Failure(
        .usage,
        "unable to use \(option) for \(key): it goes from \(range.lowerBound) to"
          + " \(range.upperBound)")
    }
    return option
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ option: Choice?, default fallback: Choice
  ) throws -> Choice {
    let configured = try settings.string(key, default: fallback.rawValue)
    guard let choice = option ?? Choice(rawValue: configured) else {
      let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.config, "unable to use \(key) = \(configured): it is one of \(all)")
    }
    return choice
  }
}

private func hostName() -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { name in
    name.initialize(repeating: 0)
    guard let start = name.baseAddress, gethostname(start, name.count - 1) == 0 else {
      return "ward"
    }
    return String(cString: start)
  }
}
