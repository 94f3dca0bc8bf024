import Time

/// What is played, when, from which seed.
struct Production {
  var seed: UInt64
  var start: Timestamp
  /// How long, µs.
  var length: Int64
  /// Played one after another, each in an equal share of the time between the first and the last
  /// tenth.
  var attacks: [Act]
  /// Whether the honest play.
  var benign = true

  /// Plays everything.
  func scene() -> Scene {
    var scene = Scene(seed: seed)
    let span = start.microseconds..<(start.microseconds + length)
    if benign {
      for act in Act.benign { Self.play(act, span, seed, &scene) }
    }
    if !attacks.isEmpty {
      let first = span.lowerBound + length / 10
      let slot = length * 8 / 10 / Int64(attacks.count)
      for (index, act) in attacks.enumerated() {
        scene.beginAttack(index)
        let begin = first + Int64(index) * slot
        Self.play(act, begin..<(begin + slot), seed, &scene)
      }
    }
    scene.random = Generator(seed: seed, stream: "neighbours")
    scene.introduceNeighbours()
    return scene
  }

  /// Plays one act with chance of its own.
  static func play(_ act: Act, _ span: Range<Int64>, _ seed: UInt64, _ scene: inout Scene) {
    scene.random = Generator(seed: seed, stream: act.name)
    act.play(&scene, span)
  }

  /// Every attack in an order chosen by the seed.
  static func allAttacks(seed: UInt64) -> [Act] {
    var random = Generator(seed: seed, stream: "order")
    return random.sample(Act.attacks, Act.attacks.count)
  }
}
