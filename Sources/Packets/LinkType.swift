/// What a frame begins with: the link-layer header types that can be dissected.
///
/// Numbers are the LINKTYPE_ values of <https://www.tcpdump.org/linktypes.html>, and the DLT_ values
/// that older writers put into files. Wireless frames (105, 119, 127, 163) and all others are out of scope.
public enum LinkType: UInt8, CaseIterable, Sendable {
  /// Ethernet II and IEEE 802.3 (1).
  case ethernet
  /// BSD loopback, a four-byte address family (0), or the same in network order (108).
  case loopback
  /// A bare IPv4 or IPv6 packet (101; DLT 12 and 14).
  case raw
  /// A bare IPv4 packet (228).
  case ipv4
  /// A bare IPv6 packet (229).
  case ipv6
  /// Linux cooked capture, version 1 (113).
  case cooked
  /// Linux cooked capture, version 2 (276).
  case cooked2

  /// The type with this number in a capture file; nil if it is out of scope.
  public init?(number: UInt32) {
    switch number {
    case 1: self = .ethernet
    case 0, 108: self = .loopback
    case 12, 14, 101: self = .raw
    case 228: self = .ipv4
    case 229: self = .ipv6
    case 113: self = .cooked
    case 276: self = .cooked2
    default: return nil
    }
  }

  /// The number to write into a capture file.
  public var number: UInt32 {
    switch self {
    case .ethernet: 1
    case .loopback: 0
    case .raw: 101
    case .ipv4: 228
    case .ipv6: 229
    case .cooked: 113
    case .cooked2: 276
    }
  }
}
