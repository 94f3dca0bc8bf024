/// The eight flag bits of a TCP header (RFC 9293, section 3.1), as on the wire.
public struct TCPFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
  /// Byte 13 of the header.
  public let rawValue: UInt8

  /// The flags of byte 13 of a header.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// No more data from the sender.
  @inlinable public static var fin: TCPFlags { TCPFlags(rawValue: 0x01) }
  /// Synchronise sequence numbers.
  @inlinable public static var syn: TCPFlags { TCPFlags(rawValue: 0x02) }
  /// Reset the connection.
  @inlinable public static var rst: TCPFlags { TCPFlags(rawValue: 0x04) }
  /// Push.
  @inlinable public static var psh: TCPFlags { TCPFlags(rawValue: 0x08) }
  /// The acknowledgment number is valid.
  @inlinable public static var ack: TCPFlags { TCPFlags(rawValue: 0x10) }
  /// The urgent pointer is valid.
  @inlinable public static var urg: TCPFlags { TCPFlags(rawValue: 0x20) }
  /// ECN echo (RFC 3168).
  @inlinable public static var ece: TCPFlags { TCPFlags(rawValue: 0x40) }
  /// Congestion window reduced (RFC 3168).
  @inlinable public static var cwr: TCPFlags { TCPFlags(rawValue: 0x80) }
}
