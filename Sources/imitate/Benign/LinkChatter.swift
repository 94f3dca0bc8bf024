import Addresses

extension Act {
  /// What machines say of themselves on the link: ARP probes and announcements (RFC 5227), group
  /// memberships, router advertisements; and clients that look for a machine that is off.
  static let linkChatter = Act("link-chatter") { scene, span in
    let everyone = MACAddress(bits: 0xFFFF_FFFF_FFFF)
    for host in scene.room.inside {
      for time in scene.arrivals(span, mean: scene.random.spread(60e6...600e6)) {
        let probes = scene.random.number(0...3)
        for index in 0..<probes {
          scene.wire.arp(
            time + Int64(index) * second, operation: 1, sender: (host.mac, .unspecified(.v4)),
            target: (.none, host.address), to: everyone)
        }
        for index in 0..<scene.random.number(1...2) {
          scene.wire.arp(
            time + Int64(probes + index) * 2 * second, operation: scene.random.pick([1, 1, 2]),
            sender: (host.mac, host.address), target: (.none, host.address), to: everyone)
        }
        let member = group(scene.random.pick([0xE000_00FB, 0xEFFF_FFFA, 0xE000_00FC]), 0)
        scene.wire.membership(time + 300_000, host.at(), member)
      }
    }
    for asking in scene.random.sample(scene.room.stations + scene.room.devices, 2) {
      let gone = scene.room.unused(&scene.random, 1)
      for time in scene.moments(span, every: scene.random.spread(1e6...30e6)) {
        for address in gone { scene.whoHas(time, asking, address) }
      }
    }
    guard scene.room.gateway.hasV6 else { return }
    for time in scene.moments(span, every: scene.random.spread(10e6...200e6)) {
      advertise(time, &scene)
    }
  }

  private static func advertise(_ time: Int64, _ scene: inout Scene) {
    var router = scene.room.gateway.at(v6: true)
    router.ttl = 255
    router.address = IPAddress(v6: 0xFE80 << 48, router.address.low)
    let all = Endpoint(
      mac: MACAddress(bits: 0x3333_0000_0001), address: IPAddress(v6: 0xFF02 << 48, 1))
    var rest: [UInt8] = [64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 64, 0xC0]
    rest.put(UInt32(86400))
    rest.put(UInt32(14400))
    rest.put(UInt32(0))
    rest.put(scene.room.gateway.address6.high)
    rest.put(UInt64(0))
    scene.wire.icmp(time, router, all, type: 134, rest: rest)
  }
}
