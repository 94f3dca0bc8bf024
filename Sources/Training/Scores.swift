/// How often rows of each class were called each class.
package struct Scores: Sendable, Codable, Equatable {
  /// The classes.
  package let classes: [String]
  /// `confusion[truth][said]`, in rows.
  package private(set) var confusion: [[Int]]

  /// The class of highest probability counts.
  ///
  /// - Parameter said: probabilities, row after row.
  package init(classes: [String], said: [Float], truth: [Int]) {
    self.classes = classes
    let width = classes.count
    confusion = [[Int]](repeating: [Int](repeating: 0, count: width), count: width)
    for (row, label) in truth.enumerated() {
      confusion[label][best(said, row, width)] += 1
    }
  }

  /// How many rows are truly of a class.
  package func support(_ index: Int) -> Int { confusion[index].reduce(0, +) }

  /// Share of the rows called so that are so; 0 if none is called so.
  package func precision(_ index: Int) -> Double {
    let called = confusion.reduce(0) { $0 + $1[index] }
    return called == 0 ? 0 : Double(confusion[index][index]) / Double(called)
  }

  /// Share of the rows that are so that are called so; 0 if none is so.
  package func recall(_ index: Int) -> Double {
    support(index) == 0 ? 0 : Double(confusion[index][index]) / Double(support(index))
  }

  /// The harmonic mean of both.
  package func f1(_ index: Int) -> Double {
    let sum = precision(index) + recall(index)
    return sum == 0 ? 0 : 2 * precision(index) * recall(index) / sum
  }

  /// The mean over the classes that occur.
  package var macroF1: Double {
    let present = classes.indices.filter { support($0) > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + f1($1) } / Double(present.count)
  }

  /// Tables for people.
  package var text: String {
    let wide = (classes.map(\.count).max() ?? 0) + 2
    func left(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    var result = left("class", wide) + "precision  recall      f1    rows\n"
    for (index, name) in classes.enumerated() {
      let numbers = [precision(index), recall(index), f1(index)].map { right(fixed($0, 4), 8) }
      result += left(name, wide) + numbers.joined() + right("\(support(index))", 8) + "\n"
    }
    result += left("macro F1", wide) + fixed(macroF1, 4) + "\n\nrows: truth; columns: said\n"
    for (index, name) in classes.enumerated() {
      result += left(name, wide) + confusion[index].map { right("\($0)", 7) }.joined() + "\n"
    }
    return result
  }
}

/// The place of a row's highest probability.
func best(_ said: [Float], _ row: Int, _ width: Int) -> Int {
  var best = row * width
  for index in (row * width)..<((row + 1) * width) where said[index] > said[best] { best = index }
  return best - row * width
}

/// A number with some decimals.
package func fixed(_ value: Double, _ decimals: Int) -> String {
  let scale = (0..<decimals).reduce(1.0) { result, _ in result * 10 }
  let units = Int((abs(value) * scale).rounded())
  let digits = String(units)
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && units > 0 ? "-" : ""
  guard decimals > 0 else { return sign + padded }
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
