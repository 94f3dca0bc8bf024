import Addresses

/// What an operating system shows of itself in its packets.
struct Stack: Sendable {
  var ttl: UInt8
  /// The window of a SYN.
  var window: UInt16
  /// The window scale option; nil: none.
  var scale: UInt8?
  var mss = 1460
  var timestamps: Bool
  var sack: Bool
  /// The ports its clients use.
  var ports: ClosedRange<Int>

  static let linux = Stack(
    ttl: 64, window: 64240, scale: 7, timestamps: true, sack: true, ports: 32768...60999)
  static let oldLinux = Stack(
    ttl: 64, window: 29200, scale: 7, timestamps: true, sack: true, ports: 32768...60999)
  static let smallLinux = Stack(
    ttl: 64, window: 14600, scale: 2, timestamps: true, sack: true, ports: 32768...60999)
  static let windows = Stack(
    ttl: 128, window: 64240, scale: 8, timestamps: false, sack: true, ports: 49152...65535)
  static let oldWindows = Stack(
    ttl: 128, window: 8192, scale: 2, timestamps: false, sack: true, ports: 49152...65535)
  static let windowsCE = Stack(
    ttl: 128, window: 32768, scale: nil, timestamps: false, sack: true, ports: 1025...5000)
  static let mac = Stack(
    ttl: 64, window: 65535, scale: 6, timestamps: true, sack: true, ports: 49152...65535)
  static let lwip = Stack(
    ttl: 255, window: 5840, scale: nil, timestamps: false, sack: false, ports: 49152...65535)
  static let esp = Stack(
    ttl: 64, window: 5744, scale: nil, mss: 1436, timestamps: false, sack: false,
    ports: 49152...65535)
  static let vxWorks = Stack(
    ttl: 64, window: 8192, scale: nil, mss: 1448, timestamps: false, sack: false,
    ports: 1024...5000)
  static let threadX = Stack(
    ttl: 128, window: 4096, scale: nil, mss: 536, timestamps: false, sack: false,
    ports: 1024...20000)

  /// What devices run.
  static let embedded: [Stack] = [
    .linux, .oldLinux, .smallLinux, .windowsCE, .lwip, .esp, .vxWorks, .threadX,
  ]
  /// What people and servers run.
  static let desktops: [Stack] = [.windows, .windows, .oldWindows, .linux, .mac]
  static let servers: [Stack] = [.linux, .linux, .oldLinux, .windows]

  /// The options of a SYN or SYN-ACK.
  func handshakeOptions(value: UInt32, echo: UInt32, scaling: Bool, stamping: Bool) -> [UInt8] {
    var options: [UInt8] = [2, 4]
    options.put(UInt16(mss))
    if stamping {
      options += sack ? [4, 2, 8, 10] : [1, 1, 8, 10]
      options.put(value)
      options.put(echo)
    } else if sack {
      options += [1, 1, 4, 2]
    }
    if scaling, let scale { options += [1, 3, 3, scale] }
    return options
  }
}

/// A machine that takes part.
struct Host: Sendable {
  var mac: MACAddress
  var address: IPAddress
  /// Unspecified if it speaks IPv4 only.
  var address6: IPAddress
  var stack: Stack
  /// Time to it from the tap and back, µs.
  var delay: Int64
  /// Routers between it and the tap.
  var hops: UInt8 = 0

  /// It at a port.
  func at(_ port: UInt16 = 0, v6: Bool = false) -> Endpoint {
    Endpoint(
      mac: mac, address: v6 ? address6 : address, port: port, ttl: stack.ttl &- hops)
  }

  /// Whether it speaks IPv6.
  var hasV6: Bool { !address6.isUnspecified }
}
