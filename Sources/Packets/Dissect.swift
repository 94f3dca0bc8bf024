// One function a layer: it takes the bytes and where the layer begins, fills in what it finds, and
// calls the next. What follows an IP header reads no further than the IP length.

extension Packet {
  /// Dissects `frame`. Every frame makes a packet; what is wrong with it stands in ``oddities``.
  public init(_ frame: Frame) {
    self.init(time: frame.time)
    wireLength = Int(frame.wireLength)
    capturedLength = frame.bytes.count
    guard let bytes = Bytes(frame.bytes) else {
      oddities = .truncated
      return
    }
    switch frame.link {
    case .ethernet: ethernet(bytes, 0)
    case .loopback: loopback(bytes, 0)
    case .raw: ip(bytes, 0)
    case .ipv4: ipv4(bytes, 0)
    case .ipv6: ipv6(bytes, 0)
    case .cooked: cooked(bytes, 0)
    case .cooked2: cooked2(bytes, 0)
    }
  }

  /// Whether `count` bytes are there at `offset`; if not, that is noted.
  @inline(__always)
  mutating func require(_ count: Int, at offset: Int, _ bytes: Bytes) -> Bool {
    if bytes.has(count, at: offset) { return true }
    oddities.insert(.truncated)
    return false
  }
}
