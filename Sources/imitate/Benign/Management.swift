extension Act {
  /// The management station asks every machine by SNMP: many hosts from one source, not a scan.
  static let polling = Act("polling") { scene, span in
    let station = scene.room.management
    let silent = scene.room.unused(&scene.random, scene.random.number(0...2))
    let version6 = scene.random.chance(0.3)
    for time in scene.moments(span, every: scene.random.spread(20e6...90e6)) {
      var now = time
      for host in scene.room.inside where host.address != station.address {
        let id = scene.random.word32()
        let count = scene.random.number(1...8)
        let answer = SNMP.response(id, count: count, size: 40, scene.random.bytes(40))
        now = scene.ask(
          now, station, host, port: 161, SNMP.get(id, count: count),
          scene.random.chance(0.93) ? answer : nil, v6: version6)
        now += Int64(scene.random.exponential(20_000))
      }
      for address in silent { scene.whoHas(now, station, address) }
    }
  }

  /// Echo requests to see who is alive.
  static let pings = Act("pings") { scene, span in
    let station = scene.room.management
    let id = scene.random.word16()
    var sequence: UInt16 = 0
    let size = scene.random.pick([32, 56, 56, 64, 1000])
    for time in scene.moments(span, every: scene.random.spread(1e6...60e6)) {
      sequence &+= 1
      var now = time
      for host in scene.room.servers + [scene.room.gateway] + scene.room.devices {
        scene.ping(
          now, station, host, id: id, sequence: sequence, size: size,
          answered: scene.random.chance(0.98))
        now += Int64(scene.random.exponential(30_000))
      }
    }
    for time in scene.arrivals(span, mean: 200e6) {
      let person = scene.random.pick(scene.room.stations)
      let far = scene.random.pick(scene.room.outside)
      let own = scene.random.word16()
      for index in 0..<scene.random.number(4...20) {
        scene.ping(
          time + Int64(index) * second, person, far, id: own, sequence: UInt16(index), size: 32)
      }
    }
  }

  /// SSH sessions of the administrator, typed by hand; a wrong password now and then.
  static let administration = Act("administration") { scene, span in
    for time in scene.arrivals(span, mean: 100e6) {
      let server = scene.random.pick(scene.room.servers + [scene.room.gateway])
      var talk = Conversation(
        &scene, at: time, scene.room.admin, server, port: 22, v6: scene.random.chance(0.3))
      SSH.greet(&talk, &scene)
      for _ in 0..<(scene.random.chance(0.2) ? 2 : 1) {
        talk.wait(Int64(scene.random.real(1e6...4e6)), &scene)
        talk.say(.client, scene.random.bytes(84), &scene)
        talk.wait(Int64(scene.random.exponential(60_000)), &scene)
        talk.say(.server, scene.random.bytes(52), &scene)
      }
      for _ in 0..<scene.random.number(5...120) {
        talk.say(.client, scene.random.bytes(36), &scene)
        talk.say(.server, scene.random.bytes(scene.random.pick([36, 36, 52, 300, 2500])), &scene)
        talk.wait(Int64(scene.random.exponential(350_000)), &scene)
      }
      talk.close(.client, &scene)
    }
  }

  /// Machines set up wrongly: they try a closed port, or a machine that is gone, again and again.
  static let misconfigured = Act("misconfigured") { scene, span in
    let gone = scene.room.remote(&scene.random)
    for host in scene.random.sample(scene.room.devices + scene.room.stations, 2) {
      let closed = scene.random.chance(0.5)
      let port = UInt16(scene.random.pick([443, 8080, 9100, 515, 8883, 5672, 3000]))
      let server = scene.random.pick(scene.room.servers)
      for time in scene.moments(span, every: scene.random.spread(3e6...60e6)) {
        var talk = Conversation(&scene, at: time, host, closed ? server : gone, port: port)
        if closed { talk.refused(&scene) } else { talk.unanswered(&scene, tries: 3) }
      }
    }
    let logger = scene.random.pick(scene.room.devices)
    let (from, to) = (logger.at(scene.port(logger)), scene.room.files.at(514))
    let open = scene.random.chance(0.6)
    for time in scene.arrivals(span, mean: scene.random.spread(1e6...20e6)) {
      scene.note(from.address, to.address)
      let line = [UInt8]("<134>1 - pump app - - - level \(scene.random.word(40))")
      scene.wire.udp(time, from, to, line)
      if !open {
        scene.unreachable(time + scene.trip(scene.room.files), to, from, length: line.count)
      }
    }
  }
}

/// The opening of the Secure Shell protocol (RFC 4253).
enum SSH {
  /// Handshake, banners, key exchange.
  static func greet(_ talk: inout Conversation, _ scene: inout Scene) {
    talk.open(&scene)
    talk.say(.client, [UInt8]("SSH-2.0-OpenSSH_9.2p1\r\n"), &scene)
    talk.say(.server, [UInt8]("SSH-2.0-OpenSSH_8.4p1 Debian-5\r\n"), &scene)
    talk.say(.client, scene.random.bytes(scene.random.number(1000...1500)), &scene)
    talk.say(.server, scene.random.bytes(1080), &scene)
    talk.say(.client, scene.random.bytes(48), &scene)
    talk.wait(Int64(scene.random.exponential(8000)), &scene)
    talk.say(.server, scene.random.bytes(452), &scene)
    talk.say(.client, scene.random.bytes(60), &scene)
  }
}
