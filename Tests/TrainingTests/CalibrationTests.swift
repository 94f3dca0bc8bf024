import Tables
import Testing
import Training

struct CalibrationTests {
  @Test func `adjacent violators are pooled`() {
    // One row against stands at either end: 1 at 0, 0 at 1.
    // 1 | 0 0 0 | 1 | 0 1 1 | 0  pools as  1 0 0 0 | 1 0 | 1 1 0.
    let said: [Float] = [0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8]
    let hit = [false, false, false, true, false, true, true]
    let curve = Isotonic(said: said, hit: hit, weights: [Float](repeating: 1, count: 7))
    let bends: [Float] = [0, 0.3, 0.5, 0.6, 0.7, 1]
    #expect(curve.inputs == bends)
    let shares: [Float] = [0.25, 0.25, 0.5, 0.5, 2 / 3, 2 / 3]
    #expect(curve.outputs == shares)
    #expect(curve(0.3) == 0.25)
    #expect(abs(curve(0.4) - 0.375) < 1e-6)
    #expect(curve(0.99) == shares[5])
  }

  @Test func `a curve never falls, and never says 0 or 1`() {
    var dice = Dice(seed: 5)
    let said = (0..<500).map { _ in Float(dice.below(40)) / 39 }
    let hit = said.map { Double($0) > dice.unit() }
    let curve = Isotonic(said: said, hit: hit, weights: [Float](repeating: 1, count: 500))
    #expect(zip(curve.outputs, curve.outputs.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(zip(curve.inputs, curve.inputs.dropFirst()).allSatisfy { $0 < $1 })
    #expect(curve(0) > 0)
    #expect(curve(1) < 1)
  }

  @Test func `equal probabilities are one point`() {
    let curve = Isotonic(
      said: [0.5, 0.5, 0.5, 0.5], hit: [true, false, true, true],
      weights: [1, 1, 1, 1])
    // With the rows at the ends: 1 | 1 0 1 1 | 0 falls throughout.
    let share: Float = 4 / 6
    #expect(curve.outputs.allSatisfy { $0 == share })
  }

  @Test func `the calibration error is that of a hand example`() {
    let reliability = Reliability(
      said: [0.9, 0.1, 0.8, 0.2, 0.35, 0.65, 0.6, 0.4], truth: [0, 0, 1, 1], classes: 2)
    // Confidences 0.9 and 0.8, right, each in a bin of its own; 0.65, right, and 0.6, wrong, in one.
    let (error, brier) = (0.55 / 4, 1.065 / 4)
    #expect(abs(reliability.error - error) < 1e-6)
    #expect(abs(reliability.brier - brier) < 1e-6)
    let bin = reliability.bins[9]
    #expect(bin.rows == 2)
    #expect(abs(bin.confidence - 0.625) < 1e-6)
    #expect(bin.right == 0.5)
  }

  @Test func `a bar lets no more false calls through than asked`() {
    let calls: [(confidence: Float, weight: Double)] = [(0.95, 1), (0.9, 1), (0.8, 1), (0.72, 1)]
    #expect(SureBar.bar(falseCalls: calls, benign: 1_000, rate: 4e-3) == 0.70)
    #expect(SureBar.bar(falseCalls: calls, benign: 1_000, rate: 2e-3) == Float(0.8).nextUp)
    #expect(SureBar.bar(falseCalls: calls, benign: 1_000, rate: 0) == Float(0.95).nextUp)
    #expect(SureBar.bar(falseCalls: [(0.99999, 1)], benign: 1_000, rate: 0) == SureBar.never)
    #expect(SureBar.bar(falseCalls: [], benign: 1_000, rate: 0) == SureBar.least)
    // Rows of one confidence come in together or not at all.
    let equal: [(confidence: Float, weight: Double)] = [(0.9, 1), (0.9, 1)]
    #expect(SureBar.bar(falseCalls: equal, benign: 1_000, rate: 1e-3) == Float(0.9).nextUp)
  }

  @Test func `no source decides by its size`() {
    var samples = Samples(columns: [.packets])
    for row in 0..<1_000 { samples.append([Float(row)], label: "BENIGN", group: "big/1") }
    for row in 0..<10 { samples.append([Float(row)], label: "BENIGN", group: "small/1") }
    samples.append([0], label: "DDOS", group: "big/1")
    samples.arrange()
    let rows = Array(0..<1_010)
    // One false call in the small source weighs as much as a hundred in the big one.
    func bar(_ wrong: Int) -> Float {
      let said = rows.flatMap { row -> [Float] in row == wrong ? [0.1, 0.9] : [0.9, 0.1] }
      return SureBar.bars(samples, rows: rows, said: said, benign: 0, rate: 1e-3)[1]
    }
    #expect(bar(5) == 0.70)
    #expect(bar(1_005) == Float(0.9).nextUp)
  }

  @Test func `ranking counts attacks found before the first false alerts`() {
    let scores: [Float] = [0.9, 0.8, 0.8, 0.7, 0.6, 0.1]
    let ranking = Ranking(scores: scores, isAttack: [true, true, true, false, true, false])
    #expect(ranking.recallAt1e3 == 0.75)
    let area = 3.8 / 4
    #expect(abs(ranking.area - area) < 1e-12)
    // A benign row among equals counts before the attacks beside it.
    let tied = Ranking(scores: [0.9, 0.9, 0.2], isAttack: [true, false, true])
    #expect(tied.recallAt1e3 == 0)
  }
}
