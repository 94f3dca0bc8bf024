import Flows
import Foundation
import Packets
import Tables
import Testing
import Time
import TestSupport

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

  @Test(arguments: CaptureFormat.all)
  func `how a capture is stored changes nothing`(format: CaptureFormat) throws {
    let shots = Wild(seed: 6, packets: 500).shots
    #expect(file(of: try CaptureFormat.shots(in: format.file(of: shots))) == file(of: shots))
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
    let shots = try CaptureFormat.shots(in: [UInt8](Data(contentsOf: path)))
    try Conservation.expectSums(shots, try rows(of: shots))
    var random = Seeded(state: 9)
    let cuts = Set((0..<200).map { _ in Int.random(in: shots.indices, using: &random) })
    #expect(Segments.rows(shots, cuts: cuts) == Segments.rows(shots))
  }
}
