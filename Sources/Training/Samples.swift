package import Tables

/// Rows of inputs in one flat array, each with a label, a group and a time.
///
/// A million rows of 190 columns are 760 MB; nothing here copies them.
package struct Samples: Sendable {
  /// What the inputs are, in the order of a row.
  package private(set) var columns: [Measure]
  /// Row after row.
  package private(set) var values: [Float] = []
  /// Position of each row's label in ``classes``.
  package private(set) var labels: [Int32] = []
  /// Position of each row's group in ``groups``.
  package private(set) var places: [Int32] = []
  /// When each row's flow began, in µs since the epoch; 0 if it is not known.
  package private(set) var times: [Int64] = []
  /// How much each row weighs: 1, more for a correction.
  package private(set) var weights: [Float] = []

  private var labelNames = Names()
  private var groupNames = Names()

  /// No rows yet.
  package init(columns: [Measure]) { self.columns = columns }

  /// How many rows there are.
  package var count: Int { labels.count }
  /// Values in a row.
  package var width: Int { columns.count }
  /// The labels that occur, once ``arrange()`` has put them in order.
  package var classes: [String] { labelNames.all }
  /// The groups: captures that are all learned from, or all held out.
  package var groups: [String] { groupNames.all }

  /// The group of a row.
  package func group(_ row: Int) -> String { groups[Int(places[row])] }

  /// The network, tool or author that a group comes from: its name up to the first `/`.
  package static func source(_ group: String) -> String {
    group.split(separator: "/", maxSplits: 1).first.map(String.init) ?? group
  }

  /// Position of each group's source in the returned names.
  package func sources() -> (names: [String], ofGroup: [Int]) {
    var names = Names()
    let numbers = groups.map { Int(names.number(Self.source($0))) }
    return (names.all, numbers)
  }

  /// Adds a row: `width` values appended by `fill`.
  package mutating func append(
    label: String, group: String, time: Int64 = 0, weight: Float = 1,
    _ fill: (inout [Float]) -> Void
  ) {
    fill(&values)
    precondition(values.count == (count + 1) * width, "a row of another width")
    labels.append(labelNames.number(label))
    places.append(groupNames.number(group))
    times.append(time)
    weights.append(weight)
  }

  /// Adds a row.
  package mutating func append(
    _ row: [Float], label: String, group: String, time: Int64 = 0, weight: Float = 1
  ) {
    append(label: label, group: group, time: time, weight: weight) { $0 += row }
  }

  /// Puts labels and groups in order, whatever the order in which files were read, and forgets those
  /// that no row has any more.
  package mutating func arrange() {
    let newLabels = labelNames.arrange(Set(labels))
    let newGroups = groupNames.arrange(Set(places))
    for row in labels.indices {
      labels[row] = newLabels[Int(labels[row])]
      places[row] = newGroups[Int(places[row])]
    }
  }

  /// How many of some rows each class has.
  package func counts(_ rows: some Sequence<Int>) -> [Int] {
    var result = [Int](repeating: 0, count: classes.count)
    for row in rows { result[Int(labels[row])] += 1 }
    return result
  }

  /// The values of some rows, row after row.
  package func gather(_ rows: [Int]) -> [Float] {
    [Float](unsafeUninitializedCapacity: rows.count * width) { buffer, used in
      values.withUnsafeBufferPointer { values in
        for (place, row) in rows.enumerated() {
          let source = UnsafeBufferPointer(rebasing: values[(row * width)..<((row + 1) * width)])
          _ = UnsafeMutableBufferPointer(
            rebasing: buffer[(place * width)..<((place + 1) * width)]
          ).update(from: source)
        }
      }
      used = rows.count * width
    }
  }

  /// Keeps only some rows, in place.
  package mutating func keep(_ wanted: (Int) -> Bool) {
    var next = 0
    for row in 0..<count where wanted(row) {
      if next != row {
        for column in 0..<width { values[next * width + column] = values[row * width + column] }
        labels[next] = labels[row]
        places[next] = places[row]
        times[next] = times[row]
        weights[next] = weights[row]
      }
      next += 1
    }
    let gone = count - next
    values.removeLast(gone * width)
    labels.removeLast(gone)
    places.removeLast(gone)
    times.removeLast(gone)
    weights.removeLast(gone)
  }

  /// Keeps only some columns, in place.
  package mutating func keep(columns wanted: [Int]) {
    let (old, rows) = (width, count)
    for row in 0..<rows {
      for (place, column) in wanted.enumerated() {
        values[row * wanted.count + place] = values[row * old + column]
      }
    }
    values.removeLast(rows * (old - wanted.count))
    columns = wanted.map { columns[$0] }
  }

  /// Gives a row more weight.
  mutating func weigh(_ row: Int, _ weight: Float) { weights[row] = weight }
}
