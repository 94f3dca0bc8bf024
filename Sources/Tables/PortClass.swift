/// Ports as classes: the only form in which they reach a model.
public enum PortClass: Int, Sendable {
  /// No port: the protocol has none, or it is 0.
  case none = 0
  /// 1 to 1023 (RFC 6335 "system ports").
  case wellKnown = 1
  /// 1024 to 32767.
  case registered = 2
  /// 32768 to 65535, Linux's own range for clients.
  case ephemeral = 3

  /// The class of `port`.
  public init(_ port: UInt16) {
    self =
      switch port {
      case 0: .none
      case ..<1024: .wellKnown
      case ..<32768: .registered
      default: .ephemeral
      }
  }

  /// Whether worms and botnets knock at `port`: Telnet, MSRPC, NetBIOS, SMB, Modbus, MS SQL, Telnet of
  /// cameras, RDP, ADB, VNC, Redis, TR-069, Huawei HG532.
  public static func isExploited(_ port: UInt16) -> Bool {
    switch port {
    case 23, 135, 139, 445, 502, 1433, 2323, 3389, 5555, 5900, 6379, 7547, 37215: true
    default: false
    }
  }
}
