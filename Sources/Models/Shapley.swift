/// The way from a root to a node, as TreeSHAP keeps it: one entry a column met so far.
private struct PathEntry {
  /// -1 for the entry before any column.
  var column: Int
  /// Of what reached the column's splits, the part that goes on when the column is not known.
  var zero: Double
  /// 1 if the row goes on, else 0.
  var one: Double
  /// The weight of the subsets of this size.
  var weight: Double
}

extension Tree {
  /// Adds `part` times the Shapley value of every column for this tree's output: Algorithm 2 of Lundberg,
  /// Erion and Lee, "Consistent Individualized Feature Attribution for Tree Ensembles" (2018).
  ///
  /// A tree without ``covers`` adds nothing.
  func addShapley(_ row: [Float], _ part: Double, to sum: inout [Double]) {
    guard !covers.isEmpty else { return }
    descend(0, [PathEntry(column: -1, zero: 1, one: 1, weight: 1)], row, part, &sum)
  }

  private func descend(
    _ index: Int, _ path: [PathEntry], _ row: [Float], _ part: Double, _ sum: inout [Double]
  ) {
    let node = nodes[index]
    guard node.column != Node.leaf else {
      return credit(path, Double(node.value) * part, &sum)
    }
    let column = Int(node.column)
    let left = Int(node.left)
    let hot = row[column] >= node.value ? left + 1 : left
    var (zero, one, rest) = (1.0, 1.0, path)
    if let before = path.firstIndex(where: { $0.column == column }) {
      (zero, one) = (path[before].zero, path[before].one)
      rest = Self.unwound(path, before)
    }
    for child in [left, left + 1] {
      let share = Double(covers[child]) / Double(covers[index])
      let entry = PathEntry(
        column: column, zero: zero * share, one: child == hot ? one : 0, weight: 0)
      descend(child, Self.extended(rest, entry), row, part, &sum)
    }
  }

  private func credit(_ path: [PathEntry], _ value: Double, _ sum: inout [Double]) {
    for index in path.indices.dropFirst() {
      let entry = path[index]
      sum[entry.column] += Self.unwoundWeight(path, index) * (entry.one - entry.zero) * value
    }
  }

  private static func extended(_ path: [PathEntry], _ entry: PathEntry) -> [PathEntry] {
    let depth = path.count
    var result = path
    result.append(entry)
    for index in stride(from: depth - 1, through: 0, by: -1) {
      let weight = result[index].weight
      result[index + 1].weight += entry.one * weight * Double(index + 1) / Double(depth + 1)
      result[index].weight = entry.zero * weight * Double(depth - index) / Double(depth + 1)
    }
    return result
  }

  private static func unwound(_ path: [PathEntry], _ place: Int) -> [PathEntry] {
    let depth = path.count - 1
    let (zero, one) = (path[place].zero, path[place].one)
    var result = path
    var next = path[depth].weight
    for index in stride(from: depth - 1, through: 0, by: -1) {
      if one != 0 {
        let weight = result[index].weight
        result[index].weight = next * Double(depth + 1) / (Double(index + 1) * one)
        next = weight - result[index].weight * zero * Double(depth - index) / Double(depth + 1)
      } else {
        result[index].weight =
          result[index].weight * Double(depth + 1) / (zero * Double(depth - index))
      }
    }
    for index in place..<depth {
      (result[index].column, result[index].zero, result[index].one) =
        (result[index + 1].column, result[index + 1].zero, result[index + 1].one)
    }
    result.removeLast()
    return result
  }

  /// The sum of the weights of ``unwound(_:_:)``.
  private static func unwoundWeight(_ path: [PathEntry], _ place: Int) -> Double {
    let depth = path.count - 1
    let (zero, one) = (path[place].zero, path[place].one)
    var (next, total) = (path[depth].weight, 0.0)
    for index in stride(from: depth - 1, through: 0, by: -1) {
      if one != 0 {
        let weight = next * Double(depth + 1) / (Double(index + 1) * one)
        total += weight
        next = path[index].weight - weight * zero * Double(depth - index) / Double(depth + 1)
      } else if zero != 0 {
        total += path[index].weight * Double(depth + 1) / (zero * Double(depth - index))
      }
    }
    return total
  }
}
