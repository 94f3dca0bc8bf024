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
  /// Rows go in blocks that stay in the first-level cache while all trees pass over them; trees that
  /// do not stay in the second are passed over fewer times, by larger blocks.
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
          let step = self.nodes.count > Self.cached ? 256 : 64
          for block in stride(from: 0, to: count, by: step) {
            let size = min(step, count - block)
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

  /// Nodes that a second-level cache holds beside the rows: 256 KiB.
  private static let cached = 1 << 15

  /// One tree over one block, eight rows at a time: their steps overlap, as none waits for another's.
  @inline(__always)
  private static func walk(
    _ nodes: UnsafePointer<Tree.Node>, _ leaves: UnsafePointer<Float>, depth: Int,
    _ rows: UnsafePointer<Float>, _ width: Int, _ count: Int,
    _ margins: UnsafeMutablePointer<Float>, _ classes: Int
  ) {
    @inline(__always) func step(_ node: inout Int, _ row: UnsafePointer<Float>) {
      let split = nodes[node]
      node = Int(split.left) &+ (row[Int(split.column)] >= split.value ? 1 : 0)
    }
    @inline(__always) func add(_ node: Int, _ row: Int) {
      margins[row &* classes] += leaves[node]
    }
    var index = 0
    while index &+ 8 <= count {
      let (low, high) = (rows + index &* width, rows + (index &+ 4) &* width)
      var (a, b, c, d, e, f, g, h) = (0, 0, 0, 0, 0, 0, 0, 0)
      for _ in 0..<depth {
        step(&a, low)
        step(&b, low + width)
        step(&c, low + 2 &* width)
        step(&d, low + 3 &* width)
        step(&e, high)
        step(&f, high + width)
        step(&g, high + 2 &* width)
        step(&h, high + 3 &* width)
      }
      add(a, index)
      add(b, index &+ 1)
      add(c, index &+ 2)
      add(d, index &+ 3)
      add(e, index &+ 4)
      add(f, index &+ 5)
      add(g, index &+ 6)
      add(h, index &+ 7)
      index &+= 8
    }
    while index < count {
      var node = 0
      for _ in 0..<depth { step(&node, rows + index &* width) }
      add(node, index)
      index &+= 1
    }
  }
}
