import Addresses
import Tables

extension Act {
  /// Handshakes begun and never completed, from one machine or from made-up addresses.
  static let synFloods: [Act] = [
    Act("syn-flood") { scene, slot in
      let victim = scene.victim()
      let attacker = scene.attacker()
      synFlood(from: attacker, to: victim, answer: scene.random.number(0...3), slot, &scene)
    },
    Act("syn-flood-spoofed") { scene, slot in
      spoofedSYNFlood(to: scene.victim(), slot, rate: 50...10_000, &scene)
    },
    Act("syn-flood-spoofed-fast") { scene, slot in
      spoofedSYNFlood(to: scene.victim(), slot, rate: 3000...20_000, &scene)
    },
  ]

  /// The victim answers: 0 not at all, 1 RST, 2 SYN-ACK, 3 SYN-ACK and the flooder's kernel RST.
  static func synFlood(
    from attacker: Host, to victim: Host, answer: Int, port: UInt16? = nil, _ slot: Range<Int64>,
    rate: ClosedRange<Double> = 8...15_000, seconds: ClosedRange<Double> = 2...30,
    _ scene: inout Scene
  ) {
    let burst = Burst(&scene, in: slot, rate: rate, seconds: seconds, limit: 12_000)
    let port = port ?? scene.random.pick([80, 443, 22, 1883, 8080, 2575, 445, 25])
    let tool = Tool(&scene.random)
    for (index, time) in burst.times.enumerated() {
      let from = attacker.at(tool.port(index, &scene.random))
      handshake(
        time, from, victim, port, tool, answer: answer == 2 && index > 500 ? 0 : answer, &scene)
    }
    scene.blame(.synFlood, burst, from: attacker, to: victim, protocol: 6, port: port)
  }

  /// A flood from addresses that nobody, or a stranger, has.
  static func spoofedSYNFlood(
    to victim: Host, port: UInt16? = nil, _ slot: Range<Int64>, rate: ClosedRange<Double>,
    seconds: ClosedRange<Double> = 2...20, limit: Int = 20_000, _ scene: inout Scene
  ) {
    let burst = Burst(&scene, in: slot, rate: rate, seconds: seconds, limit: limit)
    let port = port ?? scene.random.pick([80, 443, 22, 1883, 8080, 2575])
    let (tool, style) = (Tool(&scene.random), scene.random.number(0...4))
    let unused = scene.room.unused(&scene.random, 200)
    let mac = scene.random.chance(0.5) ? scene.intruder.mac : scene.room.gateway.mac
    let answer = scene.random.pick([0, 0, 1, 2, 2])
    for (index, time) in burst.times.enumerated() {
      let ttl = scene.random.chance(0.5) ? tool.ttl : UInt8(scene.random.number(30...255))
      let from = Endpoint(
        mac: mac, address: scene.spoofed(style, unused),
        port: tool.port(index, &scene.random), ttl: ttl)
      handshake(
        time, from, victim, port, tool,
        answer: style == 0 || answer == 2 && index > 1000 ? 0 : answer, &scene)
    }
    scene.blame(.synFlood, burst, from: nil, to: victim, protocol: 6, port: port)
  }

  /// One SYN with what follows; also used by scans.
  static func handshake(
    _ time: Int64, _ from: Endpoint, _ victim: Host, _ port: UInt16, _ tool: Tool, answer: Int,
    _ scene: inout Scene
  ) {
    var from = from
    if from.ttl == 64 { from.ttl = tool.ttl }
    let to = victim.at(port)
    let sequence = scene.random.word32()
    scene.wire.tcp(
      time, from, to,
      Segment(flags: .syn, sequence: sequence, window: tool.window, options: tool.options))
    guard answer > 0 else { return }
    let later = time + scene.trip(victim)
    guard answer > 1 else {
      return scene.wire.tcp(
        later, to, from,
        Segment(
          flags: [.rst, .ack], sequence: 0, acknowledgment: sequence &+ 1, window: 0))
    }
    let own = scene.random.word32()
    scene.wire.tcp(
      later, to, from,
      Segment(
        flags: [.syn, .ack], sequence: own, acknowledgment: sequence &+ 1,
        window: victim.stack.window, options: [2, 4, 5, 0xB4]))
    guard answer > 2 else { return }
    scene.wire.tcp(
      later + 150 + Int64(scene.random.exponential(200)), from, to,
      Segment(flags: .rst, sequence: sequence &+ 1, window: 0))
  }
}
