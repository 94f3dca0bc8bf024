import Tables

/// Names and their numbers, in the order in which they came.
struct Names: Sendable {
  private(set) var all: [String] = []
  private var numbers: [String: Int32] = [:]

  /// The number of a name, a new one if it is new.
  mutating func number(_ name: String) -> Int32 {
    if let known = numbers[name] { return known }
    let number = Int32(all.count)
    all.append(name)
    numbers[name] = number
    return number
  }

  /// Puts the names in order and drops those that do not occur.
  ///
  /// - Returns: the new number of each old one; -1 for a dropped one.
  mutating func arrange(_ wanted: Set<Int32>) -> [Int32] {
    let old = all
    let kept = old.indices.filter { wanted.contains(Int32($0)) }
      .sorted { Self.rank(old[$0]) < Self.rank(old[$1]) }
    var moved = [Int32](repeating: -1, count: old.count)
    for (new, index) in kept.enumerated() { moved[index] = Int32(new) }
    all = kept.map { old[$0] }
    numbers = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, Int32($0)) })
    return moved
  }

  /// The attacks stand in the order of ``Tables/Attack``, names of public tables behind them.
  private static func rank(_ name: String) -> (Int, String) {
    (Attack(rawValue: name).flatMap { Attack.allCases.firstIndex(of: $0) } ?? .max, name)
  }
}
