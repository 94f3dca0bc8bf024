import Foundation
import Models
import Tables

/// How a model does on rows it did not learn from.
struct Scores {
  let classes: [Attack]
  /// `confusion[truth][said]`.
  private(set) var confusion: [[Int]]

  /// Asks the model for every row; the class of highest probability counts.
  init(_ model: Model, on samples: Samples) {
    classes = model.classes
    confusion = [[Int]](
      repeating: [Int](repeating: 0, count: classes.count), count: classes.count)
    let said = model.predict(samples.values)
    for row in 0..<samples.count {
      let probabilities = said[(row * classes.count)..<((row + 1) * classes.count)]
      let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }
      confusion[samples.labels[row]][(best ?? 0) % classes.count] += 1
    }
  }

  /// How many rows are truly of a class.
  func support(_ index: Int) -> Int { confusion[index].reduce(0, +) }

  /// Share of the rows called so that are so; 0 if none is called so.
  func precision(_ index: Int) -> Double {
    let called = confusion.reduce(0) { $0 + $1[index] }
    return called == 0 ? 0 : Double(confusion[index][index]) / Double(called)
  }

  /// Share of the rows that are so that are called so; 0 if none is so.
  func recall(_ index: Int) -> Double {
    support(index) == 0 ? 0 : Double(confusion[index][index]) / Double(support(index))
  }

  /// The harmonic mean of both.
  func f1(_ index: Int) -> Double {
    let sum = precision(index) + recall(index)
    return sum == 0 ? 0 : 2 * precision(index) * recall(index) / sum
  }

  /// The mean over the classes that occur.
  var macroF1: Double {
    let present = classes.indices.filter { support($0) > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + f1($1) } / Double(present.count)
  }

  /// Tables for people.
  var text: String {
    func pad(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    var result = "class           precision  recall      f1    rows\n"
    for (index, name) in classes.enumerated() {
      let numbers = [precision(index), recall(index), f1(index)].map {
        String(format: "%8.4f", $0)
      }
      result += name.rawValue + pad("", 16 - name.rawValue.count)
      result += numbers.joined() + pad("\(support(index))", 8) + "\n"
    }
    result += String(format: "macro F1        %.4f\n\nrows: truth; columns: said\n", macroF1)
    for (index, name) in classes.enumerated() {
      result += name.rawValue + pad("", 16 - name.rawValue.count)
      result += confusion[index].map { pad("\($0)", 7) }.joined() + "\n"
    }
    return result
  }
}
