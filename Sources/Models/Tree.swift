/// A decision tree: node 0 is the root, and every child lies behind its parent, so that every walk
/// ends.
public struct Tree: Equatable, Sendable {
  /// A split or a leaf, 8 bytes.
  @usableFromInline struct Node: Equatable, Sendable {
    /// Threshold of a split: values below it go left; value of a leaf.
    @usableFromInline var value: Float
    /// Position of a split's column in the model's columns; ``leaf`` marks a leaf.
    @usableFromInline var column: UInt16
    /// The left child; the right one is its neighbour. 0 in a leaf.
    @usableFromInline var left: UInt16

    @usableFromInline static let leaf = UInt16.max
  }

  let nodes: [Node]

  /// How many nodes there are: 1 to 65,535.
  public var count: Int { nodes.count }

  /// Steps from the root to the deepest leaf.
  var depth: Int {
    var depths = [Int](repeating: 0, count: nodes.count)
    for (index, node) in nodes.enumerated() where node.column != Node.leaf {
      for child in [Int(node.left), Int(node.left) + 1] {
        depths[child] = max(depths[child], depths[index] + 1)
      }
    }
    return depths.max() ?? 0
  }

  /// The largest magnitude of a leaf.
  var largestLeaf: Float {
    nodes.reduce(0) { $1.column == Node.leaf ? max($0, $1.value.magnitude) : $0 }
  }

  /// A tree from checked nodes.
  init(nodes: [Node]) { self.nodes = nodes }

  /// A tree from parallel arrays, as XGBoost's JSON has them: negative children mark a leaf, whose
  /// value stands in `values`. Nodes are put in order of breadth.
  ///
  /// - Throws: ``ModelError`` when an index is out of range, the nodes are no tree, or there are too
  ///   many.
  public init(left: [Int], right: [Int], columns: [Int], values: [Float]) throws(ModelError) {
    let count = left.count
    guard count > 0, count <= Int(UInt16.max) else { throw .count("nodes in a tree", count) }
    guard right.count == count, columns.count == count, values.count == count else {
      throw .count("arrays of different lengths", count)
    }
    var order = [0]
    var nodes: [Node] = []
    var next = 0
    while next < order.count {
      let index = order[next]
      let (low, high) = (left[index], right[index])
      if low < 0, high < 0 {
        nodes.append(Node(value: values[index], column: Node.leaf, left: 0))
      } else {
        guard low > 0, low < count, high > 0, high < count, order.count + 2 <= count else {
          throw .child(tree: 0, node: index)
        }
        guard (0..<Int(Node.leaf)).contains(columns[index]) else {
          throw .column(tree: 0, node: index)
        }
        nodes.append(
          Node(
            value: values[index], column: UInt16(columns[index]), left: UInt16(order.count)))
        order += [low, high]
      }
      next += 1
    }
    self.nodes = nodes
  }

  /// Sees to it that no walk leaves the tree or the columns, or goes round.
  func check(columns: Int, tree: Int) throws(ModelError) {
    guard !nodes.isEmpty else { throw .count("nodes in a tree", 0) }
    for (index, node) in nodes.enumerated() {
      guard node.value.isFinite else { throw .notFinite(tree: tree, node: index) }
      guard node.column != Node.leaf else { continue }
      guard Int(node.column) < columns else { throw .column(tree: tree, node: index) }
      guard Int(node.left) > index, Int(node.left) + 1 < nodes.count else {
        throw .child(tree: tree, node: index)
      }
    }
  }
}
