import Detectors
import Models
import Spool
import Tables

/// Both judges and the rule between them: a whole table in, a ruling a row out.
struct Court {
  var model: Model?
  var detectors: DetectorSet
  var bars: Verdict.Bars

  /// What is said of one row.
  struct Ruling {
    let verdict: Verdict
    let opinion: Opinion?
    let finding: Finding?
  }

  /// Judges every row of a table of flows.
  ///
  /// - Throws: `TableError` for text that is no such table.
  func judge(_ text: UnsafeRawBufferPointer) throws -> [Ruling] {
    var findings: [Finding?] = []
    var inputs: [Float] = []
    try read(text) { row in
      findings.append(detectors.judge(row).strongest)
      model?.gather(row.measures, into: &inputs)
    }
    let opinions = opinions(on: inputs)
    return findings.enumerated().map { index, finding in
      let opinion = opinions.isEmpty ? nil : opinions[index]
      return Ruling(
        verdict: Verdict.decide(model: opinion, detectors: finding, bars: bars), opinion: opinion,
        finding: finding)
    }
  }

  /// Calls `body` with every row of a table of flows.
  func read(
    _ text: UnsafeRawBufferPointer, _ body: (FlowEvidence) throws -> Void
  ) throws {
    var measures = [Double](repeating: 0, count: Measure.count)
    try Table.flow.read(text) { record in
      try record.measures(into: &measures)
      try body(FlowEvidence(try FlowIdentity(record), measures))
    }
  }

  private func opinions(on inputs: [Float]) -> [Opinion] {
    guard let model, !inputs.isEmpty else { return [] }
    let classes = model.classes
    let probabilities = model.predict(inputs)
    return stride(from: 0, to: probabilities.count, by: classes.count).map { start in
      var best = 0
      for index in 1..<classes.count
      where probabilities[start + index] > probabilities[start + best] {
        best = index
      }
      return Opinion(classes[best], Double(probabilities[start + best]))
    }
  }
}
