import Addresses
import Firewall
import Stage

/// The section `[mitigate]` of the configuration file, with what the command line overrides.
struct Configuration {
  var policy = Policy()
  var times = BlockTimes()
  var brake = Brake()
  var protected: [Prefix] = []

  /// Reads the section.
  ///
  /// - Throws: `Failure` (config) naming file and line.
  init(path: String?, mode: Mode? = nil) throws {
    var settings = try Settings(path: path, section: "mitigate")
    let word = try settings.string("mode", default: policy.mode.rawValue)
    guard let configured = Mode(rawValue: word) else {
      throw Failure(.config, "unable to use mode '\(word)': it is observe, advise or enforce")
    }
    policy.mode = mode ?? configured
    try read(evidence: &settings)
    try read(times: &settings)
    brake = Brake(
      perMinute: try settings.integer("max_blocks_per_minute", default: 60, in: 0...100_000))
    for word in try settings.string("protect", default: "").split(separator: ",") {
      let text = String(word.filter { !$0.isWhitespace })
      guard let prefix = Prefix(text) else {
        throw Failure(.config, "unable to protect '\(text)': no address or CIDR block")
      }
      protected.append(prefix)
    }
    try settings.finish()
  }

  private mutating func read(evidence settings: inout Settings) throws {
    policy.minConfidence = try settings.number(
      "min_confidence", default: policy.minConfidence, in: 0...1)
    policy.minDetectorConfidence = try settings.number(
      "min_detector_confidence", default: policy.minDetectorConfidence, in: 0...1)
    policy.modelMayBlock = try settings.flag("model_may_block", default: policy.modelMayBlock)
    policy.bar.rows = try settings.integer("rows", default: policy.bar.rows, in: 2...Bar.most)
    policy.bar.rowsOfBothJudges = try settings.integer(
      "rows_of_both_judges", default: policy.bar.rowsOfBothJudges, in: 2...Bar.most)
    let window = try settings.duration("findtime", default: 10, in: 1...86_400)
    policy.bar.window = Int64(window) * 1_000_000
    let again = try settings.duration("again", default: 1, in: 0...86_400)
    policy.bar.again = Int64(again) * 1_000_000
  }

  private mutating func read(times settings: inout Settings) throws {
    let range = 1...Order.longest
    times.bantime = try settings.duration("bantime", default: times.bantime, in: range)
    times.factor = try settings.number("bantime.factor", default: times.factor, in: 1...100)
    times.maxtime = try settings.duration("bantime.maxtime", default: times.maxtime, in: range)
    times.pardon = try settings.duration("pardon", default: times.pardon, in: 0...Order.longest)
  }
}
