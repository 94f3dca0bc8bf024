import Flows
import Addresses
import Packets
import Tables
import Testing
import Time

/// What went in comes out, whatever it was.
enum Conservation {
  /// Packets and bytes over last rows are the capture's.
  static func expectSums(_ shots: [Shot], _ rows: [Row]) throws {
    var (packets, bytes) = (0, 0)
    for shot in shots {
      let packet = shot.frame.withUnsafeBytes {
        Packet(
          Frame(
            bytes: $0, time: Timestamp(microseconds: 0),
            wireLength: UInt32(shot.wireLength ?? shot.frame.count), link: .ethernet))
      }
      guard packet.kind != .nonIP else { continue }
      packets += 1
      bytes += packet.ipLength
    }
    let last = rows.filter(\.isLast)
    #expect(last.reduce(0) { $0 + $1[.packets] } == Double(packets))
    #expect(last.reduce(0) { $0 + $1[.bytes] } == Double(bytes))
    #expect(last.reduce(0) { $0 + $1[.fwdPackets] + $1[.bwdPackets] } == Double(packets))
  }
}

struct ConservationTests {
  @Test(arguments: [11, 12, 13, 14])
  func `packets and bytes of last rows add up to the capture's`(seed: UInt64) throws {
    let shots = Wild(seed: seed, packets: 4_000).shots
    try Conservation.expectSums(shots, try rows(of: shots))
  }

  @Test func `no cell is empty, negative or not a number`() throws {
    let text = String(decoding: file(of: Wild(seed: 15, packets: 4_000).shots), as: UTF8.self)
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells.count == Table.flow.columns.count)
      #expect(!cells.contains { $0.isEmpty || $0.contains("nan") || $0.contains("inf") })
      #expect(!cells[Table.measureCells].contains { $0.hasPrefix("-") })
    }
  }

  @Test(arguments: [-7_200, 7_200])
  func `a clock set by hours loses nothing`(seconds: Int64) throws {
    var shots = Wild(seed: 16, packets: 2_000).shots
    for index in 1_000..<2_000 { shots[index].time += seconds * Traffic.second }
    let rows = try rows(of: shots)
    try Conservation.expectSums(shots, rows)
    for row in rows { #expect(row.identity.start <= row.identity.last) }
    #expect(rows.count > 500)
  }

  @Test func `a clock that jumps to and fro for ever does not overflow`() throws {
    let times: [Int64] = [0, 1 << 61]
    let shots = (0..<64).map { Shot(times[$0 % 2], Frames.udp(End(2, 9), End(1, 8), payload: 1)) }
    try Conservation.expectSums(shots, try rows(of: shots))
  }

  @Test func `full tables are bounded, counted and lose nothing`() throws {
    var limits = FlowLimits()
    limits.flows = 16
    limits.keys = 16
    let shots = (0..<10_000).map { (index: Int) -> Shot in
      let client = End(UInt32(100 + index % 3_000), UInt16(1_024 + index))
      return Shot(Int64(index) * 200, Frames.udp(client, End(1, 53), payload: 9))
    }
    var featurizer = Featurizer(sensor: "test", limits: limits)
    featurizer.beginSegment()
    for shot in shots { featurizer.add(shot) }
    featurizer.finish()
    try Conservation.expectSums(shots, try rows(in: featurizer.take()))
    #expect(featurizer.counters.evictedFlows > 9_000)
    #expect(featurizer.counters.evictedKeys > 1_000)
  }

  @Test func `a flood of spoofed SYNs is few rows that tell all`() throws {
    let count = 100_000
    let shots = (0..<count).map { (index: Int) -> Shot in
      let spoofed = IPAddress(v4: 0xC600_0000 + UInt32(index))
      let source = End(spoofed, UInt16(1_024 + index % 60_000))
      return Shot(
        Int64(index) * 10, Frames.tcp(source, End(1, 80), .syn, sequence: UInt32(index)))
    }
    let rows = try rows(of: shots)
    #expect(rows.count < 2_000)
    try Conservation.expectSums(shots, rows)
    let folds = rows.filter { $0.identity.state == .folded }
    let largest = try #require(folds.max { $0[.folded] < $1[.folded] })
    #expect(abs(largest[.foldedSources] / largest[.folded] - 1) < 0.3)
    #expect(largest.identity.source.isUnspecified)
    #expect(largest.identity.destination == End(1).address)
    // At the last tick of the flood's second the window holds all of it.
    let peak = rows.map { $0[.dstHalfOpen1s] }.max() ?? 0
    #expect(abs(peak / Double(count) - 1) < 0.1, "\(peak)")
    #expect(largest[.dstCompletedShare1s] == 0)
  }
}
