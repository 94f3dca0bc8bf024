import CLinux

/// The one way to read untrusted bytes: every read is checked, and reads zero outside the limit.
///
/// So no read traps and none leaves the buffer; whoever must tell a zero from nothing asks ``has(_:at:)``.
struct Bytes {
  private let base: UnsafeRawPointer
  /// Reads stop here; at most the number of bytes there are.
  let end: Int
  /// Where they ended on the wire, by the word of the layer below.
  let wireEnd: Int

  /// Nil for an empty buffer.
  @inline(__always) init?(_ buffer: UnsafeRawBufferPointer, wireLength: Int = 0) {
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return nil }
    self.init(base: base, end: buffer.count, wireEnd: max(wireLength, buffer.count))
  }

  @inline(__always) private init(base: UnsafeRawPointer, end: Int, wireEnd: Int) {
    self.base = base
    self.end = end
    self.wireEnd = wireEnd
  }

  /// The same bytes with an earlier end; a later one changes nothing.
  @inline(__always) func limited(to limit: Int) -> Bytes {
    Bytes(base: base, end: max(0, min(end, limit)), wireEnd: max(0, min(wireEnd, limit)))
  }

  /// The same bytes, but ended at `wireEnd` on the wire if that is later.
  @inline(__always) func reaching(_ wireEnd: Int) -> Bytes {
    Bytes(base: base, end: end, wireEnd: max(wireEnd, self.wireEnd))
  }

  /// The `count` bytes at `offset`, to be read without further checks; nil if not all are there.
  @inline(__always) func header(_ count: Int, at offset: Int) -> Header? {
    guard has(count, at: offset) else { return nil }
    return Header(base: base + offset, count: count)
  }

  /// Whether `count` bytes can be read at `offset`.
  @inline(__always) func has(_ count: Int, at offset: Int) -> Bool {
    offset >= 0 && count >= 0 && count <= end &- offset
  }

  /// Asks for the bytes at `offset`, which need not be there, before they are read.
  @inline(__always) func expect(_ offset: Int) { ward_prefetch(base + offset) }

  /// `count` bytes at `offset`; as many as there are, if fewer.
  @inline(__always) func slice(_ offset: Int, count: Int) -> UnsafeRawBufferPointer {
    let start = min(max(offset, 0), end)
    return UnsafeRawBufferPointer(start: base + start, count: min(max(count, 0), end - start))
  }

  @inline(__always) private func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ offset: Int, _: Value.Type
  ) -> Value {
    guard offset >= 0, MemoryLayout<Value>.size <= end &- offset else { return 0 }
    return base.loadUnaligned(fromByteOffset: offset, as: Value.self)
  }

  @inline(__always) func u8(_ offset: Int) -> UInt8 { load(offset, UInt8.self) }
  @inline(__always) func u16(_ offset: Int) -> UInt16 { load(offset, UInt16.self).bigEndian }
  @inline(__always) func u32(_ offset: Int) -> UInt32 { load(offset, UInt32.self).bigEndian }
  @inline(__always) func u64(_ offset: Int) -> UInt64 { load(offset, UInt64.self).bigEndian }

  /// Six bytes as one number, first byte highest.
  @inline(__always) func u48(_ offset: Int) -> UInt64 {
    guard has(6, at: offset) else { return 0 }
    return UInt64(u32(offset)) << 16 | UInt64(u16(offset &+ 4))
  }

  /// Two bytes of a file written in the other byte order than network order if `swapped`.
  @inline(__always) func u16(_ offset: Int, swapped: Bool) -> UInt16 {
    let value = u16(offset)
    return swapped ? value.byteSwapped : value
  }

  /// Four bytes of a file written in the other byte order than network order if `swapped`.
  @inline(__always) func u32(_ offset: Int, swapped: Bool) -> UInt32 {
    let value = u32(offset)
    return swapped ? value.byteSwapped : value
  }
}
