// Version 1 knew one member, boosted, and no covers:
//
//   ward-model 1
//   class ..., column ..., summary ...       as in version 2
//   base-score 0.5
//   trees 250
//   nodes 12345
//                                            an empty line, then
//   UInt32 x trees                           nodes of each
//   8 bytes x nodes                          as in version 2
//   UInt64                                   FNV-1a of all bytes before

extension Model {
  /// Reads what version 1 wrote.
  static func first(
    _ header: ModelHeader, _ bytes: UnsafeRawBufferPointer
  ) throws(ModelError) -> Model {
    try header.only(["base-score", "trees", "nodes"])
    func value(_ word: String) throws(ModelError) -> String {
      guard let values = try header.one(word), values.count == 1 else {
        throw .header(line: 1, "no \(word)")
      }
      return values[0]
    }
    guard let base = Float(try value("base-score")), let trees = Int(try value("trees")),
      let nodes = Int(try value("nodes"))
    else { throw .header(line: 1, "not a number") }
    var reader = try FileReader(bytes, from: header.end)
    let found = try reader.firstTrees(trees)
    try reader.finish()
    let sum = found.reduce(0) { $0 + $1.count }
    guard sum == nodes else { throw .count("nodes", sum) }
    let ensemble = try TreeEnsemble(family: .boosted, baseScore: base, trees: found)
    return try Model(
      classes: header.classes, columns: header.columns, members: [Member(.trees(ensemble))],
      summary: header.summary)
  }
}

extension FileReader {
  /// The trees of version 1: all counts, then all nodes.
  fileprivate mutating func firstTrees(_ count: Int) throws(ModelError) -> [Tree] {
    guard count > 0, count <= room / 12 else { throw .count("trees", count) }
    var counts: [Int] = []
    for _ in 0..<count { counts.append(Int(try number(UInt32.self))) }
    var result: [Tree] = []
    for count in counts { result.append(Tree(nodes: try nodes(count))) }
    return result
  }
}
