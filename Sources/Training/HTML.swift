/// Pieces of a page.
enum HTML {
  /// Text in which no sign is markup.
  static func text(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A table; the first column is text.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.map { "<\(tag)>\(text($0))</\(tag)>" }.joined() + "</tr>"
    }
    return "<table>\n" + line(header, "th") + "\n"
      + rows.map { line($0, "td") }.joined(separator: "\n") + "\n</table>"
  }

  /// Precision, recall and F1 by class.
  static func scores(_ scores: Scores) -> String {
    let rows = scores.classes.indices.filter { scores.support($0) > 0 }.map { index in
      [
        scores.classes[index], fixed(scores.precision(index), 4), fixed(scores.recall(index), 4),
        fixed(scores.f1(index), 4), "\(scores.support(index))",
      ]
    }
    return table(["class", "precision", "recall", "F1", "rows"], rows)
  }

  /// The confusion matrix, darker where more of a class's rows are.
  static func confusion(_ scores: Scores) -> String {
    let head = ([""] + scores.classes).map { "<th>\(text($0))</th>" }.joined()
    let rows = scores.classes.indices.filter { scores.support($0) > 0 }.map { truth in
      let cells = scores.confusion[truth].enumerated().map { said, count in
        let share = Double(count) / Double(max(1, scores.support(truth)))
        return "<td style=\"background:\(shade(share, right: truth == said))\">"
          + (count == 0 ? "" : "\(count)") + "</td>"
      }
      return "<tr><th>\(text(scores.classes[truth]))</th>\(cells.joined())</tr>"
    }
    return "<table>\n<tr>\(head)</tr>\n\(rows.joined(separator: "\n"))\n</table>"
  }

  /// Blue where it is right, red where it is wrong; print keeps the numbers.
  private static func shade(_ share: Double, right: Bool) -> String {
    let depth = share == 0 ? 0 : 0.12 + 0.5 * share
    return right ? "rgba(33,102,172,\(fixed(depth, 2)))" : "rgba(178,24,43,\(fixed(depth, 2)))"
  }
}
