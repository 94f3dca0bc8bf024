import Addresses

extension Act {
  /// Name look-ups and clocks of every machine.
  static let nameAndTime = Act("name-and-time") { scene, span in
    let clock =
      scene.random.chance(0.5) ? scene.room.gateway : scene.random.pick(scene.room.outside)
    let domains = ["example.org", "ward", "hospital.example", "pool.ntp.org", "vendor.example"]
    for host in scene.room.inside where host.address != scene.room.resolver.address {
      for time in scene.arrivals(span, mean: scene.random.spread(5e6...120e6)) {
        let name = "\(scene.random.word(scene.random.number(3...14))).\(scene.random.pick(domains))"
        scene.lookUp(time, host, name)
        if scene.random.chance(0.02) { scene.lookUp(time + 5 * second, host, name) }
      }
      let port: UInt16 = scene.random.chance(0.5) ? 123 : scene.port(host)
      for time in scene.moments(span, every: scene.random.spread(64e6...300e6)) {
        scene.ask(
          time, host, clock, port: 123, from: port, NTP.packet(mode: 3, &scene.random),
          scene.random.chance(0.97) ? NTP.packet(mode: 4, &scene.random) : nil)
      }
    }
  }

  /// DHCP: a new machine now and then, renewals else.
  static let leases = Act("leases") { scene, span in
    for host in scene.room.devices + scene.room.stations where scene.random.chance(0.6) {
      let time = span.lowerBound + Int64(scene.random.real(0...Double(span.count)))
      let (id, bits) = (scene.random.word32(), UInt32(truncatingIfNeeded: host.address.low))
      let message = { DHCP.message($0, id: id, mac: host.mac.bits, address: bits) }
      if scene.random.chance(0.5) {
        scene.ask(time, host, scene.room.gateway, port: 67, from: 68, message(3), message(5))
        continue
      }
      var asking = host.at(68)
      asking.address = .unspecified(.v4)
      let all = Endpoint(
        mac: MACAddress(bits: 0xFFFF_FFFF_FFFF), address: IPAddress(v4: 0xFFFF_FFFF), port: 67)
      let server = scene.room.gateway.at(67)
      scene.note(host.address, server.address)
      scene.wire.udp(time, asking, all, message(1))
      scene.wire.udp(time + 3000, server, Endpoint(host.at(), port: 68), message(2))
      scene.wire.udp(time + 9000, asking, all, message(3))
      scene.wire.udp(time + 12000, server, Endpoint(host.at(), port: 68), message(5))
    }
  }

  /// mDNS and SSDP to their groups, NetBIOS names to the broadcast address.
  static let announcements = Act("announcements") { scene, span in
    let machines =
      scene.room.cameras + scene.room.stations + [scene.room.printer, scene.room.viewer]
    for host in machines {
      for time in scene.arrivals(span, mean: scene.random.spread(15e6...120e6)) {
        announce(host, time, &scene)
      }
    }
  }

  private static func announce(_ host: Host, _ time: Int64, _ scene: inout Scene) {
    switch scene.random.number(0...3) {
    case 0:
      var from = host.at(5353)
      from.ttl = 255
      let query = DNS.query(0, "_services._dns-sd._udp.local", type: 12, multicast: true)
      scene.wire.udp(time, from, group(0xE000_00FB, 5353), query)
      if host.hasV6 {
        let low: UInt64 = 0xFB
        let six = Endpoint(
          mac: MACAddress(bits: 0x3333_0000_00FB), address: IPAddress(v6: 0xFF02 << 48, low),
          port: 5353)
        scene.wire.udp(time + 90, host.at(5353, v6: true), six, query)
      }
    case 1:
      let from = host.at(scene.port(host))
      for repeated in 0..<Int64(3) {
        scene.wire.udp(time + repeated * second, from, group(0xEFFF_FFFA, 1900), SSDP.search)
      }
      let camera = scene.random.pick(scene.room.cameras)
      scene.note(camera.address, from.address)
      scene.wire.udp(
        time + 120_000, camera.at(1900), from, SSDP.notify(scene.random.word(12), answer: true))
    case 2:
      let id = scene.random.word(12)
      for repeated in 0..<Int64(scene.random.number(2...6)) {
        scene.wire.udp(
          time + repeated * 200, host.at(1900), group(0xEFFF_FFFA, 1900), SSDP.notify(id))
      }
    default:
      let all = Endpoint(
        mac: MACAddress(bits: 0xFFFF_FFFF_FFFF), address: scene.room.broadcast, port: 137)
      scene.wire.udp(time, host.at(137), all, NetBIOS.query(scene.random.word16(), "WARD"))
    }
  }

  /// A multicast group at a port.
  static func group(_ bits: UInt32, _ port: UInt16) -> Endpoint {
    Endpoint(
      mac: MACAddress(bits: 0x0100_5E00_0000 | UInt64(bits & 0x7F_FFFF)),
      address: IPAddress(v4: bits), port: port)
  }
}
