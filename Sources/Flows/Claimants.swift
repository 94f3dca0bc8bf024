import Addresses
import Packets

/// Which addresses are claimed for a MAC: the newest few of each, of the newest MACs.
struct Claimants {
  /// How long a claim counts. µs.
  static let memory: Int64 = 120_000_000
  /// The most addresses of a MAC that are told apart.
  static let most = 16

  fileprivate struct Claim {
    var address: UInt64 = 0
    var time = Int64.min
    var isV6 = false
  }

  fileprivate struct Entry {
    var mac = MACAddress.none
    var claims = InlineArray<16, Claim>(repeating: Claim())
  }

  private var entries = [Entry](repeating: Entry(), count: 512)

  /// Takes a claim.
  ///
  /// - Returns: how many addresses of its family the MAC claimed within ``memory``, at most ``most``.
  mutating func count(_ binding: Packet.Binding, at time: Int64) -> UInt32 {
    let hash = mix(binding.mac.bits, 0x9E37_79B9_7F4A_7C15)
    let place = Int(truncatingIfNeeded: hash % UInt64(entries.count))
    if entries[place].mac != binding.mac { entries[place] = Entry(mac: binding.mac) }
    return entries[place].take(
      binding.address.mixed, isV6: binding.address.family == .v6, at: time)
  }
}

extension Claimants.Entry {
  /// Puts a claim in the place of an older one of the same address, or of the oldest of all.
  fileprivate mutating func take(_ address: UInt64, isV6: Bool, at time: Int64) -> UInt32 {
    var place = 0
    for index in 0..<Claimants.most {
      if claims[index].address == address, claims[index].time != .min {
        place = index
        break
      }
      if claims[index].time < claims[place].time { place = index }
    }
    claims[place] = Claimants.Claim(address: address, time: time, isV6: isV6)
    return count(isV6: isV6, at: time)
  }

  private func count(isV6: Bool, at time: Int64) -> UInt32 {
    var count: UInt32 = 0
    for index in 0..<Claimants.most
    where claims[index].time != .min && claims[index].isV6 == isV6
      && time - claims[index].time <= Claimants.memory
    {
      count += 1
    }
    return count
  }
}
