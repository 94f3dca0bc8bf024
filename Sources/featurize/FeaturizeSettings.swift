import Flows
import Packets
import Stage

/// The `[featurize]` section.
struct FeaturizeSettings {
  var limits = FlowLimits()
  /// Bytes of finished segments that are kept in `archive/captured`.
  var archive = 256 << 20

  init() {}

  init(_ path: String?) throws {
    var settings = try Settings(path: path, section: "featurize")
    limits.flows = try settings.integer("flows", default: limits.flows, in: 16...(1 << 24))
    limits.keys = try settings.integer("keys", default: limits.keys, in: 16...(1 << 24))
    archive = try settings.integer("archive_bytes", default: archive, in: 0...(1 << 44))
    func time(_ key: String, _ value: inout Int64) throws {
      let seconds = try settings.number(key, default: Double(value) / 1e6, in: 0.001...604_800)
      value = Int64((seconds * 1e6).rounded())
    }
    try time("tick", &limits.tick)
    try time("slowest_tick", &limits.slowestTick)
    try time("opening_idle", &limits.openingIdle)
    try time("established_idle", &limits.establishedIdle)
    try time("other_idle", &limits.otherIdle)
    try time("linger", &limits.linger)
    try time("active", &limits.active)
    switch try settings.string("tunnels", default: "inner") {
    case "inner": limits.tunnels = .inner
    case "outer": limits.tunnels = .outer
    case let other:
      throw Failure(.config, "unable to use [featurize] tunnels: '\(other)' is not inner or outer")
    }
    guard limits.active <= 3_600_000_000 else {
      throw Failure(.config, "unable to use [featurize] active: more than 3600 seconds")
    }
    try settings.finish()
  }
}
