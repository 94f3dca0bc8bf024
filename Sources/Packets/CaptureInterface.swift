import Time

/// What a pcapng section says of one interface.
struct CaptureInterface {
  /// The link-layer type's number.
  let number: UInt16
  /// The type, if it is in scope.
  let link: LinkType?
  /// The most bytes kept of a frame; 0 for no limit.
  let snapLength: UInt32
  private var resolution: UInt8 = 6
  private var offsetSeconds: Int64 = 0

  /// Reads the body of an interface description block that begins at `start` and ends with `bytes`.
  init(_ bytes: Bytes, _ start: Int, swapped: Bool) {
    number = bytes.u16(start, swapped: swapped)
    link = LinkType(number: UInt32(number))
    snapLength = bytes.u32(start + 4, swapped: swapped)
    var offset = start + 8
    while bytes.has(4, at: offset) {
      let code = bytes.u16(offset, swapped: swapped)
      let length = Int(bytes.u16(offset + 2, swapped: swapped))
      guard code != 0, bytes.has(length, at: offset + 4) else { return }
      if code == 9, length >= 1 { resolution = bytes.u8(offset + 4) }  // if_tsresol
      if code == 14, length >= 8 {  // if_tsoffset
        let seconds = bytes.u64(offset + 4)
        offsetSeconds = Int64(bitPattern: swapped ? seconds.byteSwapped : seconds)
      }
      offset += 4 + (length + 3) / 4 * 4
    }
  }

  /// The moment `units` of this interface's clock tell, rounded down to microseconds.
  func time(_ units: UInt64) -> Timestamp {
    let moment = Timestamp(microseconds: Int64(clamping: microseconds(units)))
    guard offsetSeconds != 0 else { return moment }
    return moment.advanced(by: Timestamp(seconds: offsetSeconds).microseconds)
  }

  /// if_tsresol: 10 to the minus n seconds, or 2 to the minus n with the highest bit set.
  private func microseconds(_ units: UInt64) -> UInt64 {
    if resolution == 6 { return units }
    let exponent = Int(resolution & 0x7F)
    if resolution & 0x80 != 0 {
      let (high, low) = units.multipliedFullWidth(by: 1_000_000)
      let product = UInt128(high) << 64 | UInt128(low)
      return UInt64(clamping: product >> UInt128(exponent))
    }
    let steps = abs(exponent - 6)
    guard steps <= 19 else { return 0 }
    let power = (0..<steps).reduce(UInt64(1)) { value, _ in value * 10 }
    guard exponent < 6 else { return units / power }
    let (product, overflow) = units.multipliedReportingOverflow(by: power)
    return overflow ? .max : product
  }
}
