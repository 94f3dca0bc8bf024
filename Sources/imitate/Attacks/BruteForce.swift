import Addresses
import Tables

extension Act {
  /// Passwords guessed in short sessions.
  static let bruteForces: [Act] = [
    bruteForce("ssh", port: 22) { talk, scene in
      SSH.greet(&talk, &scene)
      for _ in 0..<scene.random.number(1...6) {
        talk.say(.client, scene.random.bytes(84), &scene)
        talk.wait(Int64(scene.random.spread(20_000...2_000_000)), &scene)
        talk.say(.server, scene.random.bytes(52), &scene)
      }
    },
    bruteForce("ftp", port: 21) { talk, scene in
      talk.open(&scene)
      talk.say(.server, [UInt8]("220 (vsFTPd 3.0.3)\r\n"), &scene)
      for _ in 0..<scene.random.number(1...3) {
        talk.say(.client, [UInt8]("USER admin\r\n"), &scene)
        talk.say(.server, [UInt8]("331 Please specify the password.\r\n"), &scene)
        talk.say(.client, [UInt8]("PASS \(scene.random.word(8))\r\n"), &scene)
        talk.wait(Int64(scene.random.spread(10_000...1_000_000)), &scene)
        talk.say(.server, [UInt8]("530 Login incorrect.\r\n"), &scene)
      }
    },
    bruteForce("mqtt", port: 1883) { talk, scene in
      talk.open(&scene)
      let user = ("admin", scene.random.word(8))
      talk.say(.client, MQTT.connect(scene.random.word(10), keepAlive: 60, user: user), &scene)
      talk.say(.server, MQTT.connected(scene.random.pick([4, 5])), &scene)
    },
    bruteForce("telnet", port: 23) { talk, scene in
      talk.open(&scene)
      talk.say(.server, [0xFF, 0xFD, 0x18, 0xFF, 0xFD, 0x20] + [UInt8]("\r\nlogin: "), &scene)
      for _ in 0..<scene.random.number(1...3) {
        talk.say(.client, [UInt8]("root\r\n"), &scene)
        talk.say(.server, [UInt8]("Password: "), &scene)
        talk.say(.client, [UInt8]("\(scene.random.word(6))\r\n"), &scene)
        talk.wait(Int64(scene.random.spread(50_000...2_000_000)), &scene)
        talk.say(.server, [UInt8]("Login incorrect\r\nlogin: "), &scene)
      }
    },
  ]

  private static func bruteForce(
    _ kind: String, port: UInt16,
    _ attempt: @escaping @Sendable (inout Conversation, inout Scene) -> Void
  ) -> Act {
    Act("brute-force-\(kind)") { scene, slot in
      let attacker = scene.attacker()
      let victim = port == 1883 ? scene.room.broker : scene.victim()
      let burst = Burst(&scene, in: slot, rate: 0.3...60, seconds: 8...60, limit: 500)
      var end = burst.span.upperBound
      for time in burst.times {
        var talk = Conversation(&scene, at: time, attacker, victim, port: port)
        attempt(&talk, &scene)
        switch scene.random.number(0...2) {
        case 0: talk.close(.server, &scene)
        case 1: talk.close(.client, &scene)
        default: talk.abort(.client, &scene)
        }
        end = max(end, talk.now + second)
      }
      scene.truth.add(
        .bruteForce, burst.span.lowerBound..<end, from: attacker.address, to: victim.address,
        protocol: 6, port: port)
    }
  }
}
