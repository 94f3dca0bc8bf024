import Glibc

/// The interface that leads out: the one with the default route.
enum DefaultInterface {
  /// The interface of the IPv4 default route with the lowest metric, else of the IPv6 one; nil if
  /// there is neither.
  static func find() -> String? {
    ofIPv4(table: readLines("/proc/net/route")) ?? ofIPv6(table: readLines("/proc/net/ipv6_route"))
  }

  /// `table`: the lines of /proc/net/route: interface, destination, gateway, flags, references, use,
  /// metric, mask.
  static func ofIPv4(table: [[Substring]]) -> String? {
    let routes = table.compactMap { fields -> Route? in
      guard fields.count >= 8, fields[1] == "00000000", fields[7] == "00000000" else { return nil }
      return Route(fields[0], metric: UInt32(fields[6]), flags: UInt32(fields[3], radix: 16))
    }
    return routes.min { $0.metric < $1.metric }?.interface
  }

  /// `table`: the lines of /proc/net/ipv6_route: destination, its length, source, its length,
  /// gateway, metric, references, use, flags, interface.
  static func ofIPv6(table: [[Substring]]) -> String? {
    let routes = table.compactMap { fields -> Route? in
      guard fields.count >= 10, fields[1] == "00", fields[0].allSatisfy({ $0 == "0" })
      else { return nil }
      return Route(
        fields[9], metric: UInt32(fields[5], radix: 16), flags: UInt32(fields[8], radix: 16))
    }
    return routes.min { $0.metric < $1.metric }?.interface
  }

  private struct Route {
    let interface: String
    let metric: UInt32

    /// nil unless the route is up and leads somewhere: RTF_UP without RTF_REJECT (linux/route.h).
    init?(_ interface: Substring, metric: UInt32?, flags: UInt32?) {
      guard let metric, let flags, flags & 0x1 != 0, flags & 0x200 == 0, interface != "lo"
      else { return nil }
      self.interface = String(interface)
      self.metric = metric
    }
  }

  private static func readLines(_ path: String) -> [[Substring]] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var lines: [[Substring]] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) >= 0 {
      guard let line else { break }
      lines.append(
        String(cString: line).split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" }))
    }
    return lines
  }
}
