public import Tables

/// Names a flow row: one family of model, or several that vote, calibrated.
public struct Model: Sendable {
  /// What a row can be called; column `i` of the prediction is class `i`.
  public let classes: [Attack]
  /// What the model looks at, in its order.
  public let columns: [Measure]
  /// Who votes: the members' probabilities are averaged by weight (soft voting).
  public let members: [Member]
  /// What the vote is worth.
  public let calibration: Calibration
  /// By class, the confidence from which on the model is sure of it: chosen by `train` at a rate of false
  /// calls on rows of sources that were not learned from. 0 to 1; 0: no bar of its own; none: for no class.
  public let sure: [Float]
  /// What the rows learned from looked like, column by column; nil if that was not kept.
  public let reference: Reference?
  /// What people should know of it: data, seed, date, options, scores. In the file's order.
  public let summary: [SummaryLine]
  /// Where each of ``columns`` stands among all measures: `Measure.index`.
  public let mapping: [Int]

  /// A line of the summary.
  public struct SummaryLine: Equatable, Sendable {
    /// Without colon and line end.
    public let key: String
    /// Without line end.
    public let value: String

    /// Makes a line; line ends become blanks.
    public init(_ key: String, _ value: String) {
      func line(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 32 ? " " : Character($0) })
      }
      self.key = String(line(key).map { $0 == ":" ? " " : $0 })
      self.value = line(value)
    }
  }

  /// A model from its parts.
  ///
  /// - Throws: ``ModelError`` for names given twice, members that do not fit classes and columns, nodes
  ///   that point nowhere, numbers that are not finite, curves that fall.
  public init(
    classes: [Attack], columns: [Measure], members: [Member],
    calibration: Calibration = Calibration(), sure: [Float] = [], reference: Reference? = nil,
    summary: [SummaryLine] = []
  ) throws(ModelError) {
    guard (2...256).contains(classes.count) else { throw .count("classes", classes.count) }
    guard !columns.isEmpty else { throw .count("columns", 0) }
    guard (1...16).contains(members.count) else { throw .count("members", members.count) }
    if let twice = firstRepeated(classes) { throw .unknownClass(twice.rawValue) }
    if let twice = firstRepeated(columns) { throw .unknownColumn(twice.rawValue) }
    for member in members {
      try member.check(classes: classes.count, columns: columns.count)
    }
    try calibration.check(classes: classes.count)
    guard sure.isEmpty || sure.count == classes.count, sure.allSatisfy({ (0...1).contains($0) })
    else { throw .sure }
    try reference?.check(columns: columns.count)
    self.classes = classes
    self.columns = columns
    self.members = members
    self.calibration = calibration
    self.sure = sure
    self.reference = reference
    self.summary = summary
    mapping = columns.map(\.index)
  }

  /// Appends the model's inputs from a row of all measures.
  ///
  /// - Parameter measures: ``Tables/Measure/count`` numbers, in the order of the measures.
  @inlinable public func gather(_ measures: [Double], into rows: inout [Float]) {
    for index in mapping { rows.append(Float(measures[index])) }
  }

  /// The probability of every class for every row.
  ///
  /// - Parameter rows: finite values, row after row, ``columns`` values each.
  /// - Returns: row after row, ``classes`` values each, every row's sum 1.
  /// - Precondition: `rows.count` is a multiple of the number of columns.
  public func predict(_ rows: [Float]) -> [Float] {
    var said = uncalibrated(rows)
    calibration.apply(to: &said)
    return said
  }

  /// The vote before it is calibrated; otherwise as ``predict(_:)``.
  public func uncalibrated(_ rows: [Float]) -> [Float] {
    precondition(rows.count % columns.count == 0, "rows are cut")
    return rows.withUnsafeBufferPointer { rows in
      var sum = members[0].predict(rows, width: columns.count, classes: classes.count)
      guard members.count > 1 else { return sum }
      let total = members.reduce(0) { $0 + $1.weight }
      for index in sum.indices { sum[index] *= members[0].weight / total }
      for member in members.dropFirst() {
        let said = member.predict(rows, width: columns.count, classes: classes.count)
        for index in sum.indices { sum[index] += said[index] * (member.weight / total) }
      }
      return sum
    }
  }
}

private func firstRepeated<Name: Hashable>(_ names: [Name]) -> Name? {
  var seen: Set<Name> = []
  return names.first { !seen.insert($0).inserted }
}
