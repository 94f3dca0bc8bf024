import Addresses
import Tables

extension Act {
  /// Segments of no connection from many addresses.
  static let ackFloods: [Act] = [
    Act("ack-flood") { scene, slot in
      let victim = scene.victim()
      let burst = Burst(&scene, in: slot, rate: 200...12_000, limit: 12_000)
      let (tool, style) = (Tool(&scene.random), scene.random.number(1...4))
      let port: UInt16 = scene.random.pick([80, 443, 22, 1883, 8080])
      let flags: Flags = scene.random.pick([.ack, [.psh, .ack], .ack, [.rst, .ack]])
      let answers = scene.random.chance(0.6)
      let fill = scene.random.bytes(scene.random.pick([0, 0, 10, 512]))
      for (index, time) in burst.times.enumerated() {
        let from = Endpoint(
          mac: scene.room.gateway.mac, address: scene.spoofed(style, []),
          port: tool.port(index, &scene.random), ttl: tool.ttl)
        let number = scene.random.word32()
        scene.wire.tcp(
          time, from, victim.at(port),
          Segment(
            flags: flags, sequence: scene.random.word32(), acknowledgment: number,
            window: tool.window), fill[...])
        guard answers, !flags.contains(.rst) else { continue }
        scene.wire.tcp(
          time + scene.trip(victim), victim.at(port), from,
          Segment(flags: .rst, sequence: number, window: 0))
      }
      scene.blame(.ddos, burst, from: nil, to: victim, protocol: 6, port: port)
    }
  ]

  /// Real machines by the dozen against one, with TCP that completes or not, HTTP, or UDP. What sends
  /// nothing but SYNs is a SYN flood, however many send them.
  static let ddos: [Act] = [
    Act("ddos-syn") { scene, slot in
      swarm(slot, as: .synFlood, rate: 150...8000, limit: 8000, &scene) {
        time, bot, victim, tool, scene in
        handshake(
          time, bot.at(scene.port(bot)), victim, 80, tool, answer: 2, &scene)
      }
    },
    Act("ddos-connect") { scene, slot in
      swarm(slot, rate: 80...1500, limit: 3000, &scene) { time, bot, victim, _, scene in
        var talk = Conversation(&scene, at: time, bot, victim, port: 80)
        talk.open(&scene)
        talk.wait(Int64(scene.random.exponential(300_000)), &scene)
        if scene.random.chance(0.7) { talk.abort(.client, &scene) }
      }
    },
    Act("ddos-http") { scene, slot in
      swarm(slot, rate: 80...1000, limit: 2500, &scene) { time, bot, victim, _, scene in
        var talk = Conversation(&scene, at: time, bot, victim, port: 80)
        talk.open(&scene)
        let path = "/?\(scene.random.word(8))=\(scene.random.word(6))"
        talk.say(.client, HTTP.request(path, host: "ward", agent: HTTP.agents[0]), &scene)
        guard scene.random.chance(0.6) else { return }
        talk.wait(Int64(scene.random.exponential(50_000)), &scene)
        talk.say(.server, HTTP.response([UInt8]("busy"), status: "503 Service Unavailable"), &scene)
        talk.close(.server, &scene)
      }
    },
    Act("ddos-udp") { scene, slot in
      let size = Int(scene.random.spread(1...1300))
      swarm(slot, protocol: 17, rate: 300...12_000, limit: 12_000, &scene) {
        time, bot, victim, tool, scene in
        scene.wire.udp(
          time, bot.at(tool.port(0, &scene.random)), victim.at(80), scene.random.bytes(size))
      }
    },
  ]

  private static func swarm(
    _ slot: Range<Int64>, as label: Attack = .ddos, protocol ipProtocol: UInt8 = 6,
    rate: ClosedRange<Double>, limit: Int,
    _ scene: inout Scene, _ strike: (Int64, Host, Host, Tool, inout Scene) -> Void
  ) {
    let victim = scene.random.pick(scene.room.servers)
    let bots = (0..<scene.random.number(50...500)).map { _ in scene.room.remote(&scene.random) }
    let tool = Tool(&scene.random)
    let burst = Burst(&scene, in: slot, rate: rate, limit: limit)
    for time in burst.times { strike(time, scene.random.pick(bots), victim, tool, &scene) }
    scene.blame(label, burst, from: nil, to: victim, protocol: ipProtocol, port: 80)
  }
}
