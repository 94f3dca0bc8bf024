// A capture file of any bytes: it ends in packets or in an error, and stays ended.
import Packets
import Time

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzCapture(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let file = UnsafeRawBufferPointer(start: start, count: count)
  guard var reader = try? CaptureReader(file) else { return 0 }
  var copy: [UInt8] = []
  CaptureWriter.appendHeader(to: &copy)
  var frames = 0
  do {
    while let frame = try reader.next() {
      frames += 1
      expectInside(frame, file)
      let packet = Packet(frame)
      guard packet.payloadOffset + packet.payloadCount <= frame.bytes.count else {
        fatalError("payload outside the frame")
      }
      CaptureWriter.append(frame.bytes, at: frame.time, wireLength: frame.wireLength, to: &copy)
    }
  } catch {
    guard !error.description.isEmpty else { fatalError("an error without words") }
  }
  guard (try? reader.next()) == nil else { fatalError("goes on behind the end") }
  guard frames == reader.packets, frames <= count / 16 else { fatalError("miscounted frames") }
  expect(copy, holds: frames)
  return 0
}

private func expectInside(_ frame: Frame, _ file: UnsafeRawBufferPointer) {
  guard let first = frame.bytes.baseAddress, let start = file.baseAddress,
    first >= start, first + frame.bytes.count <= start + file.count,
    Int(frame.wireLength) >= frame.bytes.count, frame.bytes.count <= CaptureReader.largestFrame
  else { fatalError("frame outside the file") }
}

/// What was written can be read, all of it.
private func expect(_ copy: [UInt8], holds frames: Int) {
  copy.withUnsafeBytes {
    guard var reader = try? CaptureReader($0) else { fatalError("unreadable copy") }
    while (try? reader.next()) != nil {}
    guard reader.packets == frames else { fatalError("frames lost") }
  }
}
