import Tables

/// The text at the beginning of a model's file.
struct ModelHeader {
  private(set) var classes: [Attack] = []
  private(set) var columns: [Measure] = []
  private(set) var summary: [Model.SummaryLine] = []
  private(set) var baseScore = Float.nan
  private(set) var trees = 0
  private(set) var nodes = 0
  /// Where the binary part begins.
  private(set) var end = 0
  /// No file has more; keeps sums far from overflow.
  private static let most = 1 << 28

  init(_ bytes: UnsafeRawBufferPointer) throws(ModelError) {
    let magic = "ward-model "
    guard bytes.starts(with: magic.utf8) else { throw .notAModel }
    var number = 0
    while true {
      number += 1
      guard let stop = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) else {
        throw .header(line: number, "the header has no end")
      }
      guard let line = String(validating: bytes[end..<stop], as: UTF8.self) else {
        throw .header(line: number, "not UTF-8")
      }
      end = stop + 1
      if number == 1 {
        guard line == magic + "1" else { throw .version(String(line.dropFirst(magic.count))) }
      } else if line.isEmpty {
        return
      } else {
        try read(line, number)
      }
    }
  }

  private mutating func read(_ line: String, _ number: Int) throws(ModelError) {
    let blank = line.firstIndex(of: " ") ?? line.endIndex
    let value = String(line[blank...].dropFirst())
    switch line[..<blank] {
    case "class":
      guard let name = Attack(rawValue: value) else { throw .unknownClass(value) }
      classes.append(name)
    case "column":
      guard let column = Measure(name: value) else { throw .unknownColumn(value) }
      columns.append(column)
    case "summary":
      let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw .header(line: number, "a summary needs a colon") }
      summary.append(Model.SummaryLine(String(parts[0]), String(parts[1].dropFirst())))
    case "base-score":
      guard let score = Float(value) else { throw .header(line: number, "not a number") }
      baseScore = score
    case "trees": trees = try count(value, number)
    case "nodes": nodes = try count(value, number)
    default: throw .header(line: number, "unknown word")
    }
  }

  private func count(_ text: String, _ line: Int) throws(ModelError) -> Int {
    guard let value = Int(text), (1...Self.most).contains(value) else {
      throw .header(line: line, "not a count")
    }
    return value
  }
}
