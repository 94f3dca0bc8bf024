import Foundation
import TestSupport

/// A ward and its neighbours, each in a network namespace of its own, all on one bridge that is the
/// ward's. Deleted with this value.
///
/// A class: the namespaces must go exactly once.
final class Network {
  /// The interface to listen on, in the ward.
  static let interface = "br0"
  /// The ward's address.
  static let ward = "10.99.0.1"
  /// The ward's namespace.
  private let ward: String
  private var namespaces: [String] = []
  private let id = "\(getpid())-\(UInt16.random(in: 0...(.max)))"

  /// A neighbour.
  struct Host {
    let namespace: String
    let address: String
  }

  /// Whether one can be made here, with a firewall of its own: root in a container may not.
  static let isAllowed: Bool = {
    guard Privileges.areAll, House.has("ip", "nft"), let network = try? Network(),
      (try? network.addHost(2)) != nil
    else { return false }
    return (try? run(network.inWard("nft", "add table inet probe")).status) == 0
  }()

  init() throws {
    ward = "ward-\(id)"
    namespaces = [ward]
    try Self.ip("netns", "add", ward)
    try Self.ip("-n", ward, "link", "set", "lo", "up")
    try Self.ip("-n", ward, "link", "add", Self.interface, "type", "bridge")
    try Self.ip("-n", ward, "addr", "add", "\(Self.ward)/24", "dev", Self.interface)
    try Self.ip("-n", ward, "link", "set", Self.interface, "up")
  }

  deinit {
    for namespace in namespaces { _ = try? run("ip", "netns", "del", namespace) }
  }

  /// Adds a neighbour with the address 10.99.0.`number`.
  func addHost(_ number: Int) throws -> Host {
    let host = Host(namespace: "host\(number)-\(id)", address: "10.99.0.\(number)")
    let port = "port\(number)"
    namespaces.append(host.namespace)
    try Self.ip("netns", "add", host.namespace)
    try Self.ip(
      "link", "add", "name", port, "netns", ward, "type", "veth", "peer", "name", "eth0", "netns",
      host.namespace)
    try Self.ip("-n", ward, "link", "set", port, "master", Self.interface, "up")
    try Self.ip("-n", host.namespace, "addr", "add", "\(host.address)/24", "dev", "eth0")
    for name in ["lo", "eth0"] {
      try Self.ip("-n", host.namespace, "link", "set", name, "up")
    }
    return host
  }

  /// Gives the ward another address.
  func addAddress(_ address: String) throws {
    try Self.ip("-n", ward, "addr", "add", "\(address)/24", "dev", Self.interface)
  }

  /// Gives a neighbour another address.
  func addAddress(_ address: String, to host: Host) throws {
    try Self.ip("-n", host.namespace, "addr", "add", "\(address)/24", "dev", "eth0")
  }

  /// The command that runs `words` in the ward.
  func inWard(_ words: String...) -> [String] { ["ip", "netns", "exec", ward] + words }

  /// The command that runs `words` at a neighbour.
  func at(_ host: Host, _ words: String...) -> [String] {
    ["ip", "netns", "exec", host.namespace] + words
  }

  /// Starts `nft monitor` in the ward; it hears all that happens from now on.
  func monitor() throws -> Child {
    let monitor = try Child(inWard("nft", "monitor"))
    for attempt in 0..<100 {
      try run(inWard("nft", "add table inet probe\(attempt); delete table inet probe\(attempt)"))
      if (try? monitor.line(with: "delete table inet probe", by: .now + .milliseconds(200))) != nil
      {
        return monitor
      }
    }
    throw TooLate(description: "nft monitor hears nothing")
  }

  /// The blocked IPv4 addresses, each with the packets it lost since.
  func blocked() throws -> [String: Int] {
    let listing = try run(inWard("nft", "list", "set", "inet", "ward", "blocked4")).output
    var blocked: [String: Int] = [:]
    for match in listing.matches(of: #/([0-9.]+) counter packets ([0-9]+)/#) {
      blocked[String(match.1)] = Int(match.2)
    }
    return blocked
  }

  private static func ip(_ words: String...) throws {
    let end = try run(["ip"] + words)
    guard end.status == 0 else { throw TooLate(description: "ip \(words): \(end.errors)") }
  }
}
