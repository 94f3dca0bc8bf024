import Detectors
import Stage

/// The section `[classify]` of the configuration file, with what the command line overrides.
struct Configuration {
  var bars = Verdict.Bars()
  var detectors: DetectorSet
  var source: ModelSource

  /// Reads the section.
  ///
  /// - Throws: `Failure` (config) naming file and line.
  init(path: String?, model: String?) throws {
    var settings = try Settings(path: path, section: "classify")
    bars.sure = try settings.number("confidence", default: bars.sure, in: 0...1)
    bars.overrule = try settings.number("overrule", default: bars.overrule, in: 0...1)
    bars.suspicion = try settings.number("suspicion", default: bars.suspicion, in: 0...1)
    let configured = try settings.string("model", default: "")
    let asked = try settings.flag("detectors", default: true)
    let all = try DetectorSet { key, fallback in
      try settings.number(key, default: fallback, in: 0...(key.hasSuffix("share") ? 1 : 1e12))
    }
    detectors = asked ? all : .none
    try settings.finish()
    source = ModelSource(model ?? (configured.isEmpty ? nil : configured))
  }
}
