import Spool
import Time

/// Segments made by hand: UDP from 10.0.0.2 to port 53 of 10.0.0.1, all of flow `port`.
enum Wire {
  /// 2026-01-01 00:00:00 UTC.
  static let epoch = Timestamp(seconds: 1_767_225_600)

  /// A pcap file with a packet of 46 bytes for each port, `gap` microseconds apart from `second` on.
  static func capture(at second: Int, ports: [UInt16], gap: Int = 1_000) -> [UInt8] {
    var file: [UInt8] = []
    for word in [0xA1B2_C3D4, 0x0004_0002, 0, 0, 512, 1] as [UInt32] { file += little(word) }
    for (index, port) in ports.enumerated() {
      let time = epoch.microseconds + Int64(second) * 1_000_000 + Int64(index * gap)
      let frame = datagram(from: port)
      file += little(UInt32(time / 1_000_000)) + little(UInt32(time % 1_000_000))
      file += little(UInt32(frame.count)) + little(UInt32(frame.count)) + frame
    }
    return file
  }

  /// The name of a segment that is complete a second after `second`.
  static func name(
    _ number: Int, at second: Int, end: Bool = false, sensor: String = "room12"
  ) -> SegmentName {
    let first = epoch.advanced(by: Int64(second) * 1_000_000)
    return SegmentName(
      first: first, clock: first.advanced(by: 1_000_000), sensor: sensor,
      sequence: UInt64(number), isEnd: end)
  }

  /// Ethernet, IPv4 (20 bytes), UDP (8) and 4 bytes: 46. Checksums are left 0.
  private static func datagram(from port: UInt16) -> [UInt8] {
    let ethernet: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0]
    let address: [UInt8] = [0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1]
    return ethernet + address + [
      UInt8(port >> 8), UInt8(port & 255), 0, 53, 0, 12, 0, 0, 1, 2, 3, 4,
    ]
  }

  private static func little(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }
}
