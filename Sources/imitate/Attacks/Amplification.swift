import Tables

extension Act {
  /// Large answers that the victim never asked for, from open servers.
  static let amplifications: [Act] = [
    amplification("dns", port: 53, 500...3500) { size, scene in
      DNS.largeAnswer(scene.random.word16(), "any.example", size: size, scene.random.bytes(255))
    },
    amplification("ntp", port: 123, 440...440) { _, scene in NTP.monitorList(&scene.random) },
    amplification("snmp", port: 161, 400...1400) { size, scene in
      SNMP.response(
        scene.random.word32(), count: max(1, size / 75), size: 60, scene.random.bytes(60))
    },
    amplification("ldap", port: 389, 1200...1450) { size, scene in
      LDAP.entry(scene.random.bytes(size))
    },
    amplification("ssdp", port: 1900, 250...420) { _, scene in
      SSDP.notify(scene.random.word(24), answer: true)
    },
    amplification("memcached", port: 11211, 1000...1400) { size, scene in
      [0, 0, 0, 0, 0, 1, 0, 0] + [UInt8]("VALUE a 0 \(size)\r\n") + scene.random.bytes(size)
    },
    amplification("bacnet", port: 47808, 60...600) { size, scene in
      [0x81, 10, UInt8(size >> 8), UInt8(size & 255)] + scene.random.bytes(size)
    },
    amplification("recorder", port: 37810, 300...900) { size, scene in scene.random.bytes(size) },
    amplification("chargen", port: 19, 200...1024) { size, _ in
      (0..<size).map { UInt8(33 + $0 % 94) }
    },
  ]

  private static func amplification(
    _ kind: String, port: UInt16, _ sizes: ClosedRange<Int>,
    _ answer: @escaping @Sendable (Int, inout Scene) -> [UInt8]
  ) -> Act {
    Act("amplification-\(kind)") { scene, slot in
      let victim = scene.victim()
      let burst = Burst(&scene, in: slot, rate: 30...6000, limit: 4000)
      let count = Int(scene.random.spread(3...400))
      let reflectors = (0..<count).map { _ in scene.room.remote(&scene.random) }
      let fixed: UInt16? = scene.random.chance(0.6) ? UInt16(scene.random.number(1...65535)) : nil
      let complains = scene.random.chance(0.4)
      let size = min(1440, scene.random.number(sizes))
      for (index, time) in burst.times.enumerated() {
        let from = scene.random.pick(reflectors).at(port)
        let to = victim.at(fixed ?? UInt16(scene.random.number(1024...65535)))
        let body = answer(size, &scene).prefix(1472)
        scene.wire.udp(time, from, to, body)
        if complains, index % 500 < 6 {
          scene.unreachable(time + scene.trip(victim), to, from, length: body.count)
        }
      }
      scene.blame(.amplification, burst, from: nil, to: victim, port: complains ? nil : fixed)
    }
  }
}
