/// Exact path-dependent TreeSHAP, in time proportional to the nodes.
///
/// A leaf of value v, on whose path the columns M are asked, gives column i the Shapley value
///
///     (oᵢ − zᵢ) v ∫₀¹ ∏ⱼ∈M∖i (t oⱼ + (1 − t) zⱼ) dt
///
/// where oⱼ is 1 if the row meets all the path's conditions on j, else 0, and zⱼ the share of the covers
/// that does: the integral of tᵏ(1 − t)ᵐ is the weight k! m! ÷ (k + m + 1)! of Lundberg's algorithm 2. The
/// integrand is a polynomial, so a handful of points give it exactly; no factor is 0 at any of them, so a
/// column is taken out of the product by division, and a node needs the sum over its leaves only (the
/// idea of Yu et al., "Linear TreeShap", NeurIPS 2022).
struct TreeExplainer: Sendable {
  /// As many points as the deepest tree may need: columns on a path ÷ 2.
  private enum Rule: Sendable {
    case four(Quadrature<SIMD4<Float>>)
    case eight(Quadrature<SIMD8<Float>>)
    case sixteen(Quadrature<SIMD16<Float>>)
  }

  private let rule: Rule

  /// - Parameter depth: of the deepest tree, at most ``Tree/deepest``.
  init(depth: Int) {
    switch depth {
    case ...8: rule = .four(Quadrature())
    case ...16: rule = .eight(Quadrature())
    default: rule = .sixteen(Quadrature())
    }
  }

  /// Adds to `sums`, a number a column, what the columns add to the sum of some trees.
  ///
  /// - Parameter turns: which trees; those without covers say nothing.
  func explain(_ row: [Float], _ trees: [Tree], _ turns: some Sequence<Int>, _ sums: inout [Double])
  {
    switch rule {
    case .four(let rule): explain(row, trees, turns, &sums, rule)
    case .eight(let rule): explain(row, trees, turns, &sums, rule)
    case .sixteen(let rule): explain(row, trees, turns, &sums, rule)
    }
  }

  private func explain<Lanes>(
    _ row: [Float], _ trees: [Tree], _ turns: some Sequence<Int>, _ sums: inout [Double],
    _ rule: Quadrature<Lanes>
  ) {
    var states = [ColumnState](repeating: ColumnState(), count: row.count)
    row.withUnsafeBufferPointer { row in
      states.withUnsafeMutableBufferPointer { states in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let row = row.baseAddress, let states = states.baseAddress,
            let sums = sums.baseAddress
          else { return }
          for turn in turns where !trees[turn].covers.isEmpty {
            trees[turn].nodes.withUnsafeBufferPointer { nodes in
              trees[turn].covers.withUnsafeBufferPointer { covers in
                guard let nodes = nodes.baseAddress, let covers = covers.baseAddress else { return }
                let walk = Walk(
                  nodes: nodes, covers: covers, row: row, states: states, sums: sums,
                  points: rule.points, others: 1 - rule.points)
                _ = walk.child(0, rule.weights)
              }
            }
          }
        }
      }
    }
  }
}

/// What the path so far says of a column.
private struct ColumnState {
  /// The share of the covers that meets all conditions on it; of no account where the row does not.
  var share: Float = 1
  /// Whether the row does.
  var isMet = true
}

/// A row on its way through one tree.
private struct Walk<Lanes: SIMD> where Lanes.Scalar == Float {
  let nodes: UnsafePointer<Tree.Node>
  let covers: UnsafePointer<Float>
  let row: UnsafePointer<Float>
  let states: UnsafeMutablePointer<ColumnState>
  let sums: UnsafeMutablePointer<Double>
  /// t at the points of the rule.
  let points: Lanes
  /// 1 − t.
  let others: Lanes

  /// Shares stay above this, so that no factor is 0; what so few rows do moves no sum.
  private static var least: Float { 1e-30 }

  private func descend(_ index: Int, _ product: Lanes) -> Lanes {
    let node = nodes[index]
    let (column, left) = (Int(node.column), Int(node.left))
    let hot = left &+ (row[column] >= node.value ? 1 : 0)
    let cold = left &+ left &+ 1 &- hot
    let before = states[column]
    let part = covers[hot] / (covers[left] + covers[left + 1])
    guard before.isMet else {
      // The column's factor is (1 − t) × share before and behind: the split itself says nothing.
      return child(hot, product * part) + child(cold, product * (1 - part))
    }
    let share = max(before.share * part, Self.least)
    let former = points + others * before.share
    let rest = before.share < 1 ? product / former : product
    let own = points + others * share
    states[column] = ColumnState(share: share, isMet: true)
    let met = child(hot, rest * own)
    states[column] = ColumnState(share: share, isMet: false)
    let unmet = child(cold, rest * others * max(before.share * (1 - part), Self.least))
    states[column] = before
    var said = met / own * (1 - share) - unmet / others
    // The split above that asked the same column will count these leaves as its own.
    if before.share < 1 { said -= (met + unmet) / former * (1 - before.share) }
    sums[column] += Double(said.sum())
    return met + unmet
  }

  /// Adds what the splits from this node on say.
  ///
  /// - Parameter product: the factors of the columns above, times the weights of the rule.
  /// - Returns: the sum over the leaves of value times product.
  @inline(__always) func child(_ index: Int, _ product: Lanes) -> Lanes {
    nodes[index].column == Tree.Node.leaf ? product * nodes[index].value : descend(index, product)
  }
}

extension Tree {
  /// The mean of the leaves by covers: what is expected where no column is known. 0 without covers.
  var expectation: Double {
    guard !covers.isEmpty else { return 0 }
    var shares = [Double](repeating: 1, count: nodes.count)
    var sum = 0.0
    for (index, node) in nodes.enumerated() {
      guard node.column != Node.leaf else {
        sum += shares[index] * Double(node.value)
        continue
      }
      let left = Int(node.left)
      let whole = Double(covers[left]) + Double(covers[left + 1])
      for child in [left, left + 1] {
        shares[child] = shares[index] * Double(covers[child]) / whole
      }
    }
    return sum
  }
}
