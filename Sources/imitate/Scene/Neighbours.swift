import Addresses

extension Scene {
  /// Puts an ARP exchange (RFC 826), or neighbour discovery (RFC 4861), before the first packet
  /// between two machines on the link, and again when they forgot each other.
  mutating func introduceNeighbours() {
    var owners: [UInt64: Host] = [:]
    for host in room.inside + room.intruders { owners[host.mac.bits] = host }
    wire.sort()
    for meeting in meetings(of: Set(owners.keys)) {
      guard let asking = owners[meeting.source], let asked = owners[meeting.destination]
      else { continue }
      let delay = min(trip(asked), 20_000)
      if meeting.six {
        solicit(meeting.time - delay - 900, asking, asked, delay: delay)
      } else {
        wire.arp(
          meeting.time - delay - 900, operation: 1, sender: (asking.mac, asking.address),
          target: (.none, asked.address), to: MACAddress(bits: 0xFFFF_FFFF_FFFF))
        wire.arp(
          meeting.time - 800, operation: 2, sender: (asked.mac, asked.address),
          target: (asking.mac, asking.address), to: asking.mac)
      }
    }
    wire.sort()
  }

  private struct Meeting {
    var time: Int64
    var source: UInt64
    var destination: UInt64
    var six: Bool
  }

  /// When two link-layer addresses of `owned` speak without knowing each other.
  private func meetings(of owned: Set<UInt64>) -> [Meeting] {
    var known: [[UInt64]: Int64] = [:]
    var result: [Meeting] = []
    wire.forEach { time, frame in
      let bytes = Array(frame.prefix(14))
      let destination = bytes[0..<6].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let source = bytes[6..<12].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let six = bytes[12] == 0x86
      guard bytes[12] == 0x08 && bytes[13] == 0 || six else { return }
      guard owned.contains(destination), owned.contains(source) else { return }
      let lasting = (60 + Int64(bytes[11])) * second
      let version: UInt64 = six ? 6 : 4
      if let last = known[[source, destination, version]], time - last < lasting { return }
      known[[source, destination, version]] = time
      known[[destination, source, version]] = time
      result.append(Meeting(time: time, source: source, destination: destination, six: six))
    }
    return result
  }

  private mutating func solicit(_ time: Int64, _ asking: Host, _ asked: Host, delay: Int64) {
    let low = asked.address6.low & 0xFF_FFFF
    let group = Endpoint(
      mac: MACAddress(bits: 0x3333_FF00_0000 | low),
      address: IPAddress(v6: 0xFF02_0000_0000_0000, 0x1_FF00_0000 | low))
    func message(_ flags: UInt32, _ kind: UInt8, _ mac: MACAddress) -> [UInt8] {
      var rest: [UInt8] = []
      rest.put(flags)
      rest.put(asked.address6.high)
      rest.put(asked.address6.low)
      rest += [kind, 1]
      rest.put(UInt16(truncatingIfNeeded: mac.bits >> 32))
      rest.put(UInt32(truncatingIfNeeded: mac.bits))
      return rest
    }
    var from = asking.at(v6: true)
    var reply = asked.at(v6: true)
    (from.ttl, reply.ttl) = (255, 255)
    wire.icmp(time, from, group, type: 135, rest: message(0, 1, asking.mac))
    wire.icmp(time + delay, reply, from, type: 136, rest: message(0x6000_0000, 2, asked.mac))
  }

  /// Asks for an address that nobody has: broadcasts without an answer.
  mutating func whoHas(_ time: Int64, _ asking: Host, _ address: IPAddress) {
    wire.arp(
      time, operation: 1, sender: (asking.mac, asking.address), target: (.none, address),
      to: MACAddress(bits: 0xFFFF_FFFF_FFFF))
  }
}
