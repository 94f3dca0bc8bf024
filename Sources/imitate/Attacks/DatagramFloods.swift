import Addresses
import Tables

extension Act {
  /// Datagrams beyond what a host takes.
  static let udpFloods: [Act] = [
    Act("udp-flood") { scene, slot in udpFlood(spoofed: false, slot, &scene) },
    Act("udp-flood-spoofed") { scene, slot in udpFlood(spoofed: true, slot, &scene) },
    Act("dhcp-flood") { scene, slot in leaseFlood(slot, &scene) },
  ]

  private static func udpFlood(spoofed: Bool, _ slot: Range<Int64>, _ scene: inout Scene) {
    let (victim, attacker) = (scene.victim(), scene.attacker())
    let (tool, style) = (Tool(&scene.random), scene.random.number(0...4))
    let slowest = tool.portStyle == 0 && !spoofed ? 500.0 : 10
    let burst = Burst(&scene, in: slot, rate: slowest...15_000, limit: 12_000)
    let unused = scene.room.unused(&scene.random, 200)
    let fixed: UInt16? = scene.random.chance(0.5) ? UInt16(scene.random.number(1...65535)) : nil
    let size = Int(scene.random.spread(1...1400)) - 1
    let varied = scene.random.chance(0.3)
    let complains = scene.random.chance(0.5)
    let fill = scene.random.bytes(1472)
    for (index, time) in burst.times.enumerated() {
      var from = attacker.at(tool.port(index, &scene.random))
      from.ttl = tool.ttl
      if spoofed { from.address = scene.spoofed(style, unused) }
      let to = victim.at(fixed ?? UInt16(scene.random.number(1...65535)))
      let length = varied ? scene.random.number(0...1400) : size
      scene.wire.udp(time, from, to, fill[..<length])
      if complains, style != 0 || !spoofed, index % 1000 < 6 {
        scene.unreachable(time + scene.trip(victim), to, from, length: length)
      }
    }
    scene.blame(
      .udpFlood, burst, from: spoofed ? nil : attacker, to: victim,
      port: complains ? nil : fixed)
  }

  /// Every lease asked for, each by a machine that is made up.
  private static func leaseFlood(_ slot: Range<Int64>, _ scene: inout Scene) {
    let burst = Burst(&scene, in: slot, rate: 15...3000, limit: 6000)
    let nobody = IPAddress.unspecified(.v4)
    let all = Endpoint(
      mac: MACAddress(bits: 0xFFFF_FFFF_FFFF), address: IPAddress(v4: 0xFFFF_FFFF), port: 67)
    for time in burst.times {
      let mac = MACAddress(bits: scene.random.next() & 0xFEFF_FFFF_FFFF)
      let message = DHCP.message(1, id: scene.random.word32(), mac: mac.bits, address: 0)
      scene.wire.udp(time, Endpoint(mac: mac, address: nobody, port: 68), all, message)
    }
    scene.truth.add(
      .udpFlood, burst.span, from: nobody, to: all.address, protocol: 17, port: 67)
  }

  /// Echo requests, or other ICMP, beyond what a host takes.
  static let icmpFloods: [Act] = [
    Act("icmp-flood") { scene, slot in icmpFlood(spoofed: false, slot, &scene) },
    Act("icmp-flood-spoofed") { scene, slot in icmpFlood(spoofed: true, slot, &scene) },
  ]

  private static func icmpFlood(spoofed: Bool, _ slot: Range<Int64>, _ scene: inout Scene) {
    let (victim, attacker) = (scene.victim(), scene.attacker())
    let burst = Burst(&scene, in: slot, rate: 8...15_000, limit: 12_000)
    let style = scene.random.number(1...4)
    let size = scene.random.pick([0, 32, 56, 120, 512, 1000, 1400])
    let answers = scene.random.chance(0.6)
    let type: UInt8 = scene.random.pick([8, 8, 8, 8, 13, 3, 0])
    let own = scene.random.chance(0.5) ? scene.random.word16() : nil
    let fill = scene.random.bytes(size)
    for (index, time) in burst.times.enumerated() {
      var from = attacker.at()
      if spoofed { from.address = scene.spoofed(style, []) }
      var rest: [UInt8] = []
      rest.put(own ?? scene.random.word16())
      rest.put(UInt16(truncatingIfNeeded: index))
      rest += fill
      scene.wire.icmp(time, from, victim.at(), type: type, rest: rest)
      if answers, type == 8 {
        scene.wire.icmp(time + scene.trip(victim), victim.at(), from, type: 0, rest: rest)
      }
    }
    scene.blame(.icmpFlood, burst, from: spoofed ? nil : attacker, to: victim, protocol: 1)
  }
}
