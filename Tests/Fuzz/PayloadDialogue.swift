// What the bytes of the Payload target say.
import Packets
import Time

/// Two ends in one connection, over TCP or UDP.
struct Dialogue {
  private var rest: Slice<UnsafeRawBufferPointer>
  private let isTCP: Bool
  private let port: UInt16
  private var sequences: [UInt16] = [0, 0]
  private var time: Int64 = 0

  private static let ports: [UInt16] = [80, 53, 22, 23, 21, 25, 104, 110, 143]
  private static let more: [UInt16] = [1883, 2048, 2575, 4096]

  /// The first byte chooses the port, and UDP from 128 on.
  init?(_ bytes: UnsafeRawBufferPointer) {
    rest = bytes[...]
    guard let choice = rest.popFirst() else { return nil }
    isTCP = choice < 128
    let index = Int(choice & 127) % 10
    port = index < 9 ? Self.ports[index] : Self.more[Int(choice >> 2 & 3)]
  }

  /// The next packet: bytes from the IP header on, how many more were sent, and when; nil at the end.
  /// A length, a manner, that many bytes of payload.
  mutating func next() -> (bytes: [UInt8], more: Int, time: Timestamp)? {
    guard let length = rest.popFirst(), let manner = rest.popFirst() else { return nil }
    let words = rest.prefix(Int(length))
    rest = rest.dropFirst(Int(length))
    let side = Int(manner & 1)
    // What is lost is sent, and not seen.
    if manner & 64 != 0 { sequences[side] &+= UInt16(manner) }
    let more = manner & 32 != 0 ? Int(manner) : 0
    let total = UInt16((isTCP ? 40 : 28) + words.count + more)
    var packet: [UInt8] = [0x45, 0, UInt8(total >> 8), UInt8(total & 255), 0, 0, 0, 0, 64]
    packet += [isTCP ? 6 : 17, 0, 0, 10, 0, 0, UInt8(1 + side), 10, 0, 0, UInt8(2 - side)]
    let (high, low) = (UInt8(port >> 8), UInt8(port & 255))
    packet += side == 0 ? [200, 7, high, low] : [high, low, 200, 7]
    if isTCP {
      packet += [0, 0, UInt8(sequences[side] >> 8), UInt8(sequences[side] & 255), 0, 0, 0, 1]
      packet += [0x50, manner & 128 != 0 ? 2 : 0x18, 9, 9, 0, 0, 0, 0]
    } else {
      packet += [UInt8((total - 20) >> 8), UInt8((total - 20) & 255), 0, 0]
    }
    // A repeated segment does not move on.
    if manner & 16 == 0 { sequences[side] &+= UInt16(words.count + more) }
    time += 1 << Int64(10 + (manner >> 1 & 7))
    return (packet + words, more, Timestamp(microseconds: time))
  }
}
