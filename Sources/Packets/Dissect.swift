// One function a layer: it takes the bytes and where the layer begins, fills in what it finds, and
// calls the next. What follows an IP header reads no further than the IP length.

extension Packet {
  /// Dissects `frame`, and if `tunnels` says so what it carries. Every frame makes a packet; what is
  /// wrong with it stands in ``oddities``.
  @inlinable public init(_ frame: Frame, tunnels: Tunnels = .inner) {
    self.init(time: frame.time)
    dissect(frame, tunnels)
  }

  /// Dissects `frame` as the initialiser does, into memory that is used again and again: a packet is
  /// large to be handed about a million times a second.
  ///
  /// - Parameter packet: room for one; what is there is forgotten.
  public static func dissect(
    _ frame: Frame, tunnels: Tunnels = .inner, into packet: UnsafeMutablePointer<Packet>
  ) {
    packet.initialize(to: Packet(time: frame.time))
    packet.pointee.dissect(frame, tunnels)
  }

  /// Fills in an empty packet.
  @usableFromInline mutating func dissect(_ frame: Frame, _ tunnels: Tunnels) {
    wireLength = Int(frame.wireLength)
    capturedLength = frame.bytes.count
    guard let bytes = Bytes(frame.bytes, wireLength: wireLength) else {
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
    if mayBeTunnel, tunnels == .inner { openTunnels(bytes) }
  }

  /// Whether `count` bytes are there at `offset`; if not, that is noted.
  mutating func require(_ count: Int, at offset: Int, _ bytes: Bytes) -> Bool {
    if bytes.has(count, at: offset) { return true }
    cut()
    return false
  }

  /// Notes that a header goes on behind the captured bytes.
  mutating func cut() {
    oddities.insert(.truncated)
  }
}
