import Addresses
import Tables

/// The packets of an attack run in time: how many a second, for how long.
struct Burst {
  let times: [Int64]

  /// From the first packet to a second after the last, when the last answers came.
  var span: Range<Int64> {
    (times.first ?? 0)..<((times.last ?? 0) + second)
  }

  /// A run within `slot` at a rate of `rate` (1/s, any speed as likely), of at most `limit` packets.
  init(
    _ scene: inout Scene, in slot: Range<Int64>, rate: ClosedRange<Double>,
    seconds: ClosedRange<Double> = 2...30, limit: Int = 20_000
  ) {
    let mean = 1e6 / scene.random.spread(rate)
    let most = min(scene.random.spread(seconds) * 1e6, Double(slot.count) * 0.7)
    let room = Double(slot.count) - most
    var time = Double(slot.lowerBound) + scene.random.real(0...max(1, room))
    let end = time + most
    let even = scene.random.chance(0.5)
    var times: [Int64] = []
    repeat {
      times.append(Int64(time))
      time += even ? mean * scene.random.real(0.9...1.1) : scene.random.exponential(mean)
    } while time < end && times.count < limit
    self.times = times
  }
}

/// A tool that makes packets by hand: what it leaves in the header.
struct Tool {
  var window: UInt16
  var options: [UInt8]
  var ttl: UInt8
  var ports: ClosedRange<Int>
  /// The source port of the next packet: fixed, counting or random.
  var portStyle: Int

  /// A tool of some kind: bare, with a small option, or with the options of a real stack.
  init(_ random: inout Generator) {
    let stack = random.pick(Stack.embedded + Stack.desktops)
    let copied = stack.handshakeOptions(
      value: random.word32(), echo: 0, scaling: true, stamping: stack.timestamps)
    options = random.pick([[], [], [2, 4, 5, 0xB4], [2, 4, 2, 0x18], copied, copied])
    let windows: [UInt16] = [
      64, 512, 1024, 2048, 3072, 4096, 5840, 8192, 14600, 16384, 29200, 64240, 65535,
    ]
    window = random.chance(0.2) ? random.word16() : random.pick(windows)
    ttl = random.pick([64, 64, 128, 255, UInt8(random.number(37...63))])
    ports = random.pick([1024...65535, 32768...60999, 1...65535, 49152...65535])
    portStyle = random.number(0...2)
  }

  /// The source port of packet `index`.
  func port(_ index: Int, _ random: inout Generator) -> UInt16 {
    switch portStyle {
    case 0 where index > 0 || ports.lowerBound > 1: UInt16(ports.lowerBound + ports.count / 3)
    case 1: UInt16(ports.lowerBound + index % ports.count)
    default: UInt16(random.number(ports))
    }
  }
}

extension Scene {
  /// Who attacks: the intruder inside or somebody outside.
  mutating func attacker(insideShare: Double = 0.6) -> Host {
    random.chance(insideShare) ? intruder : room.remote(&random)
  }

  /// Who is attacked: a server or a device.
  mutating func victim() -> Host {
    random.chance(0.6) ? random.pick(room.servers) : random.pick(room.devices + room.cameras)
  }

  /// An address that a spoofer makes up: anywhere, or in the network but nobody's.
  mutating func spoofed(_ style: Int, _ unused: [IPAddress]) -> IPAddress {
    switch style {
    case 0 where !unused.isEmpty: random.pick(unused)
    case 1: IPAddress(v4: 0x0A00_0000 | random.word32() & 0xFF_FFFF)
    default: room.publicAddress(&random)
    }
  }

  /// Notes an attack run on a victim.
  mutating func blame(
    _ label: Attack, _ burst: Burst, from source: Host?, to destination: Host?,
    protocol ipProtocol: UInt8? = nil, port: UInt16? = nil
  ) {
    truth.add(
      label, burst.span, from: source?.address, to: destination?.address, protocol: ipProtocol,
      port: port)
  }
}
