import Addresses
import Tables

extension Act {
  /// Looking for open ports on one host, or for hosts with one port open.
  static let portScans: [Act] = [
    Act("scan-syn") { scene, slot in vertical(.syn, slot, &scene) },
    Act("scan-connect") { scene, slot in connectScan(slot, &scene) },
    Act("scan-fin") { scene, slot in vertical(.fin, slot, &scene) },
    Act("scan-null") { scene, slot in vertical([], slot, &scene) },
    Act("scan-xmas") { scene, slot in vertical([.fin, .psh, .urg], slot, &scene) },
    Act("scan-udp") { scene, slot in udpScan(slot, &scene) },
    Act("sweep") { scene, slot in sweep(slot, &scene) },
  ]

  private static let common: [UInt16] = [
    21, 22, 23, 25, 53, 80, 81, 88, 110, 111, 113, 119, 135, 139, 143, 161, 179, 199, 389, 443, 445,
    465, 514, 515, 548, 554, 587, 631, 636, 873, 990, 993, 995, 1025, 1080, 1433, 1521, 1720, 1723,
    1883, 2049, 2121, 2575, 3000, 3128, 3306, 3389, 5000, 5060, 5432, 5900, 6000, 6379, 7547, 8000,
    8008, 8080, 8081, 8443, 8888, 9100, 9200, 10000, 11112, 27017, 32768, 49152,
  ]

  private static func ports(_ count: Int, _ scene: inout Scene) -> [UInt16] {
    switch scene.random.number(0...2) {
    case 0: return scene.random.sample(common, min(count, common.count))
    case 1:
      let first = scene.random.number(1...20_000)
      return (0..<count).map { UInt16(first + $0) }
    default: return (0..<count).map { _ in UInt16(scene.random.number(1...65535)) }
    }
  }

  /// How the scanned host takes a probe: some ports open, closed ones answer or not.
  static func verticalScan(
    _ flags: Flags, from attacker: Host, to victim: Host, _ slot: Range<Int64>,
    rate: ClosedRange<Double>, seconds: ClosedRange<Double> = 4...60, limit: Int = 6000,
    _ scene: inout Scene
  ) {
    let burst = Burst(&scene, in: slot, rate: rate, seconds: seconds, limit: limit)
    let tool = Tool(&scene.random)
    let filtered = scene.random.chance(0.3)
    let targets = ports(burst.times.count, &scene)
    for (index, time) in burst.times.enumerated() {
      let from = attacker.at(tool.port(index, &scene.random))
      let port = targets[index % targets.count]
      let open = scene.random.chance(0.03)
      guard flags != .syn else {
        handshake(time, from, victim, port, tool, answer: open ? 3 : filtered ? 0 : 1, &scene)
        continue
      }
      let sequence = scene.random.word32()
      scene.wire.tcp(
        time, from, victim.at(port),
        Segment(flags: flags, sequence: sequence, window: tool.window))
      guard !open, !filtered else { continue }
      scene.wire.tcp(
        time + scene.trip(victim), victim.at(port), from,
        Segment(flags: [.rst, .ack], sequence: 0, acknowledgment: sequence, window: 0))
    }
    scene.blame(.portScan, burst, from: attacker, to: victim)
  }

  private static func vertical(_ flags: Flags, _ slot: Range<Int64>, _ scene: inout Scene) {
    let attacker = scene.attacker()
    verticalScan(flags, from: attacker, to: scene.victim(), slot, rate: 2...3000, &scene)
  }

  private static func connectScan(_ slot: Range<Int64>, _ scene: inout Scene) {
    let (attacker, victim) = (scene.attacker(), scene.victim())
    let burst = Burst(&scene, in: slot, rate: 2...1500, seconds: 4...60, limit: 3000)
    let filtered = scene.random.chance(0.25)
    let targets = ports(burst.times.count, &scene)
    for (index, time) in burst.times.enumerated() {
      var talk = Conversation(
        &scene, at: time, attacker, victim, port: targets[index % targets.count])
      if scene.random.chance(0.04) {
        talk.open(&scene)
        talk.abort(.client, &scene)
      } else if filtered {
        talk.unanswered(&scene, tries: 2)
      } else {
        talk.refused(&scene)
      }
    }
    scene.blame(.portScan, burst, from: attacker, to: victim)
  }

  private static func udpScan(_ slot: Range<Int64>, _ scene: inout Scene) {
    let (attacker, victim) = (scene.attacker(), scene.victim())
    let burst = Burst(&scene, in: slot, rate: 2...1500, seconds: 4...60, limit: 3000)
    let tool = Tool(&scene.random)
    let targets = ports(burst.times.count, &scene)
    let size = scene.random.pick([0, 0, 8, 30])
    let everyNth = scene.random.pick([1, 1, 20, 1_000_000])
    for (index, time) in burst.times.enumerated() {
      let from = attacker.at(tool.port(index, &scene.random))
      let to = victim.at(targets[index % targets.count])
      scene.wire.udp(time, from, to, scene.random.bytes(size))
      if index % everyNth == 0 {
        scene.unreachable(time + scene.trip(victim), to, from, length: size)
      }
    }
    scene.blame(.portScan, burst, from: attacker, to: victim)
  }

  private static func sweep(_ slot: Range<Int64>, _ scene: inout Scene) {
    let attacker = scene.random.chance(0.8) ? scene.intruder : scene.room.remote(&scene.random)
    let burst = Burst(&scene, in: slot, rate: 2...1000, seconds: 5...60, limit: 254)
    let tool = Tool(&scene.random)
    let port = scene.random.pick([22, 80, 443, 1883, 104, 2575, 8080, 0])
    probe(from: attacker, burst, ports: [UInt16(port)], tool, &scene)
    scene.blame(.portScan, burst, from: attacker, to: nil)
  }

  /// One probe to each address of the network in turn; port 0 is a ping. Nobody's addresses see
  /// only an ARP request when the prober is inside.
  static func probe(
    from attacker: Host, _ burst: Burst, ports: [UInt16], _ tool: Tool, _ scene: inout Scene
  ) {
    let live = scene.room.inside
    let dead = scene.room.unused(&scene.random, 180)
    let addresses = scene.random.sample(live.map(\.address) + dead, live.count + dead.count)
    let hosts = Dictionary(live.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, time) in burst.times.enumerated() {
      let address = addresses[index / ports.count % addresses.count]
      let port = ports[index % ports.count]
      let answer = scene.random.chance(0.1) ? 3 : 1
      if let host = hosts[address] {
        guard host.address != attacker.address else { continue }
        if port == 0 {
          scene.ping(time, attacker, host, id: 1, sequence: UInt16(index % 65536), size: 0)
        } else {
          let from = attacker.at(tool.port(index, &scene.random))
          handshake(time, from, host, port, tool, answer: answer, &scene)
        }
      } else if attacker.hops == 0 {
        scene.whoHas(time, attacker, address)
      } else if port != 0 {
        var ghost = scene.room.gateway
        ghost.address = address
        let from = attacker.at(tool.port(index, &scene.random))
        handshake(time, from, ghost, port, tool, answer: 0, &scene)
      }
    }
  }
}
