import Addresses
import Packets

/// Who asked lately for whose link-layer address: a direct-mapped table of the newest questions.
struct Questions {
  /// How long an answer may take. µs.
  static let patience: Int64 = 5_000_000

  private var slots = [(hash: UInt64, time: Int64)](repeating: (0, .min), count: 4_096)

  /// Somebody asks for `address`; a probe asks in the name of the unspecified address.
  mutating func ask(for address: IPAddress, by asker: IPAddress, at time: Int64) {
    let hash = Self.hash(address, asker)
    slots[slot(hash)] = (hash, time)
  }

  /// Whether `asker` asked for `address` within ``patience``; of the unspecified one, whether anybody
  /// probed for it.
  func wereAsked(for address: IPAddress, by asker: IPAddress, at time: Int64) -> Bool {
    let hash = Self.hash(address, asker)
    let entry = slots[slot(hash)]
    return entry.hash == hash && entry.time != .min && time - entry.time <= Self.patience
  }

  private static func hash(_ address: IPAddress, _ asker: IPAddress) -> UInt64 {
    // Who asks whom must not be the same as the other way round.
    mix(address.mixed ^ 0x9E37_79B9_7F4A_7C15, (asker.isUnspecified ? 0 : asker.mixed) | 1)
  }

  private func slot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash % UInt64(slots.count))
  }
}

extension Packet {
  /// Whether it is a message of ARP or neighbour discovery on this wire.
  @inline(__always) var speaksOfNeighbors: Bool {
    kind == .arp || kind == .icmp6 && (icmpType == 135 || icmpType == 136)
  }

  /// Whom an ARP reply or a neighbour advertisement speaks to; the unspecified address if to all, as an
  /// ARP announcement does (RFC 5227 section 2.3); nil for what only asks.
  var listener: IPAddress? {
    let isToAll =
      destination == source || destination.isUnspecified || destination.isMulticast
      || destination.isBroadcast
    if kind == .icmp6 { return icmpType == 136 ? isToAll ? .unspecified(.v6) : destination : nil }
    switch arp?.operation {
    case 1: return destination == source ? .unspecified(.v4) : nil
    case 2: return isToAll ? .unspecified(.v4) : destination
    default: return nil
    }
  }
}
