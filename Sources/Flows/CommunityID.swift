import Addresses
import COpenSSL
import Packets

/// Community ID version 1, seed 0: `1:` and the base64 of a SHA-1 over the ordered 5-tuple
/// (corelight/community-id-spec).
enum CommunityID {
  /// The identifier of a flow; `-` for what is not IP.
  static func of(_ flow: Flow) -> String {
    guard flow.ipVersion != 0 else { return "-" }
    var (from, to) = (flow.sourcePort, flow.destinationPort)
    var isOneWay = false
    if flow.kind == .icmp || flow.kind == .icmp6 {
      let counterparts = flow.kind == .icmp ? icmp : icmp6
      let type = asked(flow)
      from = UInt16(type)
      if let counterpart = counterparts[type] {
        to = UInt16(counterpart)
      } else {
        to = UInt16(flow.icmpCode)
        isOneWay = true
      }
    }
    let inOrder =
      isOneWay || flow.source < flow.destination
      || flow.source == flow.destination && from <= to
    let (first, second) =
      inOrder ? (flow.source, flow.destination) : (flow.destination, flow.source)
    if !inOrder { swap(&from, &to) }
    var message: [UInt8] = [0, 0]
    message.append(address: first)
    message.append(address: second)
    message += [flow.ipProtocol, 0]
    if withPorts.contains(flow.ipProtocol) {
      message += [UInt8(from >> 8), UInt8(from & 255), UInt8(to >> 8), UInt8(to & 255)]
    }
    var digest = [UInt8](repeating: 0, count: 20)
    SHA1(message, message.count, &digest)
    var text = [UInt8](repeating: 0, count: 29)
    EVP_EncodeBlock(&text, digest, 20)
    return "1:" + String(decoding: text.dropLast(), as: UTF8.self)
  }

  /// The protocols whose ports, or types, are part of the tuple.
  private static let withPorts: [UInt8] = [1, 6, 17, 58, 132]

  /// The type of the flow's source: an echo reply seen first came from the destination.
  private static func asked(_ flow: Flow) -> UInt8 {
    switch (flow.kind, flow.icmpType) {
    case (.icmp, 0): 8
    case (.icmp6, 129): 128
    default: flow.icmpType
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

extension [UInt8] {
  fileprivate mutating func append(address: IPAddress) {
    let bits = address.family.bits
    for shift in stride(from: bits - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: address.number >> UInt128(shift)))
    }
  }
}
