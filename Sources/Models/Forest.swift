/// The trees as they are walked: one array of 8-byte nodes, tree after tree.
///
/// A leaf points at itself with a threshold that no value reaches (NaN), so every row takes the same
/// number of steps through a tree and the walks of several rows overlap without branches.
struct Forest: Sendable {
  private struct Root {
    var first: Int
    var depth: Int
  }

  private let nodes: [Tree.Node]
  private let leaves: [Float]
  private let roots: [Root]

  /// Lays out checked trees.
  init(_ trees: [Tree]) {
    var (nodes, leaves, roots): ([Tree.Node], [Float], [Root]) = ([], [], [])
    for tree in trees {
      roots.append(Root(first: nodes.count, depth: tree.depth))
      for (index, node) in tree.nodes.enumerated() {
        let isLeaf = node.column == Tree.Node.leaf
        leaves.append(isLeaf ? node.value : 0)
        nodes.append(
          isLeaf ? Tree.Node(value: .nan, column: 0, left: UInt16(index)) : node)
      }
    }
    (self.nodes, self.leaves, self.roots) = (nodes, leaves, roots)
  }

  /// Adds every tree's leaf to the margins; the order of addition is XGBoost's, tree after tree.
  ///
  /// Rows go in blocks that stay in the first-level cache while all trees pass over them.
  func add(_ rows: UnsafeBufferPointer<Float>, width: Int, to margins: inout [Float], classes: Int)
  {
    let count = rows.count / width
    guard let rows = rows.baseAddress, count > 0 else { return }
    nodes.withUnsafeBufferPointer { nodes in
      leaves.withUnsafeBufferPointer { leaves in
        margins.withUnsafeMutableBufferPointer { margins in
          guard let nodes = nodes.baseAddress, let leaves = leaves.baseAddress,
            let margins = margins.baseAddress
          else { return }
          for block in stride(from: 0, to: count, by: Self.block) {
            let size = min(Self.block, count - block)
            var column = 0
            for root in roots {
              Self.walk(
                nodes + root.first, leaves + root.first, depth: root.depth,
                rows + block * width, width, size, margins + block * classes + column, classes)
              column = column + 1 == classes ? 0 : column + 1
            }
          }
        }
      }
    }
  }

  private static let block = 64

  /// One tree over one block, four rows at a time.
  @inline(__always)
  private static func walk(
    _ nodes: UnsafePointer<Tree.Node>, _ leaves: UnsafePointer<Float>, depth: Int,
    _ rows: UnsafePointer<Float>, _ width: Int, _ count: Int,
    _ margins: UnsafeMutablePointer<Float>, _ classes: Int
  ) {
    @inline(__always) func step(_ node: inout Int, _ row: UnsafePointer<Float>) {
      let split = nodes[node]
      node = Int(split.left) + (row[Int(split.column)] >= split.value ? 1 : 0)
    }
    var index = 0
    while index + 4 <= count {
      let row = rows + index * width
      var (a, b, c, d) = (0, 0, 0, 0)
      for _ in 0..<depth {
        step(&a, row)
        step(&b, row + width)
        step(&c, row + 2 * width)
        step(&d, row + 3 * width)
      }
      let margin = margins + index * classes
      margin[0] += leaves[a]
      margin[classes] += leaves[b]
      margin[2 * classes] += leaves[c]
      margin[3 * classes] += leaves[d]
      index += 4
    }
    while index < count {
      var node = 0
      for _ in 0..<depth { step(&node, rows + index * width) }
      margins[index * classes] += leaves[node]
      index += 1
    }
  }
}
