extension Act {
  /// ECG monitors: one long MQTT connection each, some messages a second, QoS 0 or 1.
  static let ecgMonitors = Act("ecg-monitors") { scene, span in
    for (index, monitor) in scene.room.ecgMonitors.enumerated() {
      let rate = scene.random.spread(0.4...8)
      let size = Int(scene.random.spread(40...1800))
      publish(
        "ward/ecg\(index)", of: monitor, every: 1e6 / rate, size: size,
        qos1: scene.random.chance(0.4), span, &scene)
    }
  }

  /// Infusion pumps: status over MQTT every few seconds, and a report over HTTP now and then.
  static let pumps = Act("pumps") { scene, span in
    for (index, pump) in scene.room.pumps.enumerated() {
      publish(
        "ward/pump\(index)/status", of: pump, every: scene.random.spread(2e6...30e6),
        size: scene.random.number(30...300), qos1: scene.random.chance(0.6), span, &scene)
      for time in scene.moments(span, every: scene.random.spread(15e6...120e6)) {
        let body = [UInt8]("{\"pump\":\(index),\"rate\":\(scene.random.number(1...99))}")
        var talk = Conversation(&scene, at: time, pump, scene.room.records, port: 80)
        talk.open(&scene)
        talk.say(
          .client,
          HTTP.request(
            "/api/v1/pumps", method: "POST", host: "records.ward", agent: "Pump/4", body: body),
          &scene)
        talk.wait(Int64(scene.random.exponential(9000)), &scene)
        talk.say(.server, HTTP.response([UInt8]("{\"ok\":true}"), status: "201 Created"), &scene)
        talk.close(.server, &scene)
      }
    }
  }

  /// One MQTT client for the whole span; some reconnect.
  private static func publish(
    _ topic: String, of device: Host, every gap: Double, size: Int, qos1: Bool,
    _ span: Range<Int64>, _ scene: inout Scene
  ) {
    var time = span.lowerBound + Int64(scene.random.real(0...3e6))
    while time < span.upperBound {
      let life = Int64(scene.random.spread(30e6...3600e6))
      let end = min(span.upperBound, time + life)
      session(topic, of: device, every: gap, size: size, qos1: qos1, time..<end, &scene)
      time = end + Int64(scene.random.exponential(2e6))
    }
  }

  private static func session(
    _ topic: String, of device: Host, every gap: Double, size: Int, qos1: Bool,
    _ span: Range<Int64>, _ scene: inout Scene
  ) {
    var talk = Conversation(
      &scene, at: span.lowerBound, device, scene.room.broker, port: 1883,
      v6: scene.random.chance(0.2))
    talk.open(&scene)
    let user = scene.random.chance(0.5) ? ("device", "secret") : nil
    talk.say(.client, MQTT.connect(topic, keepAlive: 60, user: user), &scene)
    talk.say(.server, MQTT.connected(), &scene)
    talk.wait(2000, &scene)
    if scene.random.chance(0.5) {
      talk.say(.client, MQTT.subscribe("\(topic)/orders", id: 1), &scene)
      talk.say(.server, MQTT.subscribed(1), &scene)
    }
    var id: UInt16 = 1
    var ping = talk.now + 45 * second
    while talk.now < span.upperBound {
      id &+= 1
      let payload = scene.random.bytes(max(8, size + scene.random.number(-8...8)))
      talk.say(.client, MQTT.publish(topic, payload, qos1: qos1 ? id : nil), &scene)
      if qos1 { talk.say(.server, MQTT.published(id), &scene) }
      if talk.now > ping {
        talk.say(.client, MQTT.pingRequest, &scene)
        talk.say(.server, MQTT.pingResponse, &scene)
        ping = talk.now + 45 * second
      }
      talk.wait(Int64(gap * scene.random.real(0.9...1.1)), &scene)
    }
    guard scene.random.chance(0.7) else { return talk.abort(.client, &scene) }
    talk.say(.client, MQTT.disconnect, &scene)
    talk.close(.client, &scene)
  }

  /// Ventilators: HL7 over MLLP, one connection kept or one a message.
  static let ventilators = Act("ventilators") { scene, span in
    for ventilator in scene.room.ventilators {
      let values = scene.random.number(4...40)
      let kept = scene.random.chance(0.6)
      var talk: Conversation?
      for time in scene.moments(span, every: scene.random.spread(1e6...30e6)) {
        var now =
          talk ?? Conversation(&scene, at: time, ventilator, scene.room.records, port: 2575)
        if talk == nil { now.open(&scene) }
        now.wait(time - now.now, &scene)
        let control = scene.random.number(1...99999)
        now.say(.client, HL7.observation(control, values, &scene.random), &scene)
        now.wait(Int64(scene.random.exponential(3000)), &scene)
        now.say(.server, HL7.accepted(control), &scene)
        if kept { talk = now } else { now.close(.client, &scene) }
      }
      talk?.close(.client, &scene)
    }
  }
}
