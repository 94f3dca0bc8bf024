import Addresses
import Tables

extension Act {
  /// Connects or messages beyond what a broker takes.
  static let mqttFloods: [Act] = [
    Act("mqtt-connect-flood") { scene, slot in
      let (attacker, broker) = (scene.attacker(), scene.room.broker)
      let burst = Burst(&scene, in: slot, rate: 8...800, seconds: 3...30, limit: 2000)
      let stays = scene.random.chance(0.4)
      for time in burst.times {
        var talk = Conversation(&scene, at: time, attacker, broker, port: 1883)
        talk.open(&scene)
        talk.say(.client, MQTT.connect(scene.random.word(12), keepAlive: 60), &scene)
        talk.say(.server, MQTT.connected(), &scene)
        if stays { talk.acknowledge(.client, &scene) } else { talk.abort(.client, &scene) }
      }
      scene.blame(.mqttFlood, burst, from: attacker, to: broker, protocol: 6, port: 1883)
    },
    Act("mqtt-publish-flood") { scene, slot in
      let (attacker, broker) = (scene.attacker(), scene.room.broker)
      let burst = Burst(&scene, in: slot, rate: 150...6000, seconds: 3...30, limit: 10_000)
      var talk = Conversation(&scene, at: burst.times[0], attacker, broker, port: 1883)
      talk.open(&scene)
      talk.say(.client, MQTT.connect(scene.random.word(10), keepAlive: 60), &scene)
      talk.say(.server, MQTT.connected(), &scene)
      let size = Int(scene.random.spread(8...8000))
      let qos1 = scene.random.chance(0.5)
      let fill = scene.random.bytes(size)
      var sent = 0
      for time in burst.times where sent < 6_000_000 {
        talk.wait(max(1, time - talk.now), &scene)
        talk.say(.client, MQTT.publish("ward/flood", fill, qos1: qos1 ? 7 : nil), &scene)
        if qos1 { talk.say(.server, MQTT.published(7), &scene) }
        sent += size + 60
      }
      talk.close(.client, &scene)
      scene.truth.add(
        .mqttFlood, burst.span.lowerBound..<(talk.now + second), from: attacker.address,
        to: broker.address, protocol: 6, port: 1883)
    },
  ]
}
