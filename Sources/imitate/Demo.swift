import Addresses
import Time

/// A fixed play of half a minute: calm, a SYN flood from one machine, a port scan, SQL injection,
/// a SYN flood from made-up addresses, calm.
struct Demo {
  /// Its length, µs.
  static let length = 28 * second

  /// A seed whose room is small.
  static let seed: UInt64 = 45

  /// Plays it.
  static func scene(seed: UInt64, start: Timestamp) -> Scene {
    var scene = Scene(seed: seed)
    let zero = start.microseconds
    let honest: [Act] = [
      .ecgMonitors, .pumps, .ventilators, .browsing, .nameAndTime, .announcements, .pings,
      .administration,
    ]
    for act in honest { Production.play(act, zero..<(zero + length), seed, &scene) }
    scene.beginAttack(0)
    scene.random = Generator(seed: seed, stream: "demo")
    func slot(_ from: Int64, _ to: Int64) -> Range<Int64> {
      (zero + from * second)..<(zero + to * second)
    }
    let intruder = scene.intruder
    Act.synFlood(
      from: intruder, to: scene.room.broker, answer: 1, port: 443, slot(6, 10), rate: 400...400,
      seconds: 1.3...1.3, &scene)
    Act.synFlood(
      from: intruder, to: scene.room.broker, answer: 3, port: 1883, slot(8, 12), rate: 400...400,
      seconds: 1.3...1.3, &scene)
    Act.verticalScan(
      .syn, from: intruder, to: scene.room.records, slot(12, 16), rate: 120...120,
      seconds: 2.5...2.5, &scene)
    Act.sqlInjection(
      from: scene.room.remote(&scene.random), to: scene.room.records, slot(16, 20),
      requests: 12...12, &scene)
    Act.spoofedSYNFlood(
      to: scene.room.intranet, port: 80, slot(20, 24), rate: 2500...2500, seconds: 2...2,
      limit: 5000, &scene)
    scene.random = Generator(seed: seed, stream: "neighbours")
    scene.introduceNeighbours()
    return scene
  }
}
