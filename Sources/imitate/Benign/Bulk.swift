extension Act {
  /// Print jobs to port 9100, or IPP.
  static let printing = Act("printing") { scene, span in
    for time in scene.arrivals(span, mean: 120e6) {
      let station = scene.random.pick(scene.room.stations)
      var talk = Conversation(
        &scene, at: time, station, scene.room.printer, port: scene.random.pick([631, 9100]))
      talk.open(&scene)
      talk.say(.client, [UInt8]("\u{1B}%-12345X@PJL JOB\r\n"), &scene)
      talk.say(.client, scene.random.bytes(Int(scene.random.spread(4000...250_000))), &scene)
      talk.wait(Int64(scene.random.real(1e5...3e6)), &scene)
      talk.say(.server, scene.random.bytes(40), &scene)
      talk.close(.client, &scene)
    }
  }

  /// Copies to and from the file server over SMB (445): bulk in both directions.
  static let fileCopies = Act("file-copies") { scene, span in
    for time in scene.arrivals(span, mean: 100e6) {
      let station = scene.random.pick(scene.room.stations + [scene.room.admin])
      var talk = Conversation(
        &scene, at: time, station, scene.room.files, port: 445, v6: scene.random.chance(0.3))
      talk.loss = 0.001
      talk.open(&scene)
      for _ in 0..<4 {
        talk.say(.client, scene.random.bytes(scene.random.number(100...500)), &scene)
        talk.say(.server, scene.random.bytes(scene.random.number(100...500)), &scene)
      }
      let upload = scene.random.chance(0.4)
      for _ in 0..<scene.random.number(1...8) {
        let bulk = scene.random.bytes(Int(scene.random.spread(3000...400_000)))
        talk.say(.client, upload ? bulk : scene.random.bytes(117), &scene)
        talk.say(.server, upload ? scene.random.bytes(84) : bulk, &scene)
        talk.wait(Int64(scene.random.exponential(100_000)), &scene)
      }
      talk.wait(Int64(scene.random.real(1e6...12e6)), &scene)
      if scene.random.chance(0.3) {
        talk.abort(.client, &scene)
      } else {
        talk.close(.client, &scene)
      }
    }
  }

  /// Update day: within seconds, everyone fetches from one server, several times: a flash crowd
  /// whose handshakes complete.
  static let updates = Act("updates") { scene, span in
    let server = scene.random.pick([scene.room.files, scene.room.intranet, scene.room.outside[0]])
    let guests = (0..<scene.random.number(0...80)).map { _ in scene.room.remote(&scene.random) }
    for time in scene.arrivals(span, mean: 240e6) {
      let pause = scene.random.spread(2e3...300e3)
      let rounds = scene.random.number(1...4)
      let visitors = server.hops == 0 && scene.random.chance(0.5) ? guests : []
      for client in scene.room.devices + scene.room.stations + visitors {
        for _ in 0..<rounds {
          let at = time + Int64(scene.random.exponential(pause * 20))
          download(client, server, at, &scene)
        }
      }
    }
  }

  private static func download(
    _ client: Host, _ server: Host, _ time: Int64, _ scene: inout Scene
  ) {
    var talk = Conversation(&scene, at: time, client, server, port: 80)
    talk.open(&scene)
    let path = "/updates/\(scene.random.word(6)).bin"
    talk.say(.client, HTTP.request(path, host: "updates.ward", agent: "apt/2.6"), &scene)
    talk.wait(Int64(scene.random.exponential(30_000)), &scene)
    let size = Int(scene.random.spread(300...40_000))
    talk.say(
      .server,
      scene.random.chance(0.2)
        ? HTTP.response([], status: "304 Not Modified") : HTTP.response(scene.random.bytes(size)),
      &scene)
    talk.close(scene.random.chance(0.5) ? .client : .server, &scene)
  }
}
