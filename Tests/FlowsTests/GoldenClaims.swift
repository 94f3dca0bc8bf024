import Packets
import Tables

/// | # | time µs | packet                                                          |
/// | -: | ------: | --------------------------------------------------------------- |
/// | 1 |       0 | ARP request: who has 10.0.0.1, tell 10.0.0.2                    |
/// | 2 |     100 | its answer                                                      |
/// | 3 |   1,000 | 10.0.0.66 announces itself: who has 10.0.0.66, tell 10.0.0.66   |
/// | 4 |   2,000 | to 10.0.0.2: 10.0.0.1 is at 10.0.0.66's MAC; it asked for 10.0.0.1 |
/// | 5 |   3,000 | to 10.0.0.1: 10.0.0.2 is at 10.0.0.66's MAC; nobody asked       |
private var claims: [Shot] {
  let (gateway, victim, thief) = (End(1), End(2), End(66))
  return [
    Shot(0, Frames.arp(victim, gateway, isReply: false)),
    Shot(100, Frames.arp(gateway, victim, isReply: true)),
    Shot(1_000, Frames.arp(thief, thief, isReply: false)),
    Shot(2_000, Frames.arp(End(gateway.address, mac: thief.mac), victim, isReply: true)),
    Shot(3_000, Frames.arp(End(victim.address, mac: thief.mac), gateway, isReply: true)),
  ]
}

/// Three hosts that 10.0.0.9 never spoke to answer it within 2 ms: SYN-ACK twice, RST once.
private var answers: [Shot] {
  let victim = End(9, 50_000)
  return [
    Shot(0, Frames.tcp(End(1, 80), victim, [.syn, .ack], sequence: 7, acknowledgment: 1)),
    Shot(1_000, Frames.tcp(End(2, 80), victim, [.syn, .ack], sequence: 7, acknowledgment: 1)),
    Shot(2_000, Frames.tcp(End(3, 80), victim, [.rst, .ack], acknowledgment: 1)),
  ]
}

/// A datagram each at 0, 60, 180 and 240 s, each from a port of its own, and one half a second behind
/// the third.
private let calls = [0, 60_000_000, 180_000_000, 180_500_000, 240_500_000].enumerated().map {
  Shot(Int64($1), Frames.udp(End(2, 40_000 + UInt16($0)), End(1, 9_999), payload: 4))
}

extension Golden {
  static let claimed = Golden(
    name: "claims that nobody asked for", shots: claims, row: 0,
    identity: ["src_ip": "10.0.0.2", "dst_ip": "10.0.0.1", "application": "arp"],
    cells: [
      .packets: "4", .arpUnasked: "1", .arpRebinds: "2",
      .arpClaims: "3",  // 10.0.0.66, 10.0.0.1, 10.0.0.2
    ])

  static let answered = Golden(
    name: "answers to what nobody asked", shots: answers, row: 2,
    identity: ["src_ip": "10.0.0.9", "dst_ip": "10.0.0.3", "state": "rst"],
    cells: [.dstBackscatter1s: "3", .dstFlows1s: "1", .srcFlows1s: "3", .srcFailedTargets1h: "0"])

  /// The row of the last call. Gaps of 60, 120 and 60 s; half a second is none.
  static let beacon = Golden(
    name: "calls by the clock", shots: calls, row: 8,
    identity: ["src_port": "40004", "state": "end"],
    cells: [
      .pairGaps: "3", .pairGapMean: "80",
      .pairGapVariation: "0.353553",  // √((20² + 40² + 20²) ÷ 3) ÷ 80
      .srcFailedTargets1h: "1",  // the same service every time
    ])
}
