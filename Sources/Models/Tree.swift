/// A decision tree: node 0 is the root, and every child lies behind its parent, so that every walk
/// ends.
public struct Tree: Equatable, Sendable {
  /// A split or a leaf, 8 bytes.
  struct Node: Equatable, Sendable {
    /// Threshold of a split: values below it go left; value of a leaf.
    var value: Float
    /// Position of a split's column in the model's columns; ``leaf`` marks a leaf.
    var column: UInt16
    /// The left child; the right one is its neighbour. 0 in a leaf.
    var left: UInt16

    static let leaf = UInt16.max
  }

  let nodes: [Node]
  /// How much of the training data passed each node (XGBoost's sum of Hessians); empty where that is
  /// not known, and then nothing can be explained.
  let covers: [Float]

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

  /// No tree is deeper.
  public static let deepest = 32
  /// Covers are never less; a share of nothing is none.
  public static let leastCover: Float = 1e-12

  /// The largest magnitude of a leaf.
  var largestLeaf: Float {
    nodes.reduce(0) { $1.column == Node.leaf ? max($0, $1.value.magnitude) : $0 }
  }

  /// A tree from nodes that are checked later.
  init(nodes: [Node], covers: [Float] = []) {
    self.nodes = nodes
    self.covers = covers
  }

  /// A tree from parallel arrays, as XGBoost's JSON has them: negative children mark a leaf, whose
  /// value stands in `values`. Nodes are put in order of breadth.
  ///
  /// - Parameter covers: what passed each node (`sum_hessian`), less than ``leastCover`` counting as that;
  ///   empty: not known.
  /// - Throws: ``ModelError`` when an index is out of range, the nodes are no tree, or there are too
  ///   many.
  public init(
    left: [Int], right: [Int], columns: [Int], values: [Float], covers: [Float] = []
  ) throws(ModelError) {
    let count = left.count
    guard count > 0, count <= Int(UInt16.max) else { throw .count("nodes in a tree", count) }
    guard right.count == count, columns.count == count, values.count == count,
      covers.isEmpty || covers.count == count
    else { throw .count("arrays of different lengths", count) }
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
    self.covers = covers.isEmpty ? [] : order.map { max(Self.leastCover, covers[$0]) }
  }

  /// Sees to it that no walk leaves the tree or the columns, or goes round, that every node but the root
  /// is the child of one other, and that covers are such.
  func check(columns: Int, tree: Int) throws(ModelError) {
    guard !nodes.isEmpty else { throw .count("nodes in a tree", 0) }
    guard covers.isEmpty || covers.count == nodes.count else { throw .cover(tree: tree, node: 0) }
    var isChild = [Bool](repeating: false, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      guard node.value.isFinite else { throw .notFinite(tree: tree, node: index) }
      guard covers.isEmpty || covers[index] >= Self.leastCover && covers[index] < 1e30 else {
        throw .cover(tree: tree, node: index)
      }
      guard node.column != Node.leaf else { continue }
      guard Int(node.column) < columns else { throw .column(tree: tree, node: index) }
      guard Int(node.left) > index, Int(node.left) + 1 < nodes.count else {
        throw .child(tree: tree, node: index)
      }
      for child in [Int(node.left), Int(node.left) + 1] {
        guard !isChild[child] else { throw .child(tree: tree, node: index) }
        isChild[child] = true
      }
    }
    // Nodes with two parents would make the ways through a tree more than its leaves.
    if let stray = isChild.dropFirst().firstIndex(of: false) {
      throw .child(tree: tree, node: stray)
    }
    guard depth <= Self.deepest else { throw .depth(tree: tree) }
  }
}
