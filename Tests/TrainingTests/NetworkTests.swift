import Models
import Tables
import Testing
import Training

struct NetworkTests {
  /// Two columns of which one or the other, but not both, make an attack; no line parts them.
  private func exclusive(_ count: Int) -> Samples {
    var samples = Samples(columns: [.packets, .bytes])
    var dice = Dice(seed: 11)
    for row in 0..<count {
      let (one, two) = (row & 1, row >> 1 & 1)
      samples.append(
        [one, two].map { Float(Double($0) * 8 + 2 * dice.unit()) },
        label: one == two ? "BENIGN" : "DDOS", group: "g/\(row % 5)")
    }
    samples.arrange()
    return samples
  }

  @Test func `a perceptron learns what no line parts`() throws {
    let samples = exclusive(1_200)
    var options = Hyperparameters()
    options.epochs = 40
    let plan = Plan(families: [.perceptron], options: options, seed: 3)
    let rows = Array(0..<1_000)
    let vote = try Vote(samples, plan, from: rows, stop: [])
    let test = Array(1_000..<1_200)
    let said = try vote.predict(samples.gather(test))
    let scores = Scores(
      classes: samples.classes, said: said, truth: test.map { Int(samples.labels[$0]) })
    #expect(scores.macroF1 > 0.98)
    #expect(vote.epochs == 40)
  }

  @Test func `learning ends when held-out rows get no better`() throws {
    // Labels of chance: what is learned of them helps nobody.
    var samples = Samples(columns: [.packets])
    var dice = Dice(seed: 2)
    for row in 0..<600 {
      samples.append(
        [Float(dice.below(100))], label: dice.unit() < 0.5 ? "BENIGN" : "DDOS",
        group: "g/\(row % 2)")
    }
    samples.arrange()
    var options = Hyperparameters()
    (options.epochs, options.step) = (60, 0.01)
    let plan = Plan(families: [.perceptron], options: options, seed: 3)
    let split = samples.split(holding: ["g/1"])
    let vote = try Vote(samples, plan, from: split.learn, stop: split.test)
    #expect(try #require(vote.epochs) < 50)
  }
}
