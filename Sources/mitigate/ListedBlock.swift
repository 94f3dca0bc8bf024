import Firewall
import Time

/// A block as `list` shows it.
struct ListedBlock {
  static let columns = [
    "address", "since", "until", "seconds_left", "returns", "by", "backend", "segment", "row",
    "reason",
  ]

  let block: Block
  let backend: String
  let now: Timestamp

  /// The values, in the order of ``columns``.
  var cells: [String] {
    [
      "\(block.prefix)", block.since.formatted(), block.until.formatted(),
      "\(block.secondsLeft(now))", "\(block.returns)", block.by, backend, block.place.segment,
      "\(block.place.row)", block.reason,
    ]
  }

  /// One JSON object (RFC 8259).
  var json: String {
    let numbers: Set = ["seconds_left", "returns", "row"]
    let pairs = zip(Self.columns, cells).map { name, value in
      "\"\(name)\": \(numbers.contains(name) ? value : Self.quoted(value))"
    }
    return "{\(pairs.joined(separator: ", "))}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
