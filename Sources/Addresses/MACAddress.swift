/// A 48-bit IEEE 802 address.
public struct MACAddress: Hashable, Sendable, BitwiseCopyable {
  /// The address in the lowest 48 bits, first octet highest.
  public let bits: UInt64

  /// An address from its 48 bits; higher bits are ignored.
  @inlinable public init(bits: UInt64) { self.bits = bits & 0xFFFF_FFFF_FFFF }

  /// `00:00:00:00:00:00`, which a frame without a link-layer address carries here.
  public static let none = MACAddress(bits: 0)

  /// The group bit: multicast and broadcast.
  public var isGroup: Bool { bits >> 40 & 1 == 1 }
}

extension MACAddress: LosslessStringConvertible, CustomStringConvertible {
  /// Reads six two-digit hexadecimal octets between colons or hyphens; nil for anything else.
  public init?(_ text: String) {
    var text = text
    guard let address = text.withUTF8({ MACAddress(ascii: UnsafeRawBufferPointer($0)) })
    else { return nil }
    self = address
  }

  /// As ``init(_:)``, from bytes.
  public init?(ascii text: UnsafeRawBufferPointer) {
    guard text.count == Self.mostText else { return nil }
    var bits: UInt64 = 0
    for index in 0..<Self.mostText {
      let byte = text[index]
      if index % 3 == 2 {
        guard byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard let digit = Self.hexDigit(byte) else { return nil }
        bits = bits << 4 | UInt64(digit)
      }
    }
    self.init(bits: bits)
  }

  @inline(__always) private static func hexDigit(_ byte: UInt8) -> UInt8? {
    let digit = byte &- UInt8(ascii: "0")
    if digit <= 9 { return digit }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : nil
  }

  /// Lower-case hexadecimal octets between colons.
  public var description: String {
    String(unsafeUninitializedCapacity: Self.mostText) { write(at: $0.baseAddress!) }
  }

  /// The bytes of ``description``.
  public static let mostText = 17

  /// Writes the text of ``description`` to `start`, where there is room for ``mostText`` bytes.
  ///
  /// - Returns: how many bytes it took.
  public func write(at start: UnsafeMutablePointer<UInt8>) -> Int {
    var at = start
    for shift in stride(from: UInt64(44), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: bits >> shift) & 0xF
      at = at.put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      if shift % 8 == 0, shift > 0 { at = at.put(UInt8(ascii: ":")) }
    }
    return at - start
  }
}
