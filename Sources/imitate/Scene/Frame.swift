import Addresses

/// One end of a packet as it looks on this wire.
struct Endpoint: Sendable {
  /// The host's own address, or the gateway's for a host outside.
  var mac: MACAddress
  var address: IPAddress
  /// 0 where the protocol has none.
  var port: UInt16 = 0
  /// Time to live as it arrives here.
  var ttl: UInt8 = 64
}

/// TCP flags (RFC 9293 section 3.1).
struct Flags: OptionSet, Sendable {
  let rawValue: UInt8
  static let fin = Flags(rawValue: 1)
  static let syn = Flags(rawValue: 2)
  static let rst = Flags(rawValue: 4)
  static let psh = Flags(rawValue: 8)
  static let ack = Flags(rawValue: 16)
  static let urg = Flags(rawValue: 32)
}

/// The fields of a TCP header that vary.
struct Segment {
  var flags: Flags
  var sequence: UInt32
  var acknowledgment: UInt32 = 0
  var window: UInt16
  /// A multiple of four bytes.
  var options: [UInt8] = []
}

/// Makes one frame at a time: Ethernet, IPv4 or IPv6, transport header, payload, checksums.
struct Frame {
  /// The frame, padded to the 60 bytes that Ethernet needs.
  private(set) var bytes: [UInt8] = []
  private var transport = 0
  private var pseudo: UInt64 = 0

  /// Starts an Ethernet frame of a type.
  mutating func ethernet(_ source: MACAddress, _ destination: MACAddress, type: UInt16) {
    bytes.removeAll(keepingCapacity: true)
    for address in [destination, source] {
      bytes.put(UInt16(truncatingIfNeeded: address.bits >> 32))
      bytes.put(UInt32(truncatingIfNeeded: address.bits))
    }
    bytes.put(type)
  }

  /// Starts a packet with `length` bytes above the IP header.
  mutating func ip(
    _ from: Endpoint, _ to: Endpoint, protocol number: UInt8, length: Int, id: UInt16,
    service: UInt8 = 0, fragment: Bool = true
  ) {
    let four = from.address.family == .v4
    ethernet(from.mac, to.mac, type: four ? 0x0800 : 0x86DD)
    let start = bytes.count
    if four {
      bytes += [0x45, service]
      bytes.put(UInt16(20 + length))
      bytes.put(id)
      bytes.put(UInt16(fragment ? 0x4000 : 0))
      bytes += [from.ttl, number, 0, 0]
      bytes.put(UInt32(truncatingIfNeeded: from.address.low))
      bytes.put(UInt32(truncatingIfNeeded: to.address.low))
      bytes.set(internetChecksum(internetSum(bytes[start...])), at: start + 10)
      pseudo = internetSum(bytes[(start + 12)...])
    } else {
      bytes.put(0x6000_0000 | UInt32(service) << 20)
      bytes.put(UInt16(length))
      bytes += [number, from.ttl]
      for address in [from.address, to.address] {
        bytes.put(address.high)
        bytes.put(address.low)
      }
      pseudo = internetSum(bytes[(start + 8)...])
    }
    pseudo += UInt64(number) + UInt64(length)
    transport = bytes.count
  }

  /// Fills in the checksum `offset` bytes into the transport header and pads.
  mutating func end(checksumAt offset: Int, pseudoHeader: Bool = true, zeroIsNone: Bool = false) {
    let sum = internetChecksum(internetSum(bytes[transport...], pseudoHeader ? pseudo : 0))
    bytes.set(zeroIsNone && sum == 0 ? 0xFFFF : sum, at: transport + offset)
    pad()
  }

  /// Appends a part of the payload.
  mutating func append(_ payload: some Collection<UInt8>) { bytes.append(contentsOf: payload) }

  /// Fills up to Ethernet's least length.
  mutating func pad() {
    if bytes.count < 60 { bytes += [UInt8](repeating: 0, count: 60 - bytes.count) }
  }
}
