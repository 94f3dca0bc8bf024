extension Act {
  /// Devices that keep a TLS connection to their maker and say a little now and then.
  static let cloud = Act("cloud") { scene, span in
    for device in scene.room.cameras + scene.room.devices where scene.random.chance(0.5) {
      let maker = scene.random.pick(scene.room.outside)
      let gap = scene.random.spread(2e6...60e6)
      let port: UInt16 = scene.random.pick([443, 443, 8883, 5223])
      var time = span.lowerBound + Int64(scene.random.real(0...20e6))
      while time < span.upperBound {
        let begin = scene.lookUp(time, device, "iot.\(scene.random.word(6)).example") + 900
        var talk = Conversation(&scene, at: begin, device, maker, port: port)
        talk.open(&scene)
        talk.say(.client, TLS.clientHello("iot.example", &scene.random), &scene)
        talk.say(.server, TLS.serverHello(&scene.random), &scene)
        let end = min(span.upperBound, time + Int64(scene.random.spread(5e6...900e6)))
        while talk.now < end {
          talk.say(.client, TLS.data(scene.random.number(30...600), &scene.random), &scene)
          talk.say(.server, TLS.data(scene.random.number(30...200), &scene.random), &scene)
          talk.wait(Int64(gap * scene.random.real(0.5...1.5)), &scene)
        }
        if scene.random.chance(0.6) {
          talk.close(.client, &scene)
        } else {
          talk.abort(.server, &scene)
        }
        time = talk.now + Int64(scene.random.exponential(10e6))
      }
    }
  }

  /// A monitor that opens a short connection to every server, again and again: some ask for a page,
  /// some only see whether the port opens.
  static let healthChecks = Act("health-checks") { scene, span in
    let station = scene.room.management
    let targets: [(Host, UInt16)] = [
      (scene.room.intranet, 80), (scene.room.records, 80), (scene.room.broker, 1883),
      (scene.room.files, 445), (scene.room.archive, 104), (scene.room.records, 2575),
    ]
    let onlyOpens = scene.random.chance(0.4)
    let down = scene.random.chance(0.3) ? scene.random.number(0...5) : -1
    for time in scene.moments(span, every: scene.random.spread(1e6...60e6)) {
      for (index, target) in targets.enumerated() {
        var talk = Conversation(
          &scene, at: time + Int64(index) * 3000, station, target.0, port: target.1)
        guard index != down else {
          talk.refused(&scene)
          continue
        }
        talk.open(&scene)
        if onlyOpens || target.1 != 80 {
          talk.wait(300, &scene)
          if scene.random.chance(0.5) {
            talk.abort(.client, &scene)
          } else {
            talk.close(.client, &scene)
          }
          continue
        }
        talk.say(.client, HTTP.request("/health", host: "intranet", agent: "monitor/1.0"), &scene)
        talk.wait(Int64(scene.random.exponential(2000)), &scene)
        talk.say(.server, HTTP.response([UInt8]("ok")), &scene)
        talk.close(.server, &scene)
      }
    }
  }

  /// Telephone calls: RTP both ways, 50 packets a second.
  static let telephony = Act("telephony") { scene, span in
    for time in scene.arrivals(span, mean: 200e6) {
      let phone = scene.random.pick(scene.room.stations)
      let far = scene.random.chance(0.5) ? scene.room.viewer : scene.random.pick(scene.room.outside)
      let ports = (
        UInt16(scene.random.number(5000...16000)) * 2, UInt16(scene.random.number(5000...16000)) * 2
      )
      let (one, two) = (phone.at(ports.0), far.at(ports.1))
      scene.note(one.address, two.address)
      let end = min(span.upperBound, time + Int64(scene.random.spread(3e6...60e6)))
      for at in scene.moments(time..<max(end, time + 1), every: 20_000, jitter: 0.02) {
        let header: [UInt8] = [0x80, 8, 0, 0]
        scene.wire.udp(at, one, two, header + scene.random.bytes(168))
        if scene.random.chance(0.97) {
          scene.wire.udp(at + 7000, two, one, header + scene.random.bytes(168))
        }
      }
    }
  }

  /// A gateway that publishes for a whole ward: many MQTT messages a second, honestly; and honest
  /// devices that connect for one message and leave.
  static let gateways = Act("gateways") { scene, span in
    let gateway = scene.room.viewer
    for time in scene.arrivals(span, mean: 200e6) {
      var talk = Conversation(&scene, at: time, gateway, scene.room.broker, port: 1883)
      talk.open(&scene)
      talk.say(.client, MQTT.connect("ward-gateway", keepAlive: 30), &scene)
      talk.say(.server, MQTT.connected(), &scene)
      let gap = 1e6 / scene.random.spread(10...120)
      let fill = scene.random.bytes(Int(scene.random.spread(40...900)))
      let end = min(span.upperBound, time + Int64(scene.random.spread(5e6...40e6)))
      while talk.now < end {
        talk.say(.client, MQTT.publish("ward/all", fill), &scene)
        talk.wait(Int64(gap * scene.random.real(0.7...1.3)), &scene)
      }
      talk.close(.client, &scene)
    }
    guard let sensor = scene.room.pumps.last else { return }
    for time in scene.moments(span, every: scene.random.spread(3e6...60e6)) {
      var talk = Conversation(&scene, at: time, sensor, scene.room.broker, port: 1883)
      talk.open(&scene)
      talk.say(.client, MQTT.connect("sensor", keepAlive: 10), &scene)
      talk.say(.server, MQTT.connected(), &scene)
      talk.say(.client, MQTT.publish("ward/t", [UInt8]("36.6")), &scene)
      talk.say(.client, MQTT.disconnect, &scene)
      talk.close(.client, &scene)
    }
  }
}
