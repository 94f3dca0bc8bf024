extension Act {
  /// Nurse stations: look-ups, then several short connections at once to a server inside or
  /// outside; some fail.
  static let browsing = Act("browsing") { scene, span in
    for station in scene.room.stations {
      for time in scene.arrivals(span, mean: scene.random.spread(6e6...60e6)) {
        visit(station, time, &scene)
      }
    }
  }

  private static func visit(_ station: Host, _ time: Int64, _ scene: inout Scene) {
    let inside = scene.random.chance(0.4)
    let server =
      inside
      ? scene.random.pick([scene.room.intranet, scene.room.records])
      : scene.random.pick(scene.room.outside)
    let name = inside ? "intranet.ward" : "www.\(scene.random.word(8)).example"
    let start = scene.lookUp(time, station, name) + 500
    let agent = scene.random.pick(HTTP.agents)
    if !inside, scene.random.chance(0.15) { return quic(station, server, start, &scene) }
    for _ in 0..<scene.random.number(1...9) {
      let at = start + Int64(scene.random.exponential(80_000))
      let clear = scene.random.chance(inside ? 0.7 : 0.15)
      let luck = scene.random.real(0...1)
      let port: UInt16 = luck < 0.03 ? 8443 : clear ? 80 : 443
      var talk = Conversation(&scene, at: at, station, server, port: port, v6: inside)
      if luck < 0.03 {
        talk.refused(&scene)
      } else if luck < 0.05 {
        talk.unanswered(&scene)
      } else if clear {
        fetch(&talk, host: name, agent: agent, &scene)
      } else {
        fetchEncrypted(&talk, host: name, &scene)
      }
    }
  }

  private static func fetch(
    _ talk: inout Conversation, host: String, agent: String, _ scene: inout Scene
  ) {
    talk.open(&scene)
    for _ in 0..<scene.random.number(1...5) {
      let cookie = scene.random.chance(0.5) ? "Cookie: session=\(scene.random.word(24))\r\n" : ""
      talk.say(
        .client,
        HTTP.request(scene.random.pick(HTTP.paths), host: host, agent: agent, extra: cookie), &scene
      )
      talk.wait(Int64(scene.random.spread(500...300_000)), &scene)
      let size = Int(scene.random.spread(120...60_000))
      talk.say(.server, HTTP.response([UInt8](repeating: 0x61, count: size)), &scene)
      talk.wait(Int64(scene.random.exponential(400_000)), &scene)
    }
    finish(&talk, &scene)
  }

  private static func fetchEncrypted(
    _ talk: inout Conversation, host: String, _ scene: inout Scene
  ) {
    talk.open(&scene)
    talk.say(.client, TLS.clientHello(host, &scene.random), &scene)
    talk.say(.server, TLS.serverHello(&scene.random), &scene)
    talk.say(.client, TLS.data(64, &scene.random), &scene)
    for _ in 0..<scene.random.number(1...6) {
      talk.say(.client, TLS.data(scene.random.number(200...900), &scene.random), &scene)
      talk.wait(Int64(scene.random.spread(500...300_000)), &scene)
      talk.say(.server, TLS.data(Int(scene.random.spread(200...90_000)), &scene.random), &scene)
      talk.wait(Int64(scene.random.exponential(600_000)), &scene)
    }
    finish(&talk, &scene)
  }

  private static func finish(_ talk: inout Conversation, _ scene: inout Scene) {
    let luck = scene.random.real(0...1)
    if luck < 0.12 { return talk.abort(.client, &scene) }
    if luck < 0.4 { talk.wait(Int64(scene.random.real(1e6...15e6)), &scene) }
    talk.close(luck < 0.6 ? .server : .client, &scene)
  }

  /// HTTP/3: a page over UDP 443.
  private static func quic(
    _ station: Host, _ server: Host, _ time: Int64, _ scene: inout Scene
  ) {
    let (client, far) = (station.at(scene.port(station)), server.at(443))
    scene.note(client.address, far.address)
    var now = time
    scene.wire.udp(now, client, far, [0xC3, 0, 0, 0, 1] + scene.random.bytes(1195))
    for _ in 0..<scene.random.number(1...8) {
      now += scene.trip(server)
      for _ in 0..<scene.random.number(1...12) {
        scene.wire.udp(
          now, far, client, [0x45] + scene.random.bytes(scene.random.number(400...1230)))
        now += 40
      }
      now += scene.trip(station)
      scene.wire.udp(now, client, far, [0x4A] + scene.random.bytes(scene.random.number(28...400)))
      now += Int64(scene.random.exponential(150_000))
    }
  }
}
