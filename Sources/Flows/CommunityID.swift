import Addresses
import COpenSSL
import Packets

/// Makes Community IDs, version 1, seed 0: `1:` and the base64 of a SHA-1 over the ordered 5-tuple
/// (corelight/community-id-spec).
struct CommunityID: ~Copyable {
  /// An identifier's text, or nothing yet.
  struct Text: BitwiseCopyable {
    fileprivate var bytes = InlineArray<32, UInt8>(repeating: 0)
    fileprivate var count = 0
  }

  private let digest = EVP_MD_CTX_new()
  private let algorithm = EVP_MD_fetch(nil, "SHA1", nil)

  deinit {
    EVP_MD_CTX_free(digest)
    EVP_MD_free(algorithm)
  }

  /// The identifier of a flow; `-` for what is not IP. Made once a flow.
  func of(_ flow: UnsafeMutablePointer<Flow>) -> String {
    if flow.pointee.communityID.count == 0 { flow.pointee.communityID = make(flow) }
    let text = flow.pointee.communityID
    return String(unsafeUninitializedCapacity: text.count) { buffer in
      for index in 0..<text.count { buffer[index] = text.bytes[index] }
      return text.count
    }
  }

  private func make(_ flow: UnsafeMutablePointer<Flow>) -> Text {
    var text = Text()
    guard flow.pointee.ipVersion != 0 else {
      (text.bytes[0], text.count) = (UInt8(ascii: "-"), 1)
      return text
    }
    (text.bytes[0], text.bytes[1], text.count) = (UInt8(ascii: "1"), UInt8(ascii: ":"), 30)
    // The message, 40 bytes at most; its digest, 20; the digest's base64, 28 and a zero.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40 + 20 + 29) { memory in
      let message = memory.baseAddress!
      let (sum, base64) = (message + 40, message + 60)
      let count = Self.write(flow, to: message)
      EVP_DigestInit_ex2(digest, algorithm, nil)
      EVP_DigestUpdate(digest, message, count)
      EVP_DigestFinal_ex(digest, sum, nil)
      EVP_EncodeBlock(base64, sum, 20)
      for index in 0..<28 { text.bytes[2 + index] = base64[index] }
    }
    return text
  }

  /// Seed, addresses, protocol, padding, ports: at most 40 bytes.
  private static func write(
    _ flow: UnsafeMutablePointer<Flow>, to message: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let (from, to, isOneWay) = ends(flow)
    let inOrder =
      isOneWay || flow.pointee.source < flow.pointee.destination
      || flow.pointee.source == flow.pointee.destination && from <= to
    var count = 2
    message.update(repeating: 0, count: count)
    count += (inOrder ? flow.pointee.source : flow.pointee.destination).octets(to: message + count)
    count += (inOrder ? flow.pointee.destination : flow.pointee.source).octets(to: message + count)
    message[count] = flow.pointee.ipProtocol
    message[count + 1] = 0
    count += 2
    guard hasPorts(flow.pointee.ipProtocol) else { return count }
    let (first, second) = inOrder ? (from, to) : (to, from)
    message[count] = UInt8(first >> 8)
    message[count + 1] = UInt8(first & 255)
    message[count + 2] = UInt8(second >> 8)
    message[count + 3] = UInt8(second & 255)
    return count + 4
  }

  /// Ports, or what ICMP has in their place.
  private static func ends(
    _ flow: UnsafeMutablePointer<Flow>
  ) -> (from: UInt16, to: UInt16, isOneWay: Bool) {
    guard flow.pointee.kind == .icmp || flow.pointee.kind == .icmp6 else {
      return (flow.pointee.sourcePort, flow.pointee.destinationPort, false)
    }
    let counterparts = flow.pointee.kind == .icmp ? icmp : icmp6
    let type = asked(flow)
    guard let counterpart = counterparts[type] else {
      return (UInt16(type), UInt16(flow.pointee.icmpCode), true)
    }
    return (UInt16(type), UInt16(counterpart), false)
  }

  /// Whether the protocol's ports, or types, are part of the tuple.
  private static func hasPorts(_ ipProtocol: UInt8) -> Bool {
    switch ipProtocol {
    case 1, 6, 17, 58, 132: true
    default: false
    }
  }

  /// The type of the flow's source: an echo reply seen first came from the destination.
  private static func asked(_ flow: UnsafeMutablePointer<Flow>) -> UInt8 {
    switch (flow.pointee.kind, flow.pointee.icmpType) {
    case (.icmp, 0): 8
    case (.icmp6, 129): 128
    default: flow.pointee.icmpType
    }
  }

  /// Types that ask and answer each other; any other message is one-way.
  private static let icmp: [UInt8: UInt8] = [
    8: 0, 0: 8, 13: 14, 14: 13, 15: 16, 16: 15, 10: 9, 9: 10, 17: 18, 18: 17,
  ]
  private static let icmp6: [UInt8: UInt8] = [
    128: 129, 129: 128, 133: 134, 134: 133, 135: 136, 136: 135, 130: 131, 131: 130, 144: 145,
    145: 144, 139: 140, 140: 139,
  ]
}

extension IPAddress {
  /// Writes the address in network order; how many bytes it took.
  fileprivate func octets(to start: UnsafeMutablePointer<UInt8>) -> Int {
    let count = family.bits / 8
    for index in 0..<count {
      start[index] = UInt8(truncatingIfNeeded: number >> UInt128(8 * (count - 1 - index)))
    }
    return count
  }
}
