import Addresses
import Firewall
import Glibc
import Spool

/// Asks this host for the addresses that must never be blocked.
enum Host {
  /// What interfaces, routes and resolvers say now; what cannot be read is left out.
  static func addresses() -> HostAddresses {
    var host = interfaces()
    host.gateways =
      HostFiles.gateways(route: text("/proc/net/route"))
      + HostFiles.gateways(ipv6Route: text("/proc/net/ipv6_route"))
    host.resolvers = HostFiles.resolvers(resolvConf: text("/etc/resolv.conf"))
    return host
  }

  /// getifaddrs(3).
  private static func interfaces() -> HostAddresses {
    var host = HostAddresses()
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return host }
    defer { freeifaddrs(first) }
    var next = first
    while let entry = next?.pointee {
      if let address = address(entry.ifa_addr) { host.own.append(address) }
      if entry.ifa_flags & UInt32(IFF_BROADCAST) != 0,
        let broadcast = address(entry.ifa_ifu.ifu_broadaddr)
      {
        host.broadcasts.append(broadcast)
      }
      next = entry.ifa_next
    }
    return host
  }

  private static func address(_ socket: UnsafeMutablePointer<sockaddr>?) -> IPAddress? {
    guard let socket else { return nil }
    let bytes = UnsafeRawPointer(socket)
    switch Int32(socket.pointee.sa_family) {
    case AF_INET:
      let bits = bytes.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr
      return IPAddress(v4: UInt32(bigEndian: bits))
    case AF_INET6:
      let start = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8
      return IPAddress(
        v6: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)))
    default: return nil
    }
  }

  /// A file of procfs has no size, so it is read, not mapped.
  private static func text(_ path: String) -> String {
    guard let file = fopen(path, "re") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.count < 1 << 22 {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
