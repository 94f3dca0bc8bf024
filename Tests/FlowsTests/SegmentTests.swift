import Flows
import Foundation
import Packets
import Tables
import Testing
import Time

/// How a capture is cut, stored and repeated changes no row.
struct SegmentTests {
  @Test func `a cut at every packet changes nothing`() {
    let shots = Wild(seed: 1, packets: 300).shots
    let whole = Segments.rows(shots)
    #expect(whole.count > 100)
    for cut in shots.indices {
      #expect(Segments.rows(shots, cuts: [cut]) == whole, "cut at \(cut)")
    }
    #expect(Segments.rows(shots, cuts: Set(shots.indices)) == whole)
  }

  @Test(arguments: [2, 3, 4])
  func `many cuts and empty segments change nothing`(seed: UInt64) {
    let shots = Wild(seed: seed, packets: 5_000, gap: 9_000).shots
    var random = Seeded(state: seed)
    let cuts = Set((0..<200).map { _ in Int.random(in: shots.indices, using: &random) })
    #expect(Segments.rows(shots, cuts: cuts, idle: true) == Segments.rows(shots))
  }

  @Test func `the same input twice gives the same bytes`() {
    let shots = Wild(seed: 5, packets: 3_000).shots
    #expect(file(of: shots) == file(of: shots))
  }

  @Test func `the byte order of a capture changes nothing`() throws {
    let shots = Wild(seed: 6, packets: 500).shots
    var capture: [UInt8] = []
    CaptureWriter.appendHeader(to: &capture)
    for shot in shots {
      let length = UInt32(shot.wireLength ?? shot.frame.count)
      CaptureWriter.append(
        shot.frame, at: Traffic.moment(shot.time), wireLength: length, to: &capture)
    }
    let rows = try Self.rowsFile(ofCapture: capture)
    #expect(rows == file(of: shots))
    #expect(try Self.rowsFile(ofCapture: Self.swapped(capture)) == rows)
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["WARD_BIN"] != nil, "needs WARD_BIN"))
  func `the demonstration's capture adds up and may be cut anywhere`() throws {
    let bin = try #require(ProcessInfo.processInfo.environment["WARD_BIN"])
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("ward-flows-\(getpid()).pcap")
    defer { try? FileManager.default.removeItem(at: path) }
    let imitate = Process()
    imitate.executableURL = URL(fileURLWithPath: bin + "/imitate")
    imitate.arguments = [
      "--demo", "--output", path.path, "--truth", "/dev/null",
    ]
    try imitate.run()
    imitate.waitUntilExit()
    let shots = try Self.shots(in: [UInt8](Data(contentsOf: path)))
    try Conservation.expectSums(shots, try rows(of: shots))
    var random = Seeded(state: 9)
    let cuts = Set((0..<200).map { _ in Int.random(in: shots.indices, using: &random) })
    #expect(Segments.rows(shots, cuts: cuts) == Segments.rows(shots))
  }

  private static func shots(in capture: [UInt8]) throws -> [Shot] {
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

  private static func rowsFile(ofCapture capture: [UInt8]) throws -> [UInt8] {
    file(of: try shots(in: capture))
  }

  /// The same classic pcap file as a machine of the other byte order writes it.
  private static func swapped(_ capture: [UInt8]) -> [UInt8] {
    func words(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
      stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).flatMap {
        bytes[$0..<($0 + 4)].reversed()
      }
    }
    var swapped = words(capture[..<24])
    swapped.replaceSubrange(4..<8, with: [capture[5], capture[4], capture[7], capture[6]])
    var offset = 24
    while offset < capture.count {
      let length = (0..<4).reduce(0) { $0 | Int(capture[offset + 8 + $1]) << (8 * $1) }
      swapped += words(capture[offset..<(offset + 16)])
      swapped += capture[(offset + 16)..<(offset + 16 + length)]
      offset += 16 + length
    }
    return swapped
  }
}
