import Addresses
import Glibc

/// All frames that pass the tap, in any order until the end.
struct Wire {
  private struct Entry {
    var time: Int64
    var offset: Int
    var length: Int
  }

  private var arena: [UInt8] = []
  private var entries: [Entry] = []
  private var frame = Frame()
  private var identification: UInt16 = 0

  /// How many frames there are.
  var count: Int { entries.count }

  /// A TCP segment.
  mutating func tcp(
    _ time: Int64, _ from: Endpoint, _ to: Endpoint, _ segment: Segment,
    _ payload: ArraySlice<UInt8> = []
  ) {
    let header = 20 + segment.options.count
    identification &+= 1
    frame.ip(from, to, protocol: 6, length: header + payload.count, id: identification)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(header)
    bytes.put(from.port)
    bytes.put(to.port)
    bytes.put(segment.sequence)
    bytes.put(segment.acknowledgment)
    bytes += [UInt8(header / 4) << 4, segment.flags.rawValue]
    bytes.put(segment.window)
    bytes += [0, 0, 0, 0]
    bytes += segment.options
    frame.append(bytes)
    frame.append(payload)
    frame.end(checksumAt: 16)
    put(time, frame.bytes)
  }

  /// A UDP datagram.
  mutating func udp(
    _ time: Int64, _ from: Endpoint, _ to: Endpoint, _ payload: some Collection<UInt8>
  ) {
    identification &+= 1
    frame.ip(from, to, protocol: 17, length: 8 + payload.count, id: identification)
    var bytes: [UInt8] = []
    bytes.put(from.port)
    bytes.put(to.port)
    bytes.put(UInt16(8 + payload.count))
    bytes += [0, 0]
    frame.append(bytes)
    frame.append(payload)
    frame.end(checksumAt: 6, zeroIsNone: true)
    put(time, frame.bytes)
  }

  /// An ICMP or, between IPv6 addresses, ICMPv6 message; `rest` follows the checksum.
  mutating func icmp(
    _ time: Int64, _ from: Endpoint, _ to: Endpoint, type: UInt8, code: UInt8 = 0, rest: [UInt8]
  ) {
    let six = from.address.family == .v6
    identification &+= 1
    frame.ip(
      from, to, protocol: six ? 58 : 1, length: 4 + rest.count, id: identification,
      fragment: false)
    frame.append([type, code, 0, 0])
    frame.append(rest)
    frame.end(checksumAt: 2, pseudoHeader: six)
    put(time, frame.bytes)
  }

  /// An IGMP membership report (RFC 2236) for a group.
  mutating func membership(_ time: Int64, _ from: Endpoint, _ group: Endpoint) {
    identification &+= 1
    var source = from
    source.ttl = 1
    frame.ip(source, group, protocol: 2, length: 8, id: identification)
    frame.append([0x16, 0, 0, 0])
    var bytes: [UInt8] = []
    bytes.put(UInt32(truncatingIfNeeded: group.address.low))
    frame.append(bytes)
    frame.end(checksumAt: 2, pseudoHeader: false)
    put(time, frame.bytes)
  }

  /// An ARP packet (RFC 826): `operation` 1 asks, 2 answers.
  mutating func arp(
    _ time: Int64, operation: UInt16, sender: (MACAddress, IPAddress),
    target: (MACAddress, IPAddress), to destination: MACAddress
  ) {
    frame.ethernet(sender.0, destination, type: 0x0806)
    var bytes: [UInt8] = [0, 1, 8, 0, 6, 4]
    bytes.put(operation)
    for (mac, address) in [sender, target] {
      bytes.put(UInt16(truncatingIfNeeded: mac.bits >> 32))
      bytes.put(UInt32(truncatingIfNeeded: mac.bits))
      bytes.put(UInt32(truncatingIfNeeded: address.low))
    }
    frame.append(bytes)
    frame.pad()
    put(time, frame.bytes)
  }

  private mutating func put(_ time: Int64, _ bytes: [UInt8]) {
    entries.append(Entry(time: time, offset: arena.count, length: bytes.count))
    arena.append(contentsOf: bytes)
  }

  /// Puts the frames in order of time; frames of one time stay in the order they were made.
  mutating func sort() {
    entries.sort { ($0.time, $0.offset) < ($1.time, $1.offset) }
  }

  /// Calls `body` with the time and bytes of every frame.
  func forEach(_ body: (Int64, ArraySlice<UInt8>) -> Void) {
    for entry in entries { body(entry.time, arena[entry.offset..<(entry.offset + entry.length)]) }
  }

  /// The frames within `span` as a classic little-endian pcap file of link type Ethernet.
  func pcap(_ span: Range<Int64>) -> [UInt8] {
    var file: [UInt8] = []
    file.reserveCapacity(arena.count + 16 * entries.count + 24)
    for word: UInt32 in [0xA1B2_C3D4, 0x0004_0002, 0, 0, 65535, 1] { file.put(little: word) }
    for entry in entries where span.contains(entry.time) {
      file.put(little: UInt32(truncatingIfNeeded: entry.time / 1_000_000))
      file.put(little: UInt32(entry.time % 1_000_000))
      file.put(little: UInt32(entry.length))
      file.put(little: UInt32(entry.length))
      file += arena[entry.offset..<(entry.offset + entry.length)]
    }
    return file
  }
}
