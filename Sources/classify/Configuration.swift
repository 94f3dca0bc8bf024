import ArgumentParser
import Detectors
import Stage

/// The section `[classify]` of the configuration file, with what the command line overrides.
struct Configuration {
  var bars = Verdict.Bars()
  var detectors: DetectorSet
  var model: ModelSource
  var baseline: BaselineSource
  /// The most rows of a segment whose reasons are worked out.
  var explainedRows = Court.usualExplainedRows
  var drift = DriftWatch.Bounds()

  /// Reads the section.
  ///
  /// - Throws: `Failure` (config) naming file and line.
  init(path: String?, _ options: JudgeOptions, spool: String) throws {
    var settings = try Settings(path: path, section: "classify")
    bars.sure = try settings.number("confidence", default: bars.sure, in: 0...1)
    bars.overrule = try settings.number("overrule", default: bars.overrule, in: 0...1)
    bars.suspicion = try settings.number("suspicion", default: bars.suspicion, in: 0...1)
    explainedRows = try settings.integer(
      "explain_rows", default: explainedRows, in: 0...1_000_000)
    drift.index = try settings.number("drift", default: drift.index, in: 0.01...100)
    drift.rows = try settings.integer("drift_rows", default: drift.rows, in: 100...1_000_000_000)
    let model = try settings.string("model", default: "")
    let baseline = try settings.string("baseline", default: "")
    let asked = try settings.flag("detectors", default: true)
    let all = try DetectorSet { key, fallback in
      try settings.number(key, default: fallback, in: 0...(key.hasSuffix("share") ? 1 : 1e12))
    }
    detectors = asked ? all : .none
    try settings.finish()
    self.model = ModelSource(options.model ?? (model.isEmpty ? nil : model))
    self.baseline = BaselineSource(
      options.baseline ?? (baseline.isEmpty ? nil : baseline), spool: spool)
  }
}

/// The options that choose the judges.
struct JudgeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The model; none: detectors only. Default: default.model beside this program.",
      valueName: "file"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "What this site's traffic is like; none: do without. Default: state/baseline.forest of the spool.",
      valueName: "file"))
  var baseline: String?
}
