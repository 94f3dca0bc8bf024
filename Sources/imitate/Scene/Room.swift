import Addresses

/// The machines of one hospital network, chosen by the seed.
struct Room {
  /// The first address of the network, a /24.
  var network: UInt32
  var gateway: Host
  var ecgMonitors: [Host] = []
  var pumps: [Host] = []
  var ventilators: [Host] = []
  var stations: [Host] = []
  var cameras: [Host] = []
  var modalities: [Host] = []
  var printer: Host
  var broker: Host
  var records: Host
  var archive: Host
  var intranet: Host
  var files: Host
  var resolver: Host
  var management: Host
  var viewer: Host
  var admin: Host
  /// Compromised machines inside.
  var intruders: [Host] = []
  /// Machines on the internet, reached through the gateway.
  var outside: [Host] = []
  private var taken: Set<Int> = [0, 255]

  /// The broadcast address of the network.
  var broadcast: IPAddress { IPAddress(v4: network | 255) }

  /// Every machine inside.
  var inside: [Host] {
    [gateway] + devices + stations + cameras + modalities + servers + [viewer, admin]
  }
  /// The machines that are medical devices.
  var devices: [Host] { ecgMonitors + pumps + ventilators }
  /// The machines that answer.
  var servers: [Host] {
    [broker, records, archive, intranet, files, resolver, management, printer]
  }

  /// Chooses the machines.
  init(_ random: inout Generator) {
    let nets: [UInt32] = [
      0xC0A8_0000 | UInt32(random.number(0...254)) << 8,
      0x0A00_0000 | UInt32(random.number(0...65000)) << 8,
      0xAC10_0000 | UInt32(random.number(0...4000)) << 8,
    ]
    network = random.pick(nets)
    let blank = Host(
      mac: .none, address: IPAddress(v4: network), address6: .unspecified(.v6), stack: .linux,
      delay: 0)
    (gateway, printer, broker, records) = (blank, blank, blank, blank)
    (archive, intranet, files, resolver) = (blank, blank, blank, blank)
    (management, viewer, admin) = (blank, blank, blank)
    gateway = local(&random, [.linux, .oldLinux], last: random.pick([1, 254]))
    for path in [\Room.broker, \.records, \.archive, \.intranet, \.files, \.resolver] {
      self[keyPath: path] = local(&random, Stack.servers)
    }
    if random.chance(0.5) { resolver = gateway }
    printer = local(&random, [.vxWorks, .smallLinux, .lwip])
    management = local(&random, [.linux, .windows])
    viewer = local(&random, Stack.desktops)
    admin = local(&random, [.linux, .windows, .mac])
    for _ in 0..<10 { intruders.append(local(&random, Stack.embedded + Stack.desktops)) }
    fill(\.ecgMonitors, 2...8, Stack.embedded, &random)
    fill(\.pumps, 2...6, Stack.embedded, &random)
    fill(\.ventilators, 1...3, Stack.embedded, &random)
    fill(\.stations, 2...8, Stack.desktops, &random)
    fill(\.cameras, 1...3, [.smallLinux, .oldLinux, .esp], &random)
    fill(\.modalities, 1...2, [.windows, .oldWindows], &random)
    for _ in 0..<24 { outside.append(remote(&random)) }
  }

  private mutating func fill(
    _ path: WritableKeyPath<Room, [Host]>, _ count: ClosedRange<Int>, _ stacks: [Stack],
    _ random: inout Generator
  ) {
    let stack = random.pick(stacks)
    for _ in 0..<random.number(count) {
      self[keyPath: path].append(local(&random, random.chance(0.7) ? [stack] : stacks))
    }
  }

  /// A machine inside at a free address.
  private mutating func local(
    _ random: inout Generator, _ stacks: [Stack], last: Int? = nil
  ) -> Host {
    var last = last ?? random.number(2...250)
    while !taken.insert(last).inserted { last = random.number(2...250) }
    let vendors: [UInt64] = [
      0x00_1B_21, 0x00_0A_F7, 0xB8_27_EB, 0x00_80_64, 0x24_0A_C4, 0x00_09_FB, 0x3C_52_82,
      0x00_50_56,
    ]
    let mac = MACAddress(bits: random.pick(vendors) << 24 | UInt64(random.number(1...0xFF_FFFF)))
    let high = 0xFD00_0000_0000_0000 | UInt64(network)
    let low = (mac.bits ^ 0x0200_0000_0000) & 0xFFFF_FF00_0000
    let six = IPAddress(v6: high, low << 16 | 0xFF_FE00_0000 | mac.bits & 0xFF_FFFF)
    return Host(
      mac: mac, address: IPAddress(v4: network | UInt32(last)),
      address6: random.chance(0.5) ? six : .unspecified(.v6), stack: random.pick(stacks),
      delay: Int64(random.spread(60...3000)))
  }

  /// A machine behind the gateway.
  func remote(_ random: inout Generator, address: IPAddress? = nil) -> Host {
    Host(
      mac: gateway.mac, address: address ?? publicAddress(&random),
      address6: .unspecified(.v6), stack: random.pick(Stack.servers),
      delay: Int64(random.spread(1500...90_000)), hops: UInt8(random.number(4...22)))
  }

  /// An address that is not one of ours: not private, loopback, link-local, multicast or reserved.
  func publicAddress(_ random: inout Generator) -> IPAddress {
    while true {
      let bits = random.word32()
      let first = bits >> 24
      let reserved = first == 0 || first == 10 || first == 127 || first >= 224
      let shared = bits >> 16 == 0xC0A8 || bits >> 20 == 0xAC1 || bits >> 16 == 0xA9FE
      if !reserved, !shared { return IPAddress(v4: bits) }
    }
  }

  /// Addresses of the network that nobody has.
  func unused(_ random: inout Generator, _ count: Int) -> [IPAddress] {
    random.sample((1...254).filter { !taken.contains($0) }, count)
      .map { IPAddress(v4: network | UInt32($0)) }
  }
}
