/// The part of a header that is always there, as one check has shown.
///
/// Reads are checked against its length and are zero outside it. Length and offsets are literals and
/// everything is inlined, so that the compiler decides these checks.
struct Header {
  private let base: UnsafeRawPointer
  private let count: Int

  /// `count` bytes that can be read at `base`; only ``Bytes/header(_:at:)`` knows that they can.
  @inline(__always) init(base: UnsafeRawPointer, count: Int) {
    self.base = base
    self.count = count
  }

  @inline(__always) private func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ offset: Int, _: Value.Type
  ) -> Value {
    guard offset >= 0, offset &+ MemoryLayout<Value>.size <= count else { return 0 }
    return base.loadUnaligned(fromByteOffset: offset, as: Value.self)
  }

  @inline(__always) func u8(_ offset: Int) -> UInt8 { load(offset, UInt8.self) }
  @inline(__always) func u16(_ offset: Int) -> UInt16 { load(offset, UInt16.self).bigEndian }
  @inline(__always) func u32(_ offset: Int) -> UInt32 { load(offset, UInt32.self).bigEndian }
  @inline(__always) func u64(_ offset: Int) -> UInt64 { load(offset, UInt64.self).bigEndian }

  /// Six bytes as one number, first byte highest.
  @inline(__always) func u48(_ offset: Int) -> UInt64 {
    UInt64(u32(offset)) << 16 | UInt64(u16(offset &+ 4))
  }
}
