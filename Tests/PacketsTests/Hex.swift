import Packets
import Time

/// Bytes from hexadecimal digits; everything else (blanks, `|`) only separates.
func hex(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  precondition(digits.count % 2 == 0, "odd number of digits: \(text)")
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Dissects `bytes`; `wireLength` is by default theirs.
func dissect(
  _ bytes: [UInt8], _ link: LinkType = .ethernet, wireLength: Int? = nil, tunnels: Tunnels = .inner
) -> Packet {
  bytes.withUnsafeBytes {
    Packet(
      Frame(
        bytes: $0, time: Timestamp(microseconds: 7),
        wireLength: UInt32(wireLength ?? bytes.count), link: link), tunnels: tunnels)
  }
}

/// What a capture file holds: its frames, copied, and the error that ended it.
struct Contents: Equatable {
  var frames: [[UInt8]] = []
  var times: [Int64] = []
  var wireLengths: [UInt32] = []
  var links: [LinkType] = []
  var error: CaptureError?
}

/// Reads `file` to its end or its error.
func read(_ file: [UInt8]) -> Contents {
  var contents = Contents()
  file.withUnsafeBytes { bytes in
    do throws(CaptureError) {
      var reader = try CaptureReader(bytes)
      while let frame = try reader.next() {
        contents.frames.append(Array(frame.bytes))
        contents.times.append(frame.time.microseconds)
        contents.wireLengths.append(frame.wireLength)
        contents.links.append(frame.link)
      }
    } catch {
      contents.error = error
    }
  }
  return contents
}
