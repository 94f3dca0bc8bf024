import Tables

/// Made-up flow rows with structure: as many zeros as real ones have, long tails, and classes that
/// depend on several columns at once.
struct Rows {
  let width: Int
  let classes: Int
  private(set) var values: [Float] = []
  private(set) var labels: [Float] = []

  /// The same seed, the same rows.
  init(_ count: Int, width: Int, classes: Int, seed: UInt64) {
    (self.width, self.classes) = (width, classes)
    var dice = Dice(state: seed)
    var centres = Dice(state: 99)
    let profiles = (0..<classes).map { _ in (0..<width).map { _ in centres.share() } }
    values.reserveCapacity(count * width)
    for _ in 0..<count {
      let label = Int(dice.next() % UInt64(classes))
      // One row in twenty is called something else.
      labels.append(Float(dice.share() < 0.05 ? Int(dice.next() % UInt64(classes)) : label))
      let level = dice.share()
      for column in 0..<width {
        let profile = profiles[label][column]
        // Columns in the last two thirds are mostly 0.
        let isBusy = column % 3 == 0 || dice.share() < 0.1 + 0.4 * profile
        let value = isBusy ? (profile + level + 1.5 * dice.share()) : 0
        values.append(column % 2 == 0 ? Float(Int(value * value * 40)) : value * value * value)
      }
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Dice {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// 0 to 1.
  mutating func share() -> Float { Float(next() >> 40) / Float(1 << 24) }
}
