import Glibc

/// Grows the trees of a ``Baseline``.
public struct IsolationGrower: Sendable {
  /// Rows a tree.
  public var sample = 256
  /// Trees.
  public var trees = 100
  private var state: UInt64

  /// The same seed and rows make the same trees.
  public init(seed: UInt64) { state = seed }

  /// Grows.
  ///
  /// - Parameter rows: values ≥ 0, row after row, at least two rows of `width` values.
  /// - Returns: trees, and the rows that each was grown from.
  public mutating func grow(_ rows: [Float], width: Int) -> (trees: [Tree], sample: Int) {
    let count = rows.count / width
    precondition(count >= 2, "one row is no crowd")
    let size = min(sample, count)
    let most = Int(ceil(log2(Double(size))))
    return ((0..<trees).map { _ in tree(rows, width, pick(size, of: count), most) }, size)
  }

  private mutating func next() -> UInt64 {  // SplitMix64 (Steele, Lea and Flood 2014)
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private mutating func index(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private mutating func pick(_ size: Int, of count: Int) -> [Int] {
    var places = Array(0..<count)
    for place in 0..<size { places.swapAt(place, place + index(below: count - place)) }
    return Array(places.prefix(size))
  }

  /// A tree in order of breadth: every child lies behind its parent.
  private mutating func tree(_ rows: [Float], _ width: Int, _ places: [Int], _ most: Int) -> Tree {
    var nodes: [Tree.Node] = []
    var waiting = [(places: places, depth: 0)]
    var taken = 0
    while taken < waiting.count {
      let (places, depth) = waiting[taken]
      taken += 1
      guard depth < most, places.count > 1, let split = split(rows, width, places) else {
        let value = Float(depth) + Baseline.averagePath(places.count)
        nodes.append(Tree.Node(value: value, column: Tree.Node.leaf, left: 0))
        continue
      }
      nodes.append(
        Tree.Node(value: split.value, column: UInt16(split.column), left: UInt16(waiting.count)))
      let sides = [false, true].map { isRight in
        places.filter { (rows[$0 * width + split.column] >= split.value) == isRight }
      }
      waiting += sides.map { ($0, depth + 1) }
    }
    return Tree(nodes: nodes)
  }

  /// A column of chance among those that differ, and a value of chance between its extremes, even in
  /// log(1 + x): most columns are counts with long tails.
  private mutating func split(
    _ rows: [Float], _ width: Int, _ places: [Int]
  ) -> (column: Int, value: Float)? {
    for _ in 0..<(2 * width) {
      let column = index(below: width)
      let values = places.lazy.map { max(0, rows[$0 * width + column]) }
      guard let low = values.min(), let high = values.max(), low < high else { continue }
      let part = Float(next() >> 40) / Float(1 << 24)
      let value = expm1f(log1pf(low) + part * (log1pf(high) - log1pf(low)))
      return (column, value > low && value <= high ? value : high)
    }
    return nil
  }
}
