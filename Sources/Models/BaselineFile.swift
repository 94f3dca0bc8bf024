import Tables

// The file of a baseline is that of a model (ModelFile.swift) but for its lines:
//
//   ward-baseline 1
//   column dst_flows_1s       one line a column
//   summary rows: 20000       any number
//   forest 100 256 0.62       trees, rows a tree, threshold
//
//                             then the trees, without covers, and the checksum

extension Baseline {
  private static let version = "1"
  private static let magic = "ward-baseline"

  /// The bytes of the baseline's file. The same baseline, the same bytes.
  public func serialized() -> [UInt8] {
    var text = "\(Self.magic) \(Self.version)\n"
    for column in columns { text += "column \(column.rawValue)\n" }
    for line in summary { text += "summary \(line.key): \(line.value)\n" }
    var writer = FileWriter(header: text + "forest \(trees.count) \(sample) \(threshold)\n\n")
    for tree in trees { writer.put(tree) }
    return writer.finished()
  }

  /// Reads a baseline's file.
  ///
  /// - Throws: ``ModelError`` for every file that ``serialized()`` cannot have written.
  public init(parsing bytes: UnsafeRawBufferPointer) throws(ModelError) {
    let header = try ModelHeader(bytes, magic: Self.magic, versions: [Self.version])
    try header.only(["forest"])
    guard header.classes.isEmpty, let values = try header.one("forest"), values.count == 3,
      let count = Int(values[0]), let sample = Int(values[1]), let threshold = Float(values[2])
    else { throw .header(line: 1, "not a baseline") }
    var reader = try FileReader(bytes, from: header.end)
    let trees = try reader.trees(count)
    try reader.finish()
    try self.init(
      columns: header.columns, trees: trees, sample: sample, threshold: threshold,
      summary: header.summary)
  }
}
