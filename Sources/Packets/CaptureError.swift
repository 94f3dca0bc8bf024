/// Why a capture file cannot be read, or be read on.
///
/// `offset` is where in the file, in bytes; `packets` is how many were delivered before.
public enum CaptureError: Error, Hashable, Sendable {
  /// The first bytes are neither pcap nor pcapng.
  case notACapture
  /// Another version of the format than pcap 2.0 to 2.4 or pcapng 1.
  case unsupportedVersion(major: UInt16, minor: UInt16, offset: Int)
  /// The link-layer type with this number is out of scope (802.11, for example).
  case unsupportedLinkType(number: UInt32, offset: Int, packets: Int)
  /// The file ends within the header, record or block that begins at `offset`.
  case truncated(offset: Int, packets: Int)
  /// A record claims more than ``CaptureReader/largestFrame`` captured bytes.
  case absurdLength(length: UInt32, offset: Int, packets: Int)
  /// A pcapng block whose lengths contradict each other.
  case malformedBlock(offset: Int, packets: Int)
  /// A pcapng packet of an interface that the section did not describe.
  case unknownInterface(number: UInt32, offset: Int, packets: Int)
}

extension CaptureError: CustomStringConvertible {
  /// "unable to read capture: " and the cause, with the offset and the number of packets before it.
  public var description: String {
    "unable to read capture: " + cause
  }

  private var cause: String {
    switch self {
    case .notACapture:
      "neither pcap nor pcapng at byte 0"
    case .unsupportedVersion(let major, let minor, let offset):
      "unsupported version \(major).\(minor) at byte \(offset)"
    case .unsupportedLinkType(let number, let offset, let packets):
      "link type \(number) is out of scope, at byte \(offset) after \(packets) packets"
    case .truncated(let offset, let packets):
      "the file ends within what begins at byte \(offset), after \(packets) packets"
    case .absurdLength(let length, let offset, let packets):
      "absurd captured length \(length) at byte \(offset) after \(packets) packets"
    case .malformedBlock(let offset, let packets):
      "malformed block at byte \(offset) after \(packets) packets"
    case .unknownInterface(let number, let offset, let packets):
      "undescribed interface \(number) at byte \(offset) after \(packets) packets"
    }
  }
}
