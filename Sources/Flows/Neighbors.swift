import Addresses
import Packets

/// Which link-layer address ARP and neighbour discovery last bound to an IP address, who asked for it,
/// and what else is claimed for that link-layer address.
///
/// Direct-mapped tables: a newer binding of the same slot takes the place of an older one, so memory
/// is fixed and a flood of claims costs at most some bindings.
struct Neighbors {
  /// What a packet claims, and how that fits with what was heard before.
  struct Claim {
    /// It moved an address that was bound to another MAC.
    var isRebound = false
    /// It answers or announces, and nobody had asked.
    var isUnasked = false
    /// How many addresses of the same family the MAC has claimed lately, this one included.
    var addresses: UInt32 = 0
  }

  private var slots: [(address: IPAddress, mac: MACAddress)]
  private var questions = Questions()
  private var claimants = Claimants()

  init(capacity: Int = 4_096) {
    slots = Array(repeating: (IPAddress(v4: 0), .none), count: capacity)
  }

  /// Takes a message of ARP or neighbour discovery.
  ///
  /// - Returns: what it claims; nil if it only asks.
  mutating func hear(_ packet: UnsafePointer<Packet>, at time: Int64) -> Claim? {
    if let sought = packet.pointee.sought {
      questions.ask(for: sought, by: packet.pointee.source, at: time)
    }
    guard let binding = packet.pointee.binding, !binding.address.isUnspecified else { return nil }
    var claim = Claim()
    if let listener = packet.pointee.listener {
      claim.isUnasked = !questions.wereAsked(for: binding.address, by: listener, at: time)
    }
    guard binding.mac == packet.pointee.sourceMAC, !binding.mac.isGroup else { return claim }
    claim.isRebound = learn(binding)
    claim.addresses = claimants.count(binding, at: time)
    return claim
  }

  /// Takes a claim of a frame that comes from the link-layer address it names.
  ///
  /// - Returns: whether it moved an address that was bound to another MAC.
  private mutating func learn(_ binding: Packet.Binding) -> Bool {
    let slot = slot(binding.address)
    let old = slots[slot]
    slots[slot] = (binding.address, binding.mac)
    return old.address == binding.address && old.mac != binding.mac && old.mac != .none
  }

  /// Whether `mac` is the one bound to `address`.
  func isBound(_ address: IPAddress, to mac: MACAddress) -> Bool {
    let entry = slots[slot(address)]
    return mac != .none && entry.address == address && entry.mac == mac
  }

  private func slot(_ address: IPAddress) -> Int {
    Int(truncatingIfNeeded: address.mixed % UInt64(slots.count))
  }
}

/// The ports of fragmented packets, or what ICMP has in their place, for the fragments that carry
/// none: the last few first fragments.
struct FragmentPorts {
  private struct Entry {
    var source = IPAddress(v4: 0)
    var destination = IPAddress(v4: 0)
    var identification: UInt32 = 0
    var ipProtocol: UInt8 = 0
    var sourcePort: UInt16 = 0
    var destinationPort: UInt16 = 0
    var icmpType: UInt8 = 0
    var icmpIdentifier: UInt16 = 0
  }

  private var slots = [Entry](repeating: Entry(), count: 1_024)

  /// Remembers a first fragment's ports, gives a later one those of its first.
  mutating func resolve(_ packet: inout Packet) {
    guard packet.fragment != .none else { return }
    let hash = mix(
      packet.source.mixed ^ UInt64(packet.fragmentIdentification), packet.destination.mixed | 1)
    let slot = Int(truncatingIfNeeded: hash % UInt64(slots.count))
    if packet.fragment == .first {
      slots[slot] = Entry(
        source: packet.source, destination: packet.destination,
        identification: packet.fragmentIdentification, ipProtocol: packet.ipProtocol,
        sourcePort: packet.sourcePort, destinationPort: packet.destinationPort,
        icmpType: packet.icmpType, icmpIdentifier: packet.icmpIdentifier)
    } else {
      let entry = slots[slot]
      guard entry.identification == packet.fragmentIdentification,
        entry.ipProtocol == packet.ipProtocol, entry.source == packet.source,
        entry.destination == packet.destination
      else { return }
      packet.sourcePort = entry.sourcePort
      packet.destinationPort = entry.destinationPort
      packet.icmpType = entry.icmpType
      packet.icmpIdentifier = entry.icmpIdentifier
    }
  }
}
