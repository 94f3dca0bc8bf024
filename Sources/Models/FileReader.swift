/// The binary part of a file, read from front to end; the checksum at its end was right.
struct FileReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset: Int
  private let end: Int

  /// - Parameter start: where the binary part begins.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int) throws(ModelError) {
    self.bytes = bytes
    offset = start
    end = bytes.count - 8
    guard end >= start else { throw .size(expected: start + 8, found: bytes.count) }
    let body = UnsafeRawBufferPointer(rebasing: bytes.dropLast(8))
    let sum = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self))
    guard sum == fnv1a(body) else { throw .checksum }
  }

  /// Bytes not yet read.
  var room: Int { end - offset }

  mutating func number<Value: FixedWidthInteger>(_: Value.Type) throws(ModelError) -> Value {
    guard room >= MemoryLayout<Value>.size else {
      throw .size(expected: offset + MemoryLayout<Value>.size + 8, found: bytes.count)
    }
    defer { offset += MemoryLayout<Value>.size }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  mutating func float() throws(ModelError) -> Float { Float(bitPattern: try number(UInt32.self)) }

  /// - Throws: ``ModelError/size(expected:found:)`` before any memory is taken for what is not there.
  mutating func floats(_ count: Int) throws(ModelError) -> [Float] {
    guard count >= 0, count <= room / 4 else {
      throw .size(expected: offset + 8, found: bytes.count)
    }
    var result: [Float] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append(try float()) }
    return result
  }

  /// A tree: how many nodes, whether covers follow, the nodes, the covers.
  mutating func tree() throws(ModelError) -> Tree {
    let word = try number(UInt32.self)
    let count = Int(word & 0xFFFF)
    guard word >> 16 <= 1 else { throw .count("nodes", Int(word)) }
    let nodes = try nodes(count)
    return Tree(nodes: nodes, covers: word >> 16 == 1 ? try floats(count) : [])
  }

  /// The nodes of a tree.
  mutating func nodes(_ count: Int) throws(ModelError) -> [Tree.Node] {
    guard count > 0, count <= Int(UInt16.max), count <= room / 8 else {
      throw .count("nodes", count)
    }
    var nodes: [Tree.Node] = []
    nodes.reserveCapacity(count)
    for _ in 0..<count {
      let value = try float()
      let column = try number(UInt16.self)
      nodes.append(Tree.Node(value: value, column: column, left: try number(UInt16.self)))
    }
    return nodes
  }

  mutating func trees(_ count: Int) throws(ModelError) -> [Tree] {
    guard count > 0, count <= room / 12 else { throw .count("trees", count) }
    var result: [Tree] = []
    for _ in 0..<count { result.append(try tree()) }
    return result
  }

  /// Sees to it that nothing is left.
  func finish() throws(ModelError) {
    guard offset == end else { throw .size(expected: offset + 8, found: bytes.count) }
  }
}

/// A file that is being written.
struct FileWriter {
  private(set) var bytes: [UInt8]

  init(header: String) { bytes = Array(header.utf8) }

  mutating func put<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ values: [Float]) {
    for value in values { put(value.bitPattern) }
  }

  mutating func put(_ tree: Tree) {
    put(UInt32(tree.count) | (tree.covers.isEmpty ? 0 : 1 << 16))
    for node in tree.nodes {
      put(node.value.bitPattern)
      put(node.column)
      put(node.left)
    }
    put(tree.covers)
  }

  /// The file with its checksum.
  mutating func finished() -> [UInt8] {
    put(bytes.withUnsafeBytes { fnv1a($0) })
    return bytes
  }
}

/// FNV-1a, 64 bits (draft-eastlake-fnv): finds damage, not forgery.
func fnv1a(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
