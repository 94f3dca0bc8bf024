import Packets

/// A TCP conversation whose ends count their sequence numbers as RFC 9293 has them: on by the payload,
/// and by one for SYN and FIN.
struct Conversation {
  let client: End
  let server: End
  private(set) var shots: [Shot] = []
  private var sentUp: UInt32
  private var sentDown: UInt32 = 900

  /// - Parameter first: the client's initial sequence number; the server's is 900.
  init(_ client: End = End(2, 40_000), _ server: End = End(1, 80), from first: UInt32 = 100) {
    (self.client, self.server, sentUp) = (client, server, first)
  }

  /// The client sends.
  mutating func up(
    _ time: Int64, _ flags: TCPFlags, _ payload: [UInt8] = [], window: UInt16 = 0,
    options: Int = 0, typeOfService: UInt8 = 0
  ) {
    shots.append(
      Shot(
        time,
        Frames.tcp(
          client, server, flags, sequence: sentUp,
          acknowledgment: flags.contains(.ack) ? sentDown : 0, window: window, options: options,
          payload: payload, typeOfService: typeOfService)))
    sentUp &+= Self.length(flags, payload)
  }

  /// The server sends.
  mutating func down(
    _ time: Int64, _ flags: TCPFlags, _ payload: [UInt8] = [], window: UInt16 = 0,
    options: Int = 0
  ) {
    shots.append(
      Shot(
        time,
        Frames.tcp(
          server, client, flags, sequence: sentDown,
          acknowledgment: flags.contains(.ack) ? sentUp : 0, window: window, options: options,
          payload: payload)))
    sentDown &+= Self.length(flags, payload)
  }

  /// As ``up(_:_:_:window:options:typeOfService:)``, with `payload` bytes of nothing.
  mutating func up(_ time: Int64, _ flags: TCPFlags, _ payload: Int, window: UInt16 = 0) {
    up(time, flags, [UInt8](repeating: 0x20, count: payload), window: window)
  }

  /// As ``down(_:_:_:window:options:)``, with `payload` bytes of nothing.
  mutating func down(_ time: Int64, _ flags: TCPFlags, _ payload: Int, window: UInt16 = 0) {
    down(time, flags, [UInt8](repeating: 0x20, count: payload), window: window)
  }

  /// SYN, SYN-ACK and ACK, 10 µs apart.
  mutating func open(at time: Int64) {
    up(time, .syn)
    down(time + 10, [.syn, .ack])
    up(time + 20, .ack)
  }

  /// FIN, FIN and ACK, 10 µs apart, the client's first.
  mutating func close(at time: Int64) {
    up(time, [.fin, .ack])
    down(time + 10, [.fin, .ack])
    up(time + 20, .ack)
  }

  /// The newest frame once more.
  mutating func again(at time: Int64) {
    if let last = shots.last { shots.append(Shot(time, last.frame)) }
  }

  private static func length(_ flags: TCPFlags, _ payload: [UInt8]) -> UInt32 {
    UInt32(payload.count) + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
  }
}
