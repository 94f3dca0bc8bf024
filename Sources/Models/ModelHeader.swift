import Tables

/// The text at the beginning of a model's or a baseline's file: `key value` lines up to an empty one.
struct ModelHeader {
  /// Of the format.
  private(set) var version = ""
  private(set) var classes: [Attack] = []
  private(set) var columns: [Measure] = []
  private(set) var summary: [Model.SummaryLine] = []
  /// What has numbers of its own: the word and what follows it, in the file's order.
  private(set) var lines: [(word: String, values: [String], number: Int)] = []
  /// Where the binary part begins.
  private(set) var end = 0

  /// - Parameter magic: the first line without its version.
  init(
    _ bytes: UnsafeRawBufferPointer, magic: String, versions: [String]
  ) throws(ModelError) {
    guard bytes.starts(with: (magic + " ").utf8) else { throw .notAModel }
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
        version = String(line.dropFirst(magic.utf8.count + 1))
        guard versions.contains(version) else { throw .version(version) }
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
    default:
      let values = value.split(separator: " ").map(String.init)
      lines.append((String(line[..<blank]), values, number))
    }
  }

  /// The lines that begin with one of `words`; nothing else may be there.
  func only(_ words: Set<String>) throws(ModelError) {
    for line in lines where !words.contains(line.word) {
      throw .header(line: line.number, "unknown word")
    }
  }

  /// The values of the one line that begins with `word`; nil if there is none.
  func one(_ word: String) throws(ModelError) -> [String]? {
    let found = lines.filter { $0.word == word }
    guard found.count < 2 else { throw .header(line: found[1].number, "said twice") }
    return found.first?.values
  }
}
