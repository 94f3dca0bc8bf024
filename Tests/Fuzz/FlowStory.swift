// What the bytes of the Flow target say.
import Packets
import Time

enum Event {
  case frame([UInt8], Timestamp, more: Int, LinkType)
  case clock(Timestamp)
  case cut
}

/// Reads events: a verb, a step of time, then what the verb needs. Behind the end all bytes are 0.
struct Story {
  private var rest: Slice<UnsafeRawBufferPointer>
  private var time: Int64 = 1_700_000_000_000_000
  private var repeats = 0
  private var last: [UInt8] = []

  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes[...] }

  mutating func next() -> Event? {
    if repeats > 0 { return again() }
    guard let verb = rest.popFirst() else { return nil }
    let step = Int64(byte()) << Int64(byte() % 48)
    time = verb < 32 ? time &- step : time &+ step
    let moment = Timestamp(microseconds: time)
    switch verb % 16 {
    case 0: return .clock(moment)
    case 1: return .cut
    case 2, 3: return .frame(take(), moment, more: 0, LinkType.allCases[Int(byte()) % 7])
    case 4: repeats = Int(byte() % 80)
    default: break
    }
    last = packet(ipProtocol: [6, 6, 17, 1][Int(verb >> 4) % 4])
    return .frame(last, moment, more: Int(byte()), .ethernet)
  }

  /// The same from another port.
  private mutating func again() -> Event {
    repeats -= 1
    last[35] &+= 1
    return .frame(last, Timestamp(microseconds: time), more: 0, .ethernet)
  }

  private mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }
  private mutating func take() -> [UInt8] { (0..<byte()).map { _ in byte() } }

  /// Ethernet, IPv4 and 20 bytes that are TCP, or the begin of UDP or ICMP, between 16 hosts.
  private mutating func packet(ipProtocol: UInt8) -> [UInt8] {
    let (hosts, ports) = (byte(), byte())
    let (from, to) = (hosts >> 4, hosts & 15)
    let ethernet = [2, 0, 0, 0, 0, to, 2, 0, 0, 0, 0, from, 8, 0]
    let (flags, sequence, payload) = (byte(), byte(), take())
    let length = UInt8(truncatingIfNeeded: 40 + payload.count)
    let ip = [0x45, 0, 0, length, 0, 7, 0, 0, 64, ipProtocol, 0, 0, 10, 0, 0, from, 10, 0, 0, to]
    let tcp = [
      ports >> 4, ports, ports & 3, 80, 0, 0, 0, sequence, 0, 0, 0, sequence, 0x50, flags, 1, 0,
      0, 0, 0, 0,
    ]
    return ethernet + ip + tcp + payload
  }
}
