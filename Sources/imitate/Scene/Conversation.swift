import Addresses

/// A TCP connection as the tap sees it, told step by step.
struct Conversation {
  /// Who does something.
  enum Role: Sendable {
    case client, server
    var other: Role { self == .client ? .server : .client }
  }

  /// One end.
  struct Side {
    var end: Endpoint
    var host: Host
    var sequence: UInt32
    var clock: UInt32
  }

  private(set) var client: Side
  private(set) var server: Side
  /// When the next thing happens.
  private(set) var now: Int64
  /// Share of segments lost and sent again.
  var loss = 0.002
  private let stamping: Bool
  private let scaling: Bool
  private let began: Int64
  private var speaker = Role.client
  private var owed: Role?

  /// A connection about to be opened at `time`.
  init(
    _ scene: inout Scene, at time: Int64, _ client: Host, _ server: Host, port: UInt16,
    from source: UInt16? = nil, v6: Bool = false
  ) {
    let six = v6 && client.hasV6 && server.hasV6
    self.client = Side(
      end: client.at(source ?? scene.port(client), v6: six), host: client,
      sequence: scene.random.word32(), clock: scene.random.word32())
    self.server = Side(
      end: server.at(port, v6: six), host: server, sequence: scene.random.word32(),
      clock: scene.random.word32())
    now = time
    began = time
    stamping = client.stack.timestamps && server.stack.timestamps
    scaling = client.stack.scale != nil && server.stack.scale != nil
    scene.note(self.client.end.address, self.server.end.address)
  }

  private subscript(_ role: Role) -> Side {
    get { role == .client ? client : server }
    set { if role == .client { client = newValue } else { server = newValue } }
  }

  private func emit(
    _ role: Role, _ flags: Flags, at time: Int64, sequence: UInt32? = nil,
    _ payload: ArraySlice<UInt8> = [], to scene: inout Scene
  ) {
    let (side, peer) = (self[role], self[role.other])
    let elapsed = UInt32(truncatingIfNeeded: (time - began) / 1000)
    let (value, echo) = (side.clock &+ elapsed, peer.clock &+ elapsed)
    var segment = Segment(
      flags: flags, sequence: sequence ?? side.sequence,
      acknowledgment: flags.contains(.ack) ? peer.sequence : 0, window: side.host.stack.window)
    if flags.contains(.syn) {
      let first = !flags.contains(.ack)
      segment.options = side.host.stack.handshakeOptions(
        value: value, echo: first ? 0 : echo, scaling: first || scaling,
        stamping: first ? side.host.stack.timestamps : stamping)
    } else if flags.contains(.rst) {
      segment.window = 0
    } else {
      if scaling { segment.window >>= 6 }
      if stamping {
        segment.options = [1, 1, 8, 10]
        segment.options.put(value)
        segment.options.put(echo)
      }
    }
    scene.wire.tcp(time, side.end, peer.end, segment, payload)
  }

  /// The handshake.
  mutating func open(_ scene: inout Scene) {
    emit(.client, .syn, at: now, to: &scene)
    client.sequence &+= 1
    now += scene.trip(server.host)
    emit(.server, [.syn, .ack], at: now, to: &scene)
    server.sequence &+= 1
    now += scene.trip(client.host)
    emit(.client, .ack, at: now, to: &scene)
    now += Int64(scene.random.exponential(60)) + 10
  }

  /// The SYN meets a closed port.
  mutating func refused(_ scene: inout Scene) {
    emit(.client, .syn, at: now, to: &scene)
    client.sequence &+= 1
    now += scene.trip(server.host)
    server.sequence = 0
    emit(.server, [.rst, .ack], at: now, to: &scene)
  }

  /// The SYN meets nobody and is sent again after 1, 3, 7 s.
  mutating func unanswered(_ scene: inout Scene, tries: Int = 4) {
    for attempt in 0..<tries {
      emit(.client, .syn, at: now, to: &scene)
      now += second << Int64(attempt)
    }
  }

  /// Lets time pass; a delayed acknowledgment goes out after 40 ms.
  mutating func wait(_ microseconds: Int64, _ scene: inout Scene) {
    if let role = owed, microseconds > 40_000 {
      emit(role, .ack, at: now + 40_000 + scene.trip(self[role].host), to: &scene)
      owed = nil
    }
    now += max(1, microseconds)
  }

  /// One end sends bytes; the other acknowledges every second segment.
  mutating func say(_ role: Role, _ bytes: [UInt8], _ scene: inout Scene) {
    if speaker != role { now += scene.trip(self[role].host) }
    speaker = role
    let size = min(client.host.stack.mss, server.host.stack.mss) - (stamping ? 12 : 0)
    let gap = max(13, self[role].host.delay / 40)
    var (offset, burst) = (0, 10)
    while offset < bytes.count {
      let round = now
      for index in 0..<burst where offset < bytes.count {
        let end = min(offset + size, bytes.count)
        segment(role, bytes[offset..<end], last: end == bytes.count, &scene)
        offset = end
        if index & 1 == 1, offset < bytes.count {
          emit(
            role.other, .ack, at: now + scene.trip(self[role.other].host), to: &scene)
        }
        now += gap + Int64(scene.random.exponential(Double(gap) / 4))
      }
      if offset < bytes.count {
        now = max(now, round + client.host.delay + server.host.delay)
        burst = min(burst * 2, 44)
      }
    }
    owed = role.other
  }

  private mutating func segment(
    _ role: Role, _ payload: ArraySlice<UInt8>, last: Bool, _ scene: inout Scene
  ) {
    let flags: Flags = last ? [.psh, .ack] : .ack
    let late = scene.random.chance(loss / 2) ? Int64(scene.random.exponential(400)) : 0
    emit(role, flags, at: now + late, payload, to: &scene)
    if scene.random.chance(loss) {
      let timeout = 200_000 + Int64(scene.random.exponential(30_000))
      emit(role, flags, at: now + timeout, payload, to: &scene)
    }
    self[role].sequence &+= UInt32(payload.count)
  }

  /// An acknowledgment by itself.
  mutating func acknowledge(_ role: Role, _ scene: inout Scene) {
    now += scene.trip(self[role].host)
    emit(role, .ack, at: now, to: &scene)
    speaker = role
    owed = nil
  }

  /// FIN, FIN, ACK.
  mutating func close(_ role: Role, _ scene: inout Scene) {
    if owed == role { emit(role, .ack, at: now, to: &scene) }
    owed = nil
    now += scene.trip(self[role].host)
    emit(role, [.fin, .ack], at: now, to: &scene)
    self[role].sequence &+= 1
    now += scene.trip(self[role.other].host)
    emit(role.other, [.fin, .ack], at: now, to: &scene)
    self[role.other].sequence &+= 1
    now += scene.trip(self[role].host)
    emit(role, .ack, at: now, to: &scene)
  }

  /// RST.
  mutating func abort(_ role: Role, _ scene: inout Scene) {
    now += scene.trip(self[role].host)
    emit(role, [.rst, .ack], at: now, to: &scene)
  }
}
