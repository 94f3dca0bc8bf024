public import Addresses

/// The texts in which Linux tells its gateways and resolvers.
public enum HostFiles {
  /// The gateways in `/proc/net/route`: addresses as hexadecimal words in the machine's byte order
  /// (little-endian on all that Ward runs on); lines that are not routes are passed over.
  public static func gateways(route text: String) -> [IPAddress] {
    lines(text).compactMap { fields in
      guard fields.count > 3, let gateway = UInt32(fields[2], radix: 16), gateway != 0,
        let flags = UInt32(fields[3], radix: 16), flags & 2 != 0  // RTF_GATEWAY
      else { return nil }
      return IPAddress(v4: UInt32(bigEndian: gateway))
    }
  }

  /// The next hops in `/proc/net/ipv6_route`: 32 hexadecimal digits, network order.
  public static func gateways(ipv6Route text: String) -> [IPAddress] {
    lines(text).compactMap { fields in
      guard fields.count > 8, fields[4].utf8.count == 32,
        let high = UInt64(fields[4].prefix(16), radix: 16),
        let low = UInt64(fields[4].suffix(16), radix: 16), high | low != 0,
        let flags = UInt32(fields[8], radix: 16), flags & 2 != 0
      else { return nil }
      return IPAddress(v6: high, low)
    }
  }

  /// The name servers in `/etc/resolv.conf`; a zone (`%eth0`) is cut off.
  public static func resolvers(resolvConf text: String) -> [IPAddress] {
    lines(text).compactMap { fields in
      guard fields.count > 1, fields[0] == "nameserver" else { return nil }
      return IPAddress(String(fields[1].prefix { $0 != "%" }))
    }
  }

  private static func lines(_ text: String) -> [[Substring]] {
    text.split(whereSeparator: \.isNewline).map { $0.split(whereSeparator: \.isWhitespace) }
  }
}
