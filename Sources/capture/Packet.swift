import Time

/// One packet as libpcap gave it; `bytes` is valid until the next packet is asked for.
struct Packet {
  /// When it was seen.
  let time: Timestamp
  /// Its length on the wire, in bytes; `bytes` may be fewer.
  let length: UInt32
  /// What was kept of it, from the link layer's header on.
  let bytes: UnsafeRawBufferPointer
}

/// What asking for a packet can give.
enum Reading {
  /// A packet.
  case packet(Packet)
  /// Nothing now, perhaps later.
  case nothing
  /// Nothing ever again: the file's end.
  case end
}
