import Addresses
import Tables

extension Act {
  /// The intruder says by ARP that it is the gateway, or another machine.
  static let arpSpoofs: [Act] = [
    Act("arp-spoof") { scene, slot in
      let claimed =
        scene.random.chance(0.6) ? scene.room.gateway : scene.random.pick(scene.room.servers)
      let victims = scene.random.sample(
        scene.room.devices + scene.room.stations, scene.random.number(1...3))
      let burst = Burst(&scene, in: slot, rate: 0.3...20, seconds: 10...60, limit: 400)
      let gratuitous = scene.random.chance(0.4)
      for (index, time) in burst.times.enumerated() {
        let victim = victims[index % victims.count]
        let target =
          gratuitous ? (scene.intruder.mac, claimed.address) : (victim.mac, victim.address)
        let to = gratuitous ? .init(bits: 0xFFFF_FFFF_FFFF) : victim.mac
        scene.wire.arp(
          time, operation: 2, sender: (scene.intruder.mac, claimed.address), target: target,
          to: to)
      }
      scene.blame(.arpSpoof, burst, from: claimed, to: nil, protocol: 0)
    }
  ]
}
