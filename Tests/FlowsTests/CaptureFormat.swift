import Packets
import Time

/// A way to store a capture: pcap or pcapng, either byte order, micro- or nanoseconds.
///
/// Written from the drafts, not with the package's own writer, which knows one of them.
struct CaptureFormat: Sendable {
  var isBigEndian: Bool
  var isNanoseconds: Bool
  /// pcapng, else classic pcap.
  var isBlocks: Bool

  static let all = [false, true].flatMap { isBlocks in
    [false, true].flatMap { isBigEndian in
      [false, true].map {
        CaptureFormat(isBigEndian: isBigEndian, isNanoseconds: $0, isBlocks: isBlocks)
      }
    }
  }

  /// The file. Nanoseconds get 999 more than the microseconds they stand for.
  func file(of shots: [Shot]) -> [UInt8] {
    shots.reduce(isBlocks ? sectionAndInterface : classicHeader) { $0 + record($1) }
  }

  /// The shots in a capture file.
  static func shots(in capture: [UInt8]) throws -> [Shot] {
    try capture.withUnsafeBytes { bytes in
      var reader = try CaptureReader(bytes)
      var shots: [Shot] = []
      while let frame = try reader.next() {
        let time = frame.time.microseconds - Traffic.epoch
        shots.append(Shot(time, [UInt8](frame.bytes), wireLength: Int(frame.wireLength)))
      }
      return shots
    }
  }

  // MARK: Classic: draft-ietf-opsawg-pcap

  private var classicHeader: [UInt8] {
    word(isNanoseconds ? 0xA1B2_3C4D : 0xA1B2_C3D4) + half(2) + half(4) + word(0) + word(0)
      + word(262_144) + word(1)
  }

  private func record(_ shot: Shot) -> [UInt8] {
    let time = Traffic.epoch + shot.time
    let lengths =
      word(UInt32(shot.frame.count)) + word(UInt32(shot.wireLength ?? shot.frame.count))
    guard isBlocks else {
      let fraction = time % 1_000_000
      return word(UInt32(time / 1_000_000))
        + word(UInt32(isNanoseconds ? fraction * 1_000 + 999 : fraction)) + lengths + shot.frame
    }
    let units = UInt64(isNanoseconds ? time * 1_000 + 999 : time)
    let stamp = word(UInt32(units >> 32)) + word(UInt32(units & 0xFFFF_FFFF))
    let padding = [UInt8](repeating: 0, count: (4 - shot.frame.count % 4) % 4)
    return block(6, word(0) + stamp + lengths + shot.frame + padding)
  }

  // MARK: Blocks: draft-ietf-opsawg-pcapng

  private var sectionAndInterface: [UInt8] {
    let endless = [UInt8](repeating: 0xFF, count: 8)
    let section = word(0x1A2B_3C4D) + half(1) + half(0) + endless
    let resolution = half(9) + half(1) + [9, 0, 0, 0] + half(0) + half(0)  // if_tsresol 10⁻⁹
    let interface = half(1) + half(0) + word(0) + (isNanoseconds ? resolution : [])
    return block(0x0A0D_0D0A, section) + block(1, interface)
  }

  private func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
    let length = word(UInt32(body.count + 12))
    return word(type) + length + body + length
  }

  private func word(_ value: UInt32) -> [UInt8] {
    isBigEndian ? Frames.big(value) : Frames.big(value).reversed()
  }

  private func half(_ value: UInt16) -> [UInt8] {
    isBigEndian ? Frames.big(value) : Frames.big(value).reversed()
  }
}
