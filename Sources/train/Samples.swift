import Tables

/// Rows of inputs with labels and groups.
struct Samples {
  let columns: [Measure]
  /// Row after row.
  private(set) var values: [Float] = []
  private(set) var attacks: [Attack] = []
  private(set) var groups: [String] = []
  /// Positions in ``classes``; set by ``number(_:)``.
  private(set) var labels: [Int] = []

  init(columns: [Measure]) { self.columns = columns }

  var count: Int { attacks.count }
  var width: Int { columns.count }

  /// Adds a row.
  mutating func append(_ row: [Float], _ attack: Attack, _ group: String) {
    values += row
    attacks.append(attack)
    groups.append(group)
  }

  /// The classes that occur, in the order of ``Tables/Attack``.
  var classes: [Attack] {
    let present = Set(attacks)
    return Attack.allCases.filter { present.contains($0) }
  }

  /// Gives every row the position of its class; rows of other classes are dropped.
  mutating func number(_ classes: [Attack]) {
    let attacks = attacks
    keep { classes.contains(attacks[$0]) }
    labels = self.attacks.map { classes.firstIndex(of: $0) ?? 0 }
  }

  /// How many rows each class has.
  func counts(_ classes: [Attack]) -> [Int] {
    classes.map { wanted in attacks.count { $0 == wanted } }
  }

  /// The rows of some groups.
  func only(_ wanted: (String) -> Bool) -> Samples {
    var result = self
    result.keep { wanted(groups[$0]) }
    return result
  }

  /// Drops every row but the first of those with the same inputs and label.
  mutating func collapse() {
    var seen: Set<[UInt64]> = []
    let (values, attacks, width) = (values, attacks, width)
    keep { row in
      var (one, two): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, UInt64(attacks[row].hashing))
      for value in values[(row * width)..<((row + 1) * width)] {
        one = (one ^ UInt64(value.bitPattern)) &* 0x100_0000_01B3
        two = (two &+ UInt64(value.bitPattern)) &* 0x9E37_79B9_7F4A_7C15
        two ^= two >> 29
      }
      return seen.insert([one, two]).inserted
    }
  }

  /// At most `most` rows a class, chosen by the seed, shared out evenly among the groups first.
  mutating func thin(to most: Int, seed: UInt64) {
    var state = seed
    let order = (0..<count).map { row in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33, row)
    }.sorted { $0 < $1 }
    var taken: [[String]: Int] = [:]
    let ranked = order.map { _, row in
      let key = [attacks[row].rawValue, groups[row]]
      taken[key, default: 0] += 1
      return (taken[key, default: 0], row)
    }.sorted { $0 < $1 }
    var kept = Set<Int>()
    var counts: [Attack: Int] = [:]
    for (_, row) in ranked where counts[attacks[row], default: 0] < most {
      counts[attacks[row], default: 0] += 1
      kept.insert(row)
    }
    keep { kept.contains($0) }
  }

  private mutating func keep(_ wanted: (Int) -> Bool) {
    var next = 0
    let rows = (0..<count).filter(wanted)
    for row in rows {
      if next != row {
        for column in 0..<width { values[next * width + column] = values[row * width + column] }
        attacks[next] = attacks[row]
        groups[next] = groups[row]
      }
      next += 1
    }
    values.removeLast((count - next) * width)
    attacks.removeLast(attacks.count - next)
    groups.removeLast(groups.count - next)
  }
}

extension Attack {
  /// A number that does not change from run to run, as `hashValue` does.
  fileprivate var hashing: Int { Attack.allCases.firstIndex(of: self) ?? 0 }
}
