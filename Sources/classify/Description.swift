import Models
import Tables

/// A model or a baseline in words.
struct Description {
  /// Several lines.
  let text: String

  /// - Throws: `ModelError` for what is neither.
  init(_ bytes: UnsafeRawBufferPointer) throws(ModelError) {
    if bytes.starts(with: "ward-baseline".utf8) {
      text = Self.words(try Baseline(parsing: bytes), bytes.count)
    } else {
      text = Self.words(try Model(parsing: bytes), bytes.count)
    }
  }

  private static func words(_ model: Model, _ size: Int) -> String {
    let classes = model.classes.enumerated().map { index, attack in
      guard model.sure.indices.contains(index), model.sure[index] > 0 else {
        return attack.rawValue
      }
      return "\(attack.rawValue) (sure from \(Clerk.short(Double(model.sure[index]))))"
    }
    var lines = ["model of \(size) bytes"]
    lines += model.members.map { "member: \($0.words), weight \($0.weight)" }
    lines.append(
      "calibrated: \(model.calibration.curves.isEmpty ? "no" : "yes"); "
        + "reference for drift: \(model.reference == nil ? "no" : "yes")")
    lines += listed("classes", classes) + listed("columns", model.columns.map(\.rawValue))
    return (lines + told(model.summary)).joined(separator: "\n")
  }

  private static func words(_ baseline: Baseline, _ size: Int) -> String {
    var lines = [
      "baseline of \(size) bytes",
      "isolation forest: \(baseline.trees.count) trees of \(baseline.sample) rows each; "
        + "unlike the site from \(Clerk.short(Double(baseline.threshold)))",
    ]
    lines += listed("columns", baseline.columns.map(\.rawValue))
    return (lines + told(baseline.summary)).joined(separator: "\n")
  }

  private static func told(_ summary: [Model.SummaryLine]) -> [String] {
    summary.map { "\($0.key): \($0.value)".onOneLine }
  }

  /// A heading and the words below it, in lines of 90 characters or so.
  private static func listed(_ name: String, _ words: [String]) -> [String] {
    var lines = ["\(name): \(words.count)", "   "]
    for (index, word) in words.enumerated() {
      if lines[lines.count - 1].utf8.count + word.utf8.count > 90 { lines.append("   ") }
      lines[lines.count - 1] += " \(word)" + (index + 1 < words.count ? "," : "")
    }
    return lines
  }
}

extension Member {
  /// `boosted, 885 trees`; `perceptron, 172-64-64-15`.
  var words: String {
    switch kind {
    case .trees(let trees): "\(family), \(trees.trees.count) trees"
    case .perceptron(let network):
      "\(family), "
        + ([network.shift.count] + network.layers.map(\.biases.count)).map { "\($0)" }
        .joined(separator: "-")
    }
  }
}
