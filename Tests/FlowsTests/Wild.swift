import Addresses
import Packets
import TestSupport

/// Traffic that chance made: dialogues of all kinds among few hosts, so that ports are taken again,
/// with packets lost, sent again, swapped and cut.
struct Wild {
  var random: Seeded
  private(set) var shots: [Shot] = []

  init(seed: UInt64, packets: Int, gap: Int64 = 40_000) {
    random = Seeded(state: seed)
    var time: Int64 = 0
    while shots.count < packets {
      time += pick(20) == 0 ? 30_000_000 : Int64.random(in: 0...gap, using: &random)
      let seen = time - (pick(15) == 0 ? Int64(pick(900_000)) : 0)
      var frame = frame()
      let length = frame.count
      if pick(25) == 0 { frame = Array(frame.prefix(40 + pick(30))) }
      shots.append(Shot(seen, frame, wireLength: length))
    }
  }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  private mutating func frame() -> [UInt8] {
    let client = End(UInt32(10 + pick(5)), UInt16(40_000 + pick(4)))
    let server = End(UInt32(1 + pick(3)), [80, 443, 22, 23, 1_883][pick(5)])
    let (from, to) = pick(2) == 0 ? (client, server) : (server, client)
    let payload = pick(3) == 0 ? 0 : pick(1_200)
    switch pick(12) {
    case 0: return Frames.arp(from, to, isReply: pick(2) == 0)
    case 1: return Frames.icmp(from, to, type: [0, 3, 8, 11, 13][pick(5)], identifier: 3)
    case 2...4: return Frames.udp(from, to, payload: payload)
    case 5:
      let parts = Frames.fragments(
        from, to, [1, 6, 17][pick(3)], [UInt8](repeating: 8, count: 200), size: 104)
      return parts[pick(2)]
    case 6:
      let isUp = pick(2) == 0
      let (here, there) = (End(v6: 2, 40_000), End(v6: 1, 443))
      return Frames.tcp(
        isUp ? here : there, isUp ? there : here, flags(), sequence: UInt32(pick(9_000)))
    case 7:
      return Frames.icmpError(
        to, from, type: 3, code: 1, about: Frames.udp(from, to, payload: 30))
    default:
      return Frames.tcp(
        from, to, flags(), sequence: UInt32(pick(90_000)), acknowledgment: UInt32(pick(90_000)),
        window: UInt16(pick(60_000)), options: 4 * pick(4),
        payload: [UInt8](repeating: 0x41, count: payload))
    }
  }

  private mutating func flags() -> TCPFlags {
    [.syn, [.syn, .ack], .ack, .ack, [.psh, .ack], [.fin, .ack], .rst, []][pick(8)]
  }
}
