import Models
import Tables
import Training

/// Made-up rows: numbers in which a benign host, a scan and a flood differ, over several captures.
enum Fixture {
  static let columns: [Measure] = [.packets, .bytes, .srcPorts60s, .dstPackets1s, .synCount]

  /// `rows` rows of each of three classes in each of `groups` captures of two sources.
  static func samples(groups: Int = 6, rows: Int = 60, seed: UInt64 = 1) -> Samples {
    var samples = Samples(columns: columns)
    var dice = Dice(seed: seed)
    for group in 0..<groups {
      for row in 0..<(3 * rows) {
        let kind = row % 3
        samples.append(
          cells(kind, &dice), label: ["BENIGN", "PORT_SCAN", "SYN_FLOOD"][kind],
          group: "\(group % 2 == 0 ? "room" : "lab")/\(group)", time: Int64(row) * 1_000_000)
      }
    }
    samples.arrange()
    return samples
  }

  /// A tenth of the rows look like another class's.
  private static func cells(_ kind: Int, _ dice: inout Dice) -> [Float] {
    let kind = dice.unit() < 0.1 ? dice.below(3) : kind
    func about(_ value: Double) -> Float { Float((value * (0.5 + dice.unit())).rounded()) }
    switch kind {
    case 0: return [about(40), about(9_000), about(3), about(20), about(4)]
    case 1: return [about(2), about(90), about(400), about(60), about(2)]
    default: return [about(1), about(60), about(4), about(9_000), about(2)]
    }
  }

  /// The model that a lesson on them makes.
  static func model(
    _ families: [Family], seed: UInt64 = 1, folds: Int = 3
  ) throws -> (Model, Lesson, Samples) {
    var samples = samples()
    _ = samples.collapse()
    var options = Hyperparameters()
    (options.rounds, options.depth, options.trees, options.epochs) = (12, 3, 5, 4)
    var course = Course(plan: Plan(families: families, options: options, seed: seed))
    course.folds = folds
    let split = samples.split(holding: ["room/0"])
    let lesson = try course.run(samples, split) { _ in }
    let classes = samples.classes.compactMap { Attack(rawValue: $0) }
    let model = try lesson.model(
      classes: classes, columns: samples.columns, reference: samples.reference(), summary: [])
    return (model, lesson, samples)
  }
}
