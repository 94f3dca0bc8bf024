import Tables

// The file of a model:
//
//   ward-model 1
//   class BENIGN                 one line a class, then one line a column
//   column fin
//   summary seed: 1              any number
//   base-score 0.5
//   trees 250
//   nodes 12345
//                                an empty line, then little-endian binary:
//   UInt32 x trees               nodes of each tree
//   8 bytes x nodes              Float32 threshold or leaf; UInt16 column, 65535 in a leaf;
//                                UInt16 left child, counted in its tree (the right one follows it)
//   UInt64                       FNV-1a of all bytes before

extension Model {
  private static let version = "1"

  /// The bytes of the model's file. The same model, the same bytes.
  public func serialized() -> [UInt8] {
    var text = "ward-model \(Self.version)\n"
    for name in classes { text += "class \(name.rawValue)\n" }
    for column in columns { text += "column \(column.rawValue)\n" }
    for line in summary { text += "summary \(line.key): \(line.value)\n" }
    text += "base-score \(baseScore)\ntrees \(trees.count)\n"
    text += "nodes \(trees.reduce(0) { $0 + $1.count })\n\n"
    var bytes = Array(text.utf8)
    func put<Value: FixedWidthInteger>(_ value: Value) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    for tree in trees { put(UInt32(tree.count)) }
    for node in trees.lazy.flatMap(\.nodes) {
      put(node.value.bitPattern)
      put(node.column)
      put(node.left)
    }
    put(bytes.withUnsafeBytes { fnv1a($0) })
    return bytes
  }

  /// Reads a model's file.
  ///
  /// - Throws: ``ModelError`` for every file that ``serialized()`` cannot have written.
  public init(parsing bytes: UnsafeRawBufferPointer) throws(ModelError) {
    let header = try ModelHeader(bytes)
    let start = header.end
    let room = bytes.count - start - 8
    let need = header.trees * 4 + header.nodes * 8
    guard need == room else { throw .size(expected: start + need + 8, found: bytes.count) }
    func load<Value: FixedWidthInteger>(_ offset: Int, _: Value.Type) -> Value {
      Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
    guard
      load(bytes.count - 8, UInt64.self)
        == fnv1a(UnsafeRawBufferPointer(rebasing: bytes.dropLast(8)))
    else { throw .checksum }
    var offset = start + header.trees * 4
    var left = header.nodes
    var trees: [Tree] = []
    for index in 0..<header.trees {
      let count = Int(load(start + index * 4, UInt32.self))
      guard count > 0, count <= min(left, Int(UInt16.max)) else { throw .count("nodes", count) }
      left -= count
      trees.append(
        Tree(
          nodes: (0..<count).map { node in
            let at = offset + node * 8
            return Tree.Node(
              value: Float(bitPattern: load(at, UInt32.self)), column: load(at + 4, UInt16.self),
              left: load(at + 6, UInt16.self))
          }))
      offset += count * 8
    }
    guard left == 0 else { throw .count("nodes without a tree", left) }
    try self.init(
      classes: header.classes, columns: header.columns, baseScore: header.baseScore, trees: trees,
      summary: header.summary)
  }
}

/// FNV-1a, 64 bits (draft-eastlake-fnv): finds damage, not forgery.
func fnv1a(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
