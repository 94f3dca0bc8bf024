import Glibc
import Stage

/// Tells when any interface changes (rtnetlink(7), group RTMGRP_LINK), so that nobody need look
/// again and again. It needs no privilege.
struct LinkWatch: ~Copyable {
  /// For `poll`.
  let pollDescriptor: CInt

  init() throws {
    pollDescriptor = socket(
      AF_NETLINK,
      CInt(SOCK_RAW.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        | CInt(SOCK_NONBLOCK.rawValue), 0)
    guard pollDescriptor >= 0 else { throw Self.failure() }
    // struct sockaddr_nl: family (2 bytes), padding (2), port, groups: RTMGRP_LINK is 1.
    let address: [UInt32] = [UInt32(AF_NETLINK).littleEndian, 0, 1]
    let status = address.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { address in
        bind(pollDescriptor, address.baseAddress, socklen_t(bytes.count))
      }
    }
    guard status == 0 else { throw Self.failure() }
  }

  deinit { close(pollDescriptor) }

  /// Takes what came; never waits.
  func take() {
    withUnsafeTemporaryAllocation(byteCount: 8_192, alignment: 8) { buffer in
      while recv(pollDescriptor, buffer.baseAddress, buffer.count, 0) > 0 {}
    }
  }

  /// Whether the interface exists and is down (netdevice(7): SIOCGIFFLAGS, IFF_UP).
  func isDown(_ name: String) -> Bool {
    let probe = socket(AF_INET, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard probe >= 0, name.utf8.count < Int(IFNAMSIZ) else { return false }
    defer { close(probe) }
    return withUnsafeTemporaryAllocation(byteCount: 40, alignment: 8) { request in
      request.initializeMemory(as: UInt8.self, repeating: 0)
      request.copyBytes(from: name.utf8)
      guard let start = request.baseAddress, ioctl(probe, UInt(SIOCGIFFLAGS), start) == 0
      else { return false }
      return request.load(fromByteOffset: Int(IFNAMSIZ), as: UInt16.self) & 1 == 0
    }
  }

  private static func failure() -> Failure {
    Failure(.system, "unable to watch interfaces: \(String(cString: strerror(errno)))")
  }
}
