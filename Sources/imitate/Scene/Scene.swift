import Addresses

/// What the acts play on: the wire, the room, chance, and the truth.
struct Scene {
  /// The generator of the act that plays now.
  var random: Generator
  var wire = Wire()
  var truth = Truth()
  let room: Room
  /// The machine inside that attacks now.
  private(set) var intruder: Host
  /// Client and server of every honest conversation.
  private(set) var honest: Set<[IPAddress]> = []
  /// While an attack plays, its conversations are not honest.
  private var isAttack = false
  private var nextPort: [IPAddress: Int] = [:]

  /// An empty scene in a room of this seed.
  init(seed: UInt64) {
    random = Generator(seed: seed, stream: "room")
    room = Room(&random)
    intruder = room.intruders[0]
  }

  /// From here on attack `number` plays: its conversations are not honest, and another machine does
  /// it than the one before.
  mutating func beginAttack(_ number: Int) {
    isAttack = true
    intruder = room.intruders[number % room.intruders.count]
  }

  /// The next client port of a host.
  mutating func port(_ host: Host) -> UInt16 {
    let range = host.stack.ports
    let port = nextPort[host.address] ?? random.number(range)
    nextPort[host.address] =
      port >= range.upperBound ? range.lowerBound : port + random.number(1...3)
    return UInt16(min(port, range.upperBound))
  }

  /// Notes that two hosts spoke.
  mutating func note(_ client: IPAddress, _ server: IPAddress) {
    if !isAttack { honest.insert([client, server]) }
  }

  /// Time from the tap to a host and back, with jitter.
  mutating func trip(_ host: Host) -> Int64 {
    host.delay + Int64(random.exponential(Double(host.delay) * 0.15)) + 5
  }

  /// A UDP request with its answer, if any; returns when the answer passed.
  @discardableResult
  mutating func ask(
    _ time: Int64, _ client: Host, _ server: Host, port: UInt16, from source: UInt16? = nil,
    _ query: [UInt8], _ answer: [UInt8]?, v6: Bool = false
  ) -> Int64 {
    let six = v6 && client.hasV6 && server.hasV6
    let asking = client.at(source ?? self.port(client), v6: six)
    let asked = server.at(port, v6: six)
    note(asking.address, asked.address)
    wire.udp(time, asking, asked, query)
    guard let answer else { return time }
    let later = time + trip(server) + Int64(random.exponential(400))
    wire.udp(later, asked, asking, answer)
    return later
  }

  /// A look-up of a name; returns when the answer passed.
  @discardableResult
  mutating func lookUp(_ time: Int64, _ client: Host, _ name: String) -> Int64 {
    let id = random.word16()
    let answers = (0..<random.number(1...4)).map { _ in room.publicAddress(&random) }
    let type: UInt16 = random.chance(0.25) ? 28 : 1
    return ask(
      time, client, room.resolver, port: 53, DNS.query(id, name, type: type),
      DNS.answer(id, name, type: type, random.chance(0.06) ? [] : answers),
      v6: random.chance(0.3))
  }

  /// An echo request with its reply; nil when nobody answers.
  mutating func ping(
    _ time: Int64, _ from: Host, _ to: Host, id: UInt16, sequence: UInt16, size: Int = 56,
    answered: Bool = true
  ) {
    var rest: [UInt8] = []
    rest.put(id)
    rest.put(sequence)
    rest += (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    note(from.address, to.address)
    wire.icmp(time, from.at(), to.at(), type: 8, rest: rest)
    if answered { wire.icmp(time + trip(to), to.at(), from.at(), type: 0, rest: rest) }
  }

  /// The error a host sends for a datagram to a closed port (RFC 792).
  mutating func unreachable(
    _ time: Int64, _ by: Endpoint, _ to: Endpoint, length: Int, code: UInt8 = 3
  ) {
    var quoted: [UInt8] = [0x45, 0]
    quoted.put(UInt16(28 + length))
    quoted += [0, 0, 0x40, 0, to.ttl, 17, 0, 0]
    quoted.put(UInt32(truncatingIfNeeded: to.address.low))
    quoted.put(UInt32(truncatingIfNeeded: by.address.low))
    quoted.set(internetChecksum(internetSum(quoted[...])), at: 10)
    quoted.put(to.port)
    quoted.put(by.port)
    quoted.put(UInt16(8 + length))
    let rest = [0, 0, 0, 0] + quoted + [0, 0]
    wire.icmp(time, by, to, type: 3, code: code, rest: rest)
  }

  /// Moments of `span`, `mean` µs apart with jitter, from a random first one.
  mutating func moments(_ span: Range<Int64>, every mean: Double, jitter: Double = 0.1) -> [Int64] {
    var result: [Int64] = []
    var time = Double(span.lowerBound) + random.real(0...mean)
    while time < Double(span.upperBound) {
      result.append(Int64(time))
      time += max(1, mean * (1 + random.real(-jitter...jitter)))
    }
    return result
  }

  /// Moments of `span` as of independent people, `mean` µs apart.
  mutating func arrivals(_ span: Range<Int64>, mean: Double) -> [Int64] {
    var result: [Int64] = []
    var time = Double(span.lowerBound) + random.exponential(mean)
    while time < Double(span.upperBound) {
      result.append(Int64(time))
      time += max(1, random.exponential(mean))
    }
    return result
  }
}

/// Microseconds in a second.
let second: Int64 = 1_000_000
