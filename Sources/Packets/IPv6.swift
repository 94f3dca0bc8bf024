import Addresses

/// Walks IPv6 extension headers (RFC 8200 section 4, RFC 4302) to the upper protocol.
struct ExtensionChain {
  /// The upper protocol, or where the walk ended early the next header not walked.
  var upper: UInt8
  /// Where the upper header begins.
  var offset: Int
  /// Whether the walk reached the upper header.
  var isComplete = true
  var fragment = Packet.Fragment.none
  var fragmentOffset = 0
  var identification: UInt32 = 0
  var oddities: Oddities = []

  @inline(__always) init(_ bytes: Bytes, next: UInt8, at offset: Int) {
    upper = next
    self.offset = offset
    if Self.isExtension(next) { walk(bytes) }
  }

  @inline(__always) private static func isExtension(_ number: UInt8) -> Bool {
    switch number {
    case 0, 43, 44, 51, 60: true
    default: false
    }
  }

  private mutating func walk(_ bytes: Bytes) {
    for _ in 0..<Packet.mostExtensionHeaders {
      guard bytes.has(8, at: offset) else { return stop(.truncated) }
      let units = Int(bytes.u8(offset &+ 1))
      let length = upper == 44 ? 8 : upper == 51 ? (units &+ 2) &* 4 : (units &+ 1) &* 8
      guard bytes.has(length, at: offset) else { return stop(.truncated) }
      if upper == 43, bytes.u8(offset &+ 2) == 0 { oddities.insert(.sourceRouted) }
      if upper == 44 { readFragment(bytes) }
      upper = bytes.u8(offset)
      offset &+= length
      if fragment == .later || !Self.isExtension(upper) { return }
    }
    stop(.longExtensionChain)
  }

  private mutating func stop(_ oddity: Oddities) {
    oddities.insert(oddity)
    isComplete = false
  }

  /// Offset 0 without more to come is an atomic fragment (RFC 6946): a whole packet.
  private mutating func readFragment(_ bytes: Bytes) {
    let field = bytes.u16(offset &+ 2)
    identification = bytes.u32(offset &+ 4)
    fragmentOffset = Int(field & 0xFFF8)
    if fragmentOffset > 0 { fragment = .later } else if field & 1 == 1 { fragment = .first }
  }
}

extension Packet {
  /// RFC 8200.
  mutating func ipv6(_ bytes: Bytes, _ offset: Int) {
    guard let fixed = bytes.header(40, at: offset) else { return cut() }
    let first = fixed.u32(0)
    guard first >> 28 == 6 else {
      oddities.insert(.badIPVersion)
      return
    }
    ipVersion = 6
    kind = .otherIP
    typeOfService = UInt8(truncatingIfNeeded: first >> 20)
    ttl = fixed.u8(7)
    source = IPAddress(v6: fixed.u64(8), fixed.u64(16))
    destination = IPAddress(v6: fixed.u64(24), fixed.u64(32))
    judgeAddresses()
    let next = fixed.u8(6)
    let length = Int(fixed.u16(4))
    let room = bytes.wireEnd &- offset
    // 59 is "no next header", so 0 is the true length then; else a jumbogram (RFC 2675) or offload.
    ipLength = length == 0 && next != 59 ? max(room, 40) : length &+ 40
    if ipLength > room {
      oddities.insert(.badTotalLength)
      ipLength = max(room, 40)
    }
    extensions(bytes, next: next, at: offset)
  }

  private mutating func extensions(_ bytes: Bytes, next: UInt8, at offset: Int) {
    let limited = bytes.limited(to: offset &+ ipLength)
    let chain = ExtensionChain(limited, next: next, at: offset &+ 40)
    oddities.formUnion(chain.oddities)
    ipProtocol = chain.upper
    ipHeaderLength = min(chain.offset &- offset, ipLength)
    fragment = chain.fragment
    fragmentOffset = chain.fragmentOffset
    fragmentIdentification = chain.identification
    if chain.isComplete {
      transport(limited, chain.offset)
    } else {
      // Cut by the packet's own length, not by the capture.
      if limited.end < bytes.end, chain.oddities.contains(.truncated) {
        oddities.remove(.truncated)
        oddities.insert(fragment == .first ? .tinyFragment : .badHeaderLength)
      }
      payload(limited, chain.offset)
    }
  }
}
